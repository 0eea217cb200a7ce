// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.head.view.ViewCode;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Weights;

/**
 * How a prior stands on a base of all domains, as the paper has it: LoRA on the attention's projections, and adapters
 * for identity and expression beside them. Its file holds both; names of the LoRA are those of PEFT.
 */
public final class AdaptedBase {
    private static final String VIEW = "view_embedding.linear_1.";

    private AdaptedBase() {}

    /**
     * The base's weights as a prior of one domain sees them. A base is told of some domains by a mark in the view code;
     * a prior of such a domain alone is told of nothing, so the mark's share goes into the bias.
     *
     * @param file of a base
     * @param config of the prior that stands on it
     * @throws IllegalArgumentException if it is no base, or one of other sizes
     */
    public static Map<String, NDArray> weights(Scope scope, Path file, UNetConfig config, Domain domain)
            throws IOException {
        PriorCard card = HeadPrior.card(file);
        card.facts(file).checkDomain(Domain.BASE);
        if (!card.config().equals(config.withoutPerson())) {
            throw new IllegalArgumentException(
                    file.getFileName() + " is a base of other sizes than the LoRA and adapters were trained for");
        }
        Map<String, NDArray> weights =
                new LinkedHashMap<>(Weights.load(scope, file).map());
        if (domain.mark() != 0) {
            weights.computeIfPresent(
                    VIEW + "bias", (name, bias) -> marked(scope, bias, weights.get(VIEW + "weight"), domain.mark()));
        }
        return weights;
    }

    /** W (c + m) + b = W c + (W m + b), with the mark m at one place that is 0 in flat light. */
    private static NDArray marked(Scope scope, NDArray bias, NDArray weight, int mark) {
        float[] shifted = bias.toFloatArray(), w = weight.toFloatArray();
        for (int i = 0; i < shifted.length; i++) shifted[i] += mark * w[i * ViewCode.LENGTH + ViewCode.MARK];
        return scope.of(shifted, bias.getShape().getShape());
    }

    /** Tensors of a LoRA by the names that a prior's file gives them. */
    public static Map<String, NDArray> named(Lora lora) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        lora.modules().forEach((module, pair) -> {
            named.put(module + LoraFile.DOWN, pair.a());
            named.put(module + LoraFile.UP, pair.b());
        });
        return named;
    }

    /**
     * The LoRA among a prior's tensors.
     *
     * @throws IllegalArgumentException naming the tensor whose partner is missing, or if there are none
     */
    public static Lora lora(Map<String, NDArray> tensors, double alpha) {
        Map<String, Lora.Adapter> modules = new LinkedHashMap<>();
        tensors.forEach((name, down) -> {
            if (!name.endsWith(LoraFile.DOWN)) return;
            String module = name.substring(0, name.length() - LoraFile.DOWN.length());
            NDArray up = tensors.get(module + LoraFile.UP);
            if (up == null) throw new IllegalArgumentException("LoRA: '" + module + LoraFile.UP + "' is missing");
            modules.put(module, new Lora.Adapter(down, up, alpha));
        });
        return Lora.of(modules);
    }

    /** Whether a name is one of a LoRA's tensors. */
    public static boolean ofLora(String name) {
        return name.endsWith(LoraFile.DOWN) || name.endsWith(LoraFile.UP);
    }
}
