// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.head.code.CodeReader;
import org.eidolon.models.Models;
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

    /** Finds the bases that LoRAs and adapters stand on. */
    @FunctionalInterface
    public interface Bases {
        Path find(PriorCard.Base base) throws IOException;

        /** By hash, whatever they are called there; by id where the hash is not listed, which tells what is wrong. */
        static Bases of(Models models) {
            return base -> models.find(base.sha256())
                    .orElseGet(() -> models.get(base.id(), base.sha256()))
                    .verifiedPath();
        }
    }

    /** The same with a LoRA as it was trained, and bases among the models of this installation. */
    public static HeadPrior open(Scope scope, Path file, Domain domain, String encoder, String encoderSha256)
            throws IOException {
        return open(
                scope,
                file,
                domain,
                encoder,
                encoderSha256,
                base -> Bases.of(Models.standard()).find(base),
                1);
    }

    /**
     * Loads a prior onto the scope's device. LoRA and adapters are merged into a copy of their base.
     *
     * @param file safetensors made by `eidolon train prior`
     * @param domain what it must show
     * @param encoder logical id of the identity encoder in use
     * @param encoderSha256 hash of that encoder's weights
     * @param bases where a base is found, if it stands on one
     * @param loraScale strength of its LoRA, 1 as trained
     * @throws IllegalArgumentException if it is no prior of the domain, knows people by another encoder, or has no LoRA
     *     to be given a strength other than 1
     */
    public static HeadPrior open(
            Scope scope, Path file, Domain domain, String encoder, String encoderSha256, Bases bases, double loraScale)
            throws IOException {
        PriorCard card = card(file);
        card.facts(file).checkDomain(domain);
        card.facts(file).checkEncoder(encoder, encoderSha256);
        if (card.base() == null && loraScale != 1) {
            throw new IllegalArgumentException(file.getFileName() + " was trained whole and has no LoRA: its LoRA scale"
                    + " must be 1, not " + loraScale);
        }
        Precision precision = Precision.fastest(scope.device());
        NoiseSchedule schedule = NoiseSchedule.cosine(card.prediction());
        try (Scope loading = scope.child()) {
            Map<String, NDArray> weights = new HashMap<>();
            if (card.base() != null) {
                weights.putAll(AdaptedBase.weights(loading, bases.find(card.base()), card.config(), domain));
            }
            weights.putAll(Weights.load(loading, file).map());
            UNet masters = UNet.of(loading, card.config(), weights);
            if (card.base() != null) {
                Lora lora = AdaptedBase.lora(weights, card.base().alpha());
                masters.merge(loading, List.of(lora.at(loraScale)));
            }
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
