// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;

/**
 * Where single-file checkpoints of Stable Diffusion keep the weights that diffusers' names stand for. Blocks are numbered
 * through there, so a UNet's names follow from its sizes.
 */
final class LdmNames {
    static final String UNET = "model.diffusion_model.";
    static final String VAE = "first_stage_model.";
    static final String CLIP = "cond_stage_model.transformer.";
    static final String OPEN_CLIP = "cond_stage_model.model.";

    /**
     * A weight's source.
     *
     * @param key the name in the file
     * @param third which third of the tensor's rows it is (0, 1, 2), or −1 for all of it
     */
    record Source(String key, int third) {
        Source(String key) {
            this(key, -1);
        }
    }

    private static final Map<String, String> RESNET = Map.of(
            "norm1", "in_layers.0",
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "norm2", "out_layers.0",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private static final Map<String, String> ATTENTION =
            Map.of("group_norm", "norm", "to_q", "q", "to_k", "k", "to_v", "v", "to_out.0", "proj_out");

    private static final Map<String, String> OPEN_CLIP_LAYER = Map.of(
            "self_attn.out_proj", "attn.out_proj",
            "layer_norm1", "ln_1",
            "layer_norm2", "ln_2",
            "mlp.fc1", "mlp.c_fc",
            "mlp.fc2", "mlp.c_proj");

    private LdmNames() {}

    /** Sources of a UNet's weights, by diffusers' names. */
    static Map<String, Source> unet(UNetConfig config) {
        Map<String, String> modules = modules(config);
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String name : UNet.shapes(config).keySet()) {
            String module = name;
            while (!modules.containsKey(module)) {
                module = module.substring(0, module.lastIndexOf('.'));
            }
            String rest = name.substring(module.length() + 1);
            if (module.contains("resnets")) {
                String part = rest.substring(0, rest.indexOf('.'));
                rest = RESNET.get(part) + rest.substring(part.length());
            }
            sources.put(name, new Source(UNET + modules.get(module) + "." + rest));
        }
        return sources;
    }

    private static Map<String, String> modules(UNetConfig config) {
        Map<String, String> names = new LinkedHashMap<>(Map.of(
                "conv_in", "input_blocks.0.0",
                "time_embedding.linear_1", "time_embed.0",
                "time_embedding.linear_2", "time_embed.2",
                "conv_norm_out", "out.0",
                "conv_out", "out.2",
                "mid_block.resnets.0", "middle_block.0",
                "mid_block.attentions.0", "middle_block.1",
                "mid_block.resnets.1", "middle_block.2"));
        int levels = config.levels();
        int n = 1;
        for (int level = 0; level < levels; level++) {
            for (int i = 0; i < config.resBlocks().get(level); i++) {
                names.put("down_blocks." + level + ".resnets." + i, "input_blocks." + n + ".0");
                names.put("down_blocks." + level + ".attentions." + i, "input_blocks." + n + ".1");
                n++;
            }
            if (level < levels - 1) {
                names.put("down_blocks." + level + ".downsamplers.0.conv", "input_blocks." + n + ".0.op");
                n++;
            }
        }
        n = 0;
        for (int up = 0; up < levels; up++) {
            int level = levels - 1 - up;
            int last = config.resBlocks().get(level);
            for (int i = 0; i <= last; i++) {
                names.put("up_blocks." + up + ".resnets." + i, "output_blocks." + n + ".0");
                names.put("up_blocks." + up + ".attentions." + i, "output_blocks." + n + ".1");
                if (i == last && level > 0) {
                    int place = config.attention().get(level) ? 2 : 1;
                    names.put("up_blocks." + up + ".upsamplers.0.conv", "output_blocks." + n + "." + place + ".conv");
                }
                n++;
            }
        }
        return names;
    }

    /** Sources of an autoencoder's weights. */
    static Map<String, Source> vae(VaeConfig config) {
        int levels = config.channels().size();
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String name : Vae.shapes(config).keySet()) {
            String key = name.replace("mid_block.resnets.0", "mid.block_1")
                    .replace("mid_block.resnets.1", "mid.block_2")
                    .replace("conv_norm_out", "norm_out")
                    .replace("conv_shortcut", "nin_shortcut")
                    .replace("resnets", "block")
                    .replace("downsamplers.0", "downsample")
                    .replace("upsamplers.0", "upsample")
                    .replace("down_blocks", "down");
            if (key.contains("up_blocks.")) {
                int level = Integer.parseInt(key.split("up_blocks\\.")[1].split("\\.")[0]);
                key = key.replace("up_blocks." + level, "up." + (levels - 1 - level));
            }
            if (key.contains("mid_block.attentions.0.")) {
                key = renamed(key.replace("mid_block.attentions.0", "mid.attn_1"), "mid.attn_1.", ATTENTION);
            }
            sources.put(name, new Source(VAE + key));
        }
        return sources;
    }

    /** Sources of the text encoder's weights in version 1. */
    static Map<String, Source> clip(ClipConfig config) {
        Map<String, Source> sources = new LinkedHashMap<>();
        ClipText.shapes(config).keySet().forEach(name -> sources.put(name, new Source(CLIP + name)));
        return sources;
    }

    /** Sources of the text encoder's weights in version 2, where q, k and v are one matrix. */
    static Map<String, Source> openClip(ClipConfig config) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String name : ClipText.shapes(config).keySet()) {
            sources.put(name, openClip(name));
        }
        return sources;
    }

    private static Source openClip(String name) {
        String layers = "text_model.encoder.layers.";
        if (name.startsWith(layers)) {
            String rest = name.substring(layers.length());
            int dot = rest.indexOf('.');
            String block = OPEN_CLIP + "transformer.resblocks." + rest.substring(0, dot) + ".";
            String inner = rest.substring(dot + 1);
            String kind = name.substring(name.lastIndexOf('.') + 1);
            int third = "qkv".indexOf(inner.startsWith("self_attn.") ? inner.charAt(10) : ' ');
            if (third >= 0 && inner.startsWith("_proj.", 11)) {
                return new Source(block + "attn.in_proj_" + kind, third);
            }
            return new Source(block + renamed(inner, "", OPEN_CLIP_LAYER));
        }
        return new Source(OPEN_CLIP
                + switch (name) {
                    case "text_model.embeddings.token_embedding.weight" -> "token_embedding.weight";
                    case "text_model.embeddings.position_embedding.weight" -> "positional_embedding";
                    default -> name.replace("text_model.final_layer_norm", "ln_final");
                });
    }

    /** Replaces the module that follows a place in a name. */
    private static String renamed(String name, String after, Map<String, String> names) {
        int start = name.indexOf(after) + after.length();
        int end = name.lastIndexOf('.');
        return name.substring(0, start) + names.get(name.substring(start, end)) + name.substring(end);
    }
}
