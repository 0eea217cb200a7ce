// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes of CLIP's text encoder (Radford et al. 2021).
 *
 * @param vocabulary how many tokens there are
 * @param positions the longest text in tokens
 * @param width of a token's vector
 * @param hidden width inside the feed-forward
 * @param layers how many
 * @param heads attention heads
 * @param epsilon of the layer norms
 * @param quick whether GELU is x σ(1.702 x) (CLIP) or exact (OpenCLIP)
 * @param end the token that ends a text and whose vector sums it up
 * @param projection width of the pooled vector after a matrix; 0 for none
 */
public record ClipConfig(
        int vocabulary,
        int positions,
        int width,
        int hidden,
        int layers,
        int heads,
        double epsilon,
        boolean quick,
        int end,
        int projection) {

    /** What configurations say of the end token that were written before it was looked at: the largest number ends. */
    static final int LARGEST = 2;

    /** Checks sizes; the message names the field. */
    public ClipConfig {
        require(vocabulary > 0 && vocabulary <= 1 << 20, "vocabulary", "between 1 and 1048576");
        require(positions > 0 && positions <= 1 << 16, "positions", "between 1 and 65536");
        require(width > 0 && width <= 16384 && hidden > 0 && hidden <= 1 << 17, "width, hidden", "positive");
        require(layers > 0 && layers <= 256, "layers", "between 1 and 256");
        require(heads > 0 && width % heads == 0, "heads", "a divisor of the width");
        require(projection >= 0 && projection <= 16384, "projection", "0 or positive");
    }

    private static void require(boolean ok, String field, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("CLIP configuration: '" + field + "' must be " + expected);
        }
    }

    /** CLIP ViT-L/14: Stable Diffusion 1. */
    public static ClipConfig stableDiffusion15() {
        return new ClipConfig(49408, 77, 768, 3072, 12, 12, 1e-5, true, LARGEST, 0);
    }

    /** OpenCLIP ViT-H/14 less its last layer: Stable Diffusion 2. */
    public static ClipConfig stableDiffusion21() {
        return new ClipConfig(49408, 77, 1024, 4096, 23, 16, 1e-5, false, LARGEST, 0);
    }

    /**
     * Reads the {@code config.json} of a CLIPTextModel or CLIPTextModelWithProjection; what it leaves out has the
     * default of transformers.
     *
     * @throws IllegalArgumentException naming the field that is malformed or unsupported
     */
    public static ClipConfig read(String text) {
        ConfigJson json = ConfigJson.parse("CLIP configuration of transformers", text);
        json.fixed(Map.of("model_type", "clip_text_model"));
        boolean projected = json.isList("architectures")
                && json.texts("architectures", List.of()).contains("CLIPTextModelWithProjection");
        return new ClipConfig(
                json.integer("vocab_size", 49408),
                json.integer("max_position_embeddings", 77),
                json.integer("hidden_size", 512),
                json.integer("intermediate_size", 2048),
                json.integer("num_hidden_layers", 12),
                json.integer("num_attention_heads", 8),
                json.number("layer_norm_eps", 1e-5),
                json.oneOf("hidden_act", "quick_gelu", new TreeMap<>(Map.of("quick_gelu", true, "gelu", false))),
                json.integer("eos_token_id", 49407),
                projected ? json.integer("projection_dim", 512) : 0);
    }
}
