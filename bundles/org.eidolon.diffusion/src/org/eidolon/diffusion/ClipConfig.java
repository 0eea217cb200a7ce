// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
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

    private static final String PLAIN = "CLIPTextModel", PROJECTED = "CLIPTextModelWithProjection";

    /** What configurations say of the end token that were written before it was looked at: the largest number ends. */
    static final int LARGEST = 2;

    private static final List<String> READ = List.of(
            "vocab_size",
            "max_position_embeddings",
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "layer_norm_eps",
            "hidden_act",
            "eos_token_id",
            "projection_dim");

    /** Settings that change what is computed, none of which is done here. */
    private static final List<String> REFUSED = List.of(
            "quantization_config", "use_attention_mask", "is_decoder", "add_cross_attention", "is_encoder_decoder");

    /** Settings of training, of the library, of how numbers are stored, and of models that write texts. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "architectures",
            "model_type",
            "attention_dropout",
            "dropout",
            "initializer_factor",
            "initializer_range",
            "bos_token_id",
            "pad_token_id",
            "sep_token_id",
            "decoder_start_token_id",
            "dtype",
            "torch_dtype",
            "transformers_version",
            "output_hidden_states",
            "output_attentions",
            "output_scores",
            "return_dict",
            "return_dict_in_generate",
            "torchscript",
            "use_bfloat16",
            "use_cache",
            "tf_legacy_loss",
            "tie_word_embeddings",
            "tie_encoder_decoder",
            "gradient_checkpointing",
            "chunk_size_feed_forward",
            "cross_attention_hidden_size",
            "finetuning_task",
            "id2label",
            "label2id",
            "problem_type",
            "task_specific_params",
            "tokenizer_class",
            "prefix",
            "max_length",
            "min_length",
            "do_sample",
            "early_stopping",
            "num_beams",
            "num_beam_groups",
            "num_return_sequences",
            "diversity_penalty",
            "temperature",
            "top_k",
            "top_p",
            "typical_p",
            "repetition_penalty",
            "length_penalty",
            "no_repeat_ngram_size",
            "encoder_no_repeat_ngram_size",
            "bad_words_ids",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "remove_invalid_values",
            "exponential_decay_length_penalty",
            "suppress_tokens",
            "begin_suppress_tokens");

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
        List<String> known = new ArrayList<>(READ);
        List.of(REFUSED, WITHOUT_EFFECT, List.of("pruned_heads")).forEach(known::addAll);
        json.known("", known);
        json.notNull(READ);
        json.fixed(Map.of("model_type", "clip_text_model"));
        json.absent(REFUSED);
        json.empty(List.of("pruned_heads"));
        List<String> kinds = json.texts("architectures", List.of());
        json.require(
                kinds.isEmpty() || kinds.size() == 1 && (kinds.contains(PLAIN) || kinds.contains(PROJECTED)),
                "architectures",
                PLAIN + " or " + PROJECTED + ", not " + kinds);
        int width = json.positive("hidden_size", 512, 16384);
        int heads = json.positive("num_attention_heads", 8, 16384);
        json.require(
                width % heads == 0, "num_attention_heads", "a divisor of hidden_size, " + width + ", not " + heads);
        return new ClipConfig(
                json.positive("vocab_size", 49408, 1 << 20),
                json.positive("max_position_embeddings", 77, 1 << 16),
                width,
                json.positive("intermediate_size", 2048, 1 << 17),
                json.positive("num_hidden_layers", 12, 256),
                heads,
                json.number("layer_norm_eps", 1e-5),
                json.oneOf("hidden_act", "quick_gelu", new TreeMap<>(Map.of("quick_gelu", true, "gelu", false))),
                json.integer("eos_token_id", 49407),
                kinds.contains(PROJECTED) ? json.positive("projection_dim", 512, 16384) : 0);
    }
}
