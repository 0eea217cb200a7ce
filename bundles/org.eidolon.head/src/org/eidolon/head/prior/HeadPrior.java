// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.head.code.CodeReader;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Weights;

/**
 * A prior ready to guide: its UNet prepared for inference, its schedule and its card.
 *
 * @param card what the weights say of themselves
 * @param unet prepared for {@link #precision}
 * @param reader of codes, where the prior takes them
 * @param precision what the UNet computes in
 * @param schedule the noise schedule it was trained with
 */
public record HeadPrior(
        PriorCard card, UNet unet, Optional<CodeReader> reader, Precision precision, NoiseSchedule schedule) {

    /**
     * Loads a prior onto the scope's device.
     *
     * @param file safetensors made by `eidolon train prior`
     * @param domain what it must show
     * @param encoder logical id of the identity encoder in use
     * @param encoderSha256 hash of that encoder's weights
     * @throws IllegalArgumentException if it is no prior of the domain, or knows people by another encoder
     */
    public static HeadPrior open(Scope scope, Path file, Domain domain, String encoder, String encoderSha256)
            throws IOException {
        PriorCard card = card(file);
        if (card.domain() != domain) {
            throw new IllegalArgumentException(
                    file.getFileName() + " is a prior of " + card.domain() + ", here one of " + domain + " is needed");
        }
        if (!card.encoderSha256().equals(encoderSha256)) {
            throw new IllegalArgumentException(String.format(
                    "prior %s knows people by the identity encoder %s (sha256 %.12s…), but the identity comes from %s"
                            + " (sha256 %.12s…): use that encoder, or a prior trained with this one",
                    card.id(), card.encoder(), card.encoderSha256(), encoder, encoderSha256));
        }
        Precision precision = scope.device().isGpu() ? Precision.BFLOAT16 : Precision.FLOAT32;
        NoiseSchedule schedule = NoiseSchedule.cosine(card.prediction());
        try (Scope loading = scope.child()) {
            Map<String, NDArray> weights = Weights.load(loading, file).map();
            UNet masters = UNet.of(loading, card.config(), weights);
            Optional<CodeReader> reader = card.config().identityCode() > 0
                    ? Optional.of(CodeReader.of(kept(scope, weights)))
                    : Optional.empty();
            return new HeadPrior(card, masters.prepare(scope, precision), reader, precision, schedule);
        }
    }

    /** The reader's weights outlive the loading of the others. */
    private static Map<String, NDArray> kept(Scope scope, Map<String, NDArray> weights) {
        Map<String, NDArray> kept = new HashMap<>();
        weights.forEach((name, tensor) -> {
            if (name.startsWith(CodeReader.PREFIX)) kept.put(name, scope.adopt(tensor));
        });
        return kept;
    }

    /** The card in a file's header. */
    public static PriorCard card(Path file) throws IOException {
        try (SafeTensors in = SafeTensors.open(file)) {
            return PriorCard.fromJson(in.metadata().get(PriorCard.KEY), file.toString());
        }
    }
}
