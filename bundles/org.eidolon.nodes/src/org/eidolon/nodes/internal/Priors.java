// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.Locale;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.Kept;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.diffusion.Precision;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.models.Model;
import org.eidolon.models.Models;
import org.eidolon.nodes.value.Prior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Opens the weights that a prior value names. */
public final class Priors {
    private Priors() {}

    /** What a prior computes in on a device, which the CPU decides: see {@link org.eidolon.api.Node#machineChoices}. */
    public static Map<String, String> machineChoices(Device device) {
        return Map.of("precision", Precision.fastest(device.isGpu()).name().toLowerCase(Locale.ROOT));
    }

    /** A prior on a device, with the memory that it lies in. */
    public record Open(Scope scope, HeadPrior prior) implements AutoCloseable {
        @Override
        public void close() {
            scope.close();
        }
    }

    /**
     * On the run's device.
     *
     * @throws NodeException when it shows something else, knows people by another encoder, or its weights are gone
     */
    public static Kept<Open> open(Run run, Prior prior, Domain domain, Identity identity) throws Exception {
        String name = domain.name().toLowerCase(Locale.ROOT);
        if (!prior.domain().equals(name)) {
            throw new NodeException(
                    "'" + prior.id() + "' is a prior of " + prior.domain() + ", here one of " + name + " is needed",
                    "Link a prior.load whose model is " + domain.id());
        }
        if (!prior.encoderSha256().equals(identity.encoderSha256())) {
            throw new NodeException(
                    String.format(
                            "the prior '%s' knows people by the identity encoder %s (%.12s…), the identity comes from"
                                    + " %s (%.12s…)",
                            prior.id(),
                            prior.encoder(),
                            prior.encoderSha256(),
                            identity.encoder(),
                            identity.encoderSha256()),
                    "Set the encoder of identity.encode to " + prior.encoder()
                            + ", or load a prior that was trained with yours");
        }
        return Weights.using(() -> {
            Model weights = Models.standard().get(prior.id(), prior.sha256());
            String key = "prior " + prior.sha256() + " " + prior.loraScale() + " " + domain + " "
                    + identity.encoderSha256() + " " + run.device();
            return run.keep(key, Open.class, () -> {
                Scope scope = Scope.open(Torch.device(run.device().toString()));
                try {
                    return new Open(
                            scope,
                            HeadPrior.open(
                                    scope,
                                    weights.verifiedPath(),
                                    domain,
                                    identity.encoder(),
                                    identity.encoderSha256(),
                                    HeadPrior.Bases.of(Models.standard()),
                                    prior.loraScale()));
                } catch (IllegalArgumentException e) {
                    scope.close();
                    throw new NodeException("'" + prior.id() + "' cannot be used: " + e.getMessage(), "", e);
                } catch (Throwable e) {
                    scope.close();
                    throw e;
                }
            });
        });
    }
}
