// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.diffusion.UNetVariant.Activation;

/** Reads the {@code config.json} of a diffusers UNet2DConditionModel of the Stable Diffusion 1 and 2 family. */
public final class DiffusersConfig {
    /** Settings that change the arithmetic and that we do not have: each must be absent, null or this. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("_class_name", "UNet2DConditionModel"),
            Map.entry("dual_cross_attention", "false"),
            Map.entry("downsample_padding", "1"),
            Map.entry("mid_block_scale_factor", "1"),
            Map.entry("time_embedding_type", "positional"),
            Map.entry("attention_type", "default"),
            Map.entry("conv_in_kernel", "3"),
            Map.entry("conv_out_kernel", "3"),
            Map.entry("resnet_skip_time_act", "false"),
            Map.entry("resnet_out_scale_factor", "1"),
            Map.entry("class_embeddings_concat", "false"));

    private static final List<String> ABSENT = List.of(
            "class_embed_type",
            "addition_embed_type",
            "num_class_embeds",
            "encoder_hid_dim",
            "encoder_hid_dim_type",
            "time_cond_proj_dim",
            "time_embedding_act_fn",
            "timestep_post_act",
            "reverse_transformer_layers_per_block",
            "mid_block_only_cross_attention",
            "cross_attention_norm");

    /** Settings that are read; those with a default may not be null. */
    private static final List<String> READ = List.of(
            "in_channels",
            "out_channels",
            "center_input_sample",
            "flip_sin_to_cos",
            "freq_shift",
            "down_block_types",
            "up_block_types",
            "only_cross_attention",
            "block_out_channels",
            "layers_per_block",
            "act_fn",
            "norm_num_groups",
            "norm_eps",
            "cross_attention_dim",
            "transformer_layers_per_block",
            "attention_head_dim",
            "use_linear_projection",
            "resnet_time_scale_shift");

    private static final List<String> READ_OR_NULL =
            List.of("mid_block_type", "num_attention_heads", "time_embedding_dim");

    /** Settings of training, of pictures' sizes, of precision, and of what is refused beside. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "sample_size",
            "dropout",
            "upcast_attention",
            "addition_time_embed_dim",
            "addition_embed_type_num_heads",
            "projection_class_embeddings_input_dim");

    /** Of a residual block and of transformers, on the way down; Stable Diffusion 1.5 has 16. A network is laid out by them. */
    private static final int MAX_BLOCKS = 512;

    static final Map<String, Activation> ACTIVATIONS = new TreeMap<>(Map.of(
            "silu", Activation.SILU,
            "swish", Activation.SILU,
            "gelu", Activation.GELU,
            "mish", Activation.MISH,
            "relu", Activation.RELU));

    private final ConfigJson json;

    private DiffusersConfig(ConfigJson json) {
        this.json = json;
    }

    /**
     * The sizes that a diffusers configuration names; what it leaves out has diffusers' default.
     *
     * @throws IllegalArgumentException naming the field that is malformed or unsupported
     */
    public static UNetConfig read(String text) {
        return new DiffusersConfig(ConfigJson.parse("UNet configuration of diffusers", text)).read();
    }

    private UNetConfig read() {
        List<String> known = new ArrayList<>(READ);
        List.of(READ_OR_NULL, WITHOUT_EFFECT, ABSENT, FIXED.keySet()).forEach(known::addAll);
        json.known("", known);
        json.notNull(READ);
        json.fixed(FIXED);
        json.absent(ABSENT);
        List<Integer> channels = json.integers("block_out_channels", List.of(320, 640, 1280, 1280));
        int levels = channels.size();
        json.require(levels > 0 && levels <= 16, "block_out_channels", "a list of up to 16 widths");
        int groups = json.integer("norm_num_groups", 32);
        json.require(groups > 0, "norm_num_groups", "positive, not " + groups);
        json.require(
                channels.stream().allMatch(c -> c > 0 && c <= 16384 && c % groups == 0),
                "block_out_channels",
                "multiples of norm_num_groups, " + groups + ", up to 16384, not " + channels);
        json.require(
                channels.getFirst() % 2 == 0,
                "block_out_channels",
                "even in the first level, not " + channels.getFirst());
        List<Boolean> attention = blocks(
                "down_block_types",
                levels,
                "CrossAttnDownBlock2D",
                "DownBlock2D",
                List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"));
        List<Boolean> up = blocks(
                "up_block_types",
                levels,
                "CrossAttnUpBlock2D",
                "UpBlock2D",
                List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"));
        json.require(up.equals(attention.reversed()), "up_block_types", "the mirror of down_block_types");
        json.require(
                !json.mentions("mid_block_type")
                        || json.text("mid_block_type", "null").equals("UNetMidBlock2DCrossAttn"),
                "mid_block_type",
                "UNetMidBlock2DCrossAttn, not " + json.text("mid_block_type", "null"));
        List<Integer> layers = few("layers_per_block", levels, 2);
        List<Integer> depths = few("transformer_layers_per_block", levels, 1);
        long blocks = 0;
        for (int i = 0; i < levels; i++) {
            blocks += layers.get(i) * (1L + depths.get(i));
        }
        json.require(
                blocks <= MAX_BLOCKS,
                "transformer_layers_per_block",
                "such that there are at most " + MAX_BLOCKS + " blocks, not " + blocks);
        // a naming slip of diffusers': attention_head_dim is the number of heads unless num_attention_heads is there
        String heads = json.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        List<Integer> numbers = perLevel(heads, levels, 8);
        for (int i = 0; i < levels; i++) {
            // the last level is the middle's as well
            boolean used = attention.get(i) || i == levels - 1;
            int number = numbers.get(i);
            json.require(
                    number > 0 && (!used || channels.get(i) % number == 0),
                    heads,
                    "a divisor of block_out_channels, " + channels.get(i) + ", not " + number);
        }
        boolean shift = json.oneOf(
                "resnet_time_scale_shift", "default", new TreeMap<>(Map.of("default", false, "scale_shift", true)));
        return UNetConfig.published(
                json.positive("in_channels", 4, 16384),
                json.positive("out_channels", 4, 16384),
                channels,
                layers,
                attention,
                numbers,
                depths,
                json.flag("use_linear_projection", false),
                json.positive("cross_attention_dim", 1280, 1 << 20),
                groups,
                json.number("norm_eps", 1e-5),
                json.positive("time_embedding_dim", 4 * channels.getFirst(), 1 << 20),
                shift,
                variant(levels));
    }

    private UNetVariant variant(int levels) {
        String name = "only_cross_attention";
        List<Boolean> onlyContext;
        if (json.isList(name)) {
            onlyContext = json.flags(name);
            json.require(onlyContext.size() == levels, name, "one flag for each of " + levels + " levels");
        } else {
            onlyContext = json.flag(name, false) ? Collections.nCopies(levels, true) : List.of();
        }
        return new UNetVariant(
                json.oneOf("act_fn", "silu", ACTIVATIONS),
                !json.flag("flip_sin_to_cos", true),
                json.number("freq_shift", 0),
                json.flag("center_input_sample", false),
                onlyContext,
                false);
    }

    private List<Boolean> blocks(String name, int levels, String with, String without, List<String> otherwise) {
        List<String> blocks = json.texts(name, otherwise);
        json.require(blocks.size() == levels, name, "one block for each of " + levels + " levels");
        for (String block : blocks) {
            json.require(block.equals(with) || block.equals(without), name, with + " or " + without + ", not " + block);
        }
        return blocks.stream().map(with::equals).toList();
    }

    private List<Integer> few(String name, int levels, int otherwise) {
        List<Integer> list = perLevel(name, levels, otherwise);
        json.require(list.stream().allMatch(n -> n > 0 && n <= 64), name, "between 1 and 64, not " + list);
        return list;
    }

    private List<Integer> perLevel(String name, int levels, int otherwise) {
        if (json.isList(name)) {
            List<Integer> list = json.integers(name, List.of());
            json.require(list.size() == levels, name, "one number for each of " + levels + " levels");
            return list;
        }
        return Collections.nCopies(levels, json.integer(name, otherwise));
    }
}
