// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/**
 * CLIP's text encoder (Radford et al. 2021), which turns tokens into what Stable Diffusion's cross-attention reads.
 * float32; differentiable in the weights. Safe for use by several threads.
 */
public final class ClipText {
    private static final String PREFIX = "text_model.";

    /**
     * What the encoder says.
     *
     * @param states (B, N, width) after the final norm: what a UNet reads
     * @param raw the same before it
     * @param pooled (B, width or projection): the end token's state
     */
    public record Output(NDArray states, NDArray raw, NDArray pooled) {}

    private static final class Plan extends Layout {
        Plan(ClipConfig c) {
            weight(PREFIX + "embeddings.token_embedding.weight", Start.FAN_IN, c.width(), c.vocabulary(), c.width());
            weight(PREFIX + "embeddings.position_embedding.weight", Start.FAN_IN, c.width(), c.positions(), c.width());
            for (int i = 0; i < c.layers(); i++) {
                String layer = PREFIX + "encoder.layers." + i;
                norm(layer + ".layer_norm1", c.width());
                for (String each : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                    linear(layer + ".self_attn." + each, c.width(), c.width(), true);
                }
                norm(layer + ".layer_norm2", c.width());
                linear(layer + ".mlp.fc1", c.width(), c.hidden(), true);
                linear(layer + ".mlp.fc2", c.hidden(), c.width(), true);
            }
            norm(PREFIX + "final_layer_norm", c.width());
            if (c.projection() > 0) {
                linear("text_projection", c.width(), c.projection(), false);
            }
        }
    }

    private final ClipConfig config;
    private final Plan plan;
    private final List<NDArray> weights;

    private ClipText(ClipConfig config, Plan plan, List<NDArray> weights) {
        this.config = config;
        this.plan = plan;
        this.weights = new ArrayList<>(weights);
    }

    /**
     * An encoder over tensors by the names of transformers, with {@code text_model.} in front or, as newer versions
     * write them, without.
     *
     * @throws IllegalArgumentException naming key, shape and expectation of a missing or misshapen weight
     */
    public static ClipText of(ClipConfig config, Map<String, NDArray> tensors) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(canonical(name), tensor));
        Plan plan = new Plan(config);
        return new ClipText(config, plan, plan.take("CLIP weights", named));
    }

    /** A weight's name as {@link #shapes} has it. */
    static String canonical(String name) {
        return name.startsWith(PREFIX) || name.startsWith("text_projection") ? name : PREFIX + name;
    }

    /** Names and shapes of a configuration's weights. */
    public static Map<String, long[]> shapes(ClipConfig config) {
        return new Plan(config).shapes();
    }

    /** Its sizes. */
    public ClipConfig config() {
        return config;
    }

    /** Weights by name. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> map = new LinkedHashMap<>();
        for (int i = 0; i < weights.size(); i++) {
            map.put(plan.slots().get(i).name(), weights.get(i));
        }
        return map;
    }

    /**
     * Encodes texts.
     *
     * @param tokens numbers of equally long texts, as a tokenizer pads them
     * @param skip layers at the end that are left out: 0 for the last layer's states, 1 for the penultimate's, as many
     *     as there are for the embeddings
     * @throws IllegalArgumentException for a token that is none, or a text longer than there are positions
     */
    public Output encode(Scope s, long[][] tokens, int skip) {
        if (skip < 0 || skip > config.layers()) {
            throw new IllegalArgumentException("CLIP: " + skip + " layers cannot be left out of " + config.layers());
        }
        int length = tokens[0].length;
        if (length < 1 || length > config.positions()) {
            throw new IllegalArgumentException(
                    "CLIP: a text of " + length + " tokens, expected 1 to " + config.positions());
        }
        long[] flat = new long[tokens.length * length];
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i].length != length) {
                throw new IllegalArgumentException("CLIP: texts of one batch are equally long");
            }
            for (int j = 0; j < length; j++) {
                long token = tokens[i][j];
                if (token < 0 || token >= config.vocabulary()) {
                    throw new IllegalArgumentException("CLIP: token " + token + " is outside its vocabulary of "
                            + config.vocabulary() + "; use the tokenizer of the same folder");
                }
                flat[i * length + j] = token;
            }
        }
        List<NDArray> out = Script.load(ClipText.class, "clip.py")
                .callAll(
                        s,
                        "forward",
                        s.of(flat, tokens.length, length),
                        weights,
                        config.layers(),
                        config.heads(),
                        config.epsilon(),
                        config.quick(),
                        skip,
                        config.end(),
                        config.projection() > 0);
        return new Output(out.get(0), out.get(1), out.get(2));
    }

    /**
     * Adds LoRAs of a text encoder into the weights; closing the result puts the originals back, exactly.
     *
     * @throws IllegalArgumentException for a module that this encoder does not have; nothing is changed then
     */
    public Merged merge(Scope scope, List<Lora.Use> loras) {
        return Merged.into(weights, scope, loras, this::slot);
    }

    private int slot(String module, Lora.Adapter adapter) {
        int i = plan.slots().stream().map(Layout.Slot::name).toList().indexOf(module + ".weight");
        Lora.check(
                Lora.TEXT, module, adapter, i < 0 ? null : plan.slots().get(i).shape());
        return i;
    }
}
