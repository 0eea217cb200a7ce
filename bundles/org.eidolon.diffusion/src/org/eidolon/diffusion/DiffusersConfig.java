// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the {@code config.json} of a diffusers UNet2DConditionModel of the Stable Diffusion 1 and 2 family. */
public final class DiffusersConfig {
    /** Settings that change the arithmetic and that we do not have: each must be absent, null or this. */
    private static final Map<String, String> FIXED = Map.ofEntries(
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
            "cross_attention_norm",
            "dropout");

    private static final Map<String, UNetVariant.Activation> ACTIVATIONS = new TreeMap<>(Map.of(
            "silu", UNetVariant.Activation.SILU,
            "swish", UNetVariant.Activation.SILU,
            "gelu", UNetVariant.Activation.GELU,
            "mish", UNetVariant.Activation.MISH,
            "relu", UNetVariant.Activation.RELU));

    private final JsonObject json;

    private DiffusersConfig(JsonObject json) {
        this.json = json;
    }

    /**
     * The sizes that a diffusers configuration names; what it leaves out has diffusers' default.
     *
     * @throws IllegalArgumentException naming the field that is malformed or unsupported
     */
    public static UNetConfig read(String text) {
        try {
            JsonElement element = JsonParser.parseString(text);
            if (!element.isJsonObject()) {
                throw new IllegalArgumentException("diffusers configuration: expected a JSON object");
            }
            return new DiffusersConfig(element.getAsJsonObject()).read();
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("diffusers configuration: not valid JSON: " + e.getMessage(), e);
        }
    }

    private UNetConfig read() {
        FIXED.forEach((name, value) -> {
            String is = text(name, value);
            require(is.equals(value) || is.equals(value + ".0"), name, value + " (" + is + " is not supported)");
        });
        ABSENT.forEach(name -> {
            String is = text(name, "null");
            require(
                    is.equals("null") || is.equals("false") || is.equals("0.0") || is.equals("0"),
                    name,
                    "absent (" + is + " is not supported)");
        });
        List<Integer> channels = integers("block_out_channels", List.of(320, 640, 1280, 1280));
        int levels = channels.size();
        require(levels > 0, "block_out_channels", "a list of widths");
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
        require(up.equals(attention.reversed()), "up_block_types", "the mirror of down_block_types");
        String mid = json.has("mid_block_type") && json.get("mid_block_type").isJsonNull()
                ? "null"
                : text("mid_block_type", "UNetMidBlock2DCrossAttn");
        require(mid.equals("UNetMidBlock2DCrossAttn"), "mid_block_type", "UNetMidBlock2DCrossAttn, not " + mid);
        // a naming slip of diffusers': attention_head_dim is the number of heads unless num_attention_heads is there
        String heads =
                text("num_attention_heads", "null").equals("null") ? "attention_head_dim" : "num_attention_heads";
        String shift = text("resnet_time_scale_shift", "default");
        require(
                shift.equals("default") || shift.equals("scale_shift"),
                "resnet_time_scale_shift",
                "default or scale_shift, not " + shift);
        int width = channels.getFirst();
        int embedding =
                text("time_embedding_dim", "null").equals("null") ? 4 * width : integer("time_embedding_dim", 0);
        return new UNetConfig(
                integer("in_channels", 4),
                integer("out_channels", 4),
                1,
                channels,
                perLevel("layers_per_block", levels, 2),
                attention,
                perLevel(heads, levels, 8),
                perLevel("transformer_layers_per_block", levels, 1),
                true,
                4,
                Boolean.parseBoolean(text("use_linear_projection", "false")),
                integer("cross_attention_dim", 1280),
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                false,
                0,
                0,
                0,
                0,
                integer("norm_num_groups", 32),
                number("norm_eps", 1e-5),
                width,
                embedding,
                shift.equals("scale_shift"),
                variant(levels));
    }

    private UNetVariant variant(int levels) {
        List<Boolean> onlyContext = new ArrayList<>();
        if (json.has("only_cross_attention") && json.get("only_cross_attention").isJsonArray()) {
            json.getAsJsonArray("only_cross_attention")
                    .forEach(e -> onlyContext.add(flag("only_cross_attention", e.toString())));
            require(onlyContext.size() == levels, "only_cross_attention", "one flag for each of " + levels + " levels");
        } else if (flag("only_cross_attention", text("only_cross_attention", "false"))) {
            onlyContext.addAll(Collections.nCopies(levels, true));
        }
        String name = text("act_fn", "silu");
        UNetVariant.Activation activation = ACTIVATIONS.get(name);
        require(activation != null, "act_fn", "one of " + String.join(", ", ACTIVATIONS.keySet()) + ", not " + name);
        return new UNetVariant(
                activation,
                !flag("flip_sin_to_cos", text("flip_sin_to_cos", "true")),
                number("freq_shift", 0),
                flag("center_input_sample", text("center_input_sample", "false")),
                onlyContext,
                false);
    }

    private static boolean flag(String name, String text) {
        require(text.equals("true") || text.equals("false"), name, "true or false, not " + text);
        return text.equals("true");
    }

    private List<Boolean> blocks(String name, int levels, String with, String without, List<String> otherwise) {
        List<Boolean> list = new ArrayList<>();
        if (!json.has(name)) {
            otherwise.forEach(block -> list.add(block.equals(with)));
        } else {
            require(json.get(name).isJsonArray(), name, "a list");
            for (JsonElement e : json.getAsJsonArray(name)) {
                String block = e.isJsonPrimitive() ? e.getAsString() : e.toString();
                require(block.equals(with) || block.equals(without), name, with + " or " + without + ", not " + block);
                list.add(block.equals(with));
            }
        }
        require(list.size() == levels, name, "one block for each of " + levels + " levels");
        return list;
    }

    private List<Integer> perLevel(String name, int levels, int otherwise) {
        if (json.has(name) && json.get(name).isJsonArray()) {
            List<Integer> list = integers(name, List.of());
            require(list.size() == levels, name, "one number for each of " + levels + " levels");
            return list;
        }
        return Collections.nCopies(levels, integer(name, otherwise));
    }

    private List<Integer> integers(String name, List<Integer> otherwise) {
        if (!json.has(name)) {
            return otherwise;
        }
        require(json.get(name).isJsonArray() && json.getAsJsonArray(name).size() <= 16, name, "a list of up to 16");
        List<Integer> list = new ArrayList<>();
        for (JsonElement e : json.getAsJsonArray(name)) {
            list.add((int) parse(name, e.isJsonPrimitive() ? e.getAsString() : e.toString()));
        }
        return list;
    }

    private int integer(String name, int otherwise) {
        return (int) number(name, otherwise);
    }

    private double number(String name, double otherwise) {
        String is = text(name, "null");
        return is.equals("null") ? otherwise : parse(name, is);
    }

    private static double parse(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("diffusers configuration: '" + name + "' must be a number, not " + text);
        }
    }

    private String text(String name, String otherwise) {
        JsonElement e = json.get(name);
        return e == null || e.isJsonNull() ? otherwise : e.isJsonPrimitive() ? e.getAsString() : e.toString();
    }

    private static void require(boolean ok, String name, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("diffusers configuration: '" + name + "' must be " + expected);
        }
    }
}
