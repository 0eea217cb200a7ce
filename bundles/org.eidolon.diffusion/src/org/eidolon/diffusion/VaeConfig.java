// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.diffusion.UNetVariant.Activation;

/**
 * Sizes of an autoencoder between images and latents (diffusers' AutoencoderKL).
 *
 * @param inChannels channels of an image to encode
 * @param outChannels channels of a decoded image
 * @param latentChannels channels of a latent
 * @param channels width of each level, finest first; each but the last halves the image
 * @param resBlocks residual blocks of a level of the encoder (one more in the decoder)
 * @param groups groups of every group norm
 * @param activation in the residual blocks
 * @param midAttention whether the middles attend
 * @param quantised whether a 1×1 convolution follows the encoder
 * @param dequantised whether one precedes the decoder
 * @param scale what latents are multiplied by for the UNet, so that they have unit variance
 * @param shift what is subtracted before
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        List<Integer> channels,
        int resBlocks,
        int groups,
        Activation activation,
        boolean midAttention,
        boolean quantised,
        boolean dequantised,
        double scale,
        double shift) {

    private static final List<String> READ = List.of(
            "in_channels",
            "out_channels",
            "down_block_types",
            "up_block_types",
            "block_out_channels",
            "layers_per_block",
            "act_fn",
            "latent_channels",
            "norm_num_groups",
            "scaling_factor",
            "use_quant_conv",
            "use_post_quant_conv",
            "mid_block_add_attention");

    /** Checks sizes; the message names the field. */
    public VaeConfig {
        channels = List.copyOf(channels);
        require(!channels.isEmpty() && channels.size() <= 8, "channels", "1 to 8 levels");
        require(groups > 0, "groups", "positive");
        int groupSize = groups;
        require(
                channels.stream().allMatch(c -> c > 0 && c <= 16384 && c % groupSize == 0),
                "channels",
                "multiples of groups (" + groups + ")");
        require(resBlocks > 0 && resBlocks <= 64, "resBlocks", "between 1 and 64");
        require(
                small(inChannels) && small(outChannels) && small(latentChannels),
                "inChannels, outChannels, latentChannels",
                "between 1 and 1024");
        require(scale > 0, "scale", "positive");
    }

    private static boolean small(int n) {
        return n > 0 && n <= 1024;
    }

    private static void require(boolean ok, String field, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("VAE configuration: '" + field + "' must be " + expected);
        }
    }

    /** The autoencoder of Stable Diffusion 1 and 2. */
    public static VaeConfig stableDiffusion() {
        return new VaeConfig(
                3, 3, 4, List.of(128, 256, 512, 512), 2, 32, Activation.SILU, true, true, true, 0.18215, 0);
    }

    /**
     * Reads the {@code config.json} of a diffusers AutoencoderKL; what it leaves out has diffusers' default.
     *
     * @throws IllegalArgumentException naming the field that is malformed or unsupported
     */
    public static VaeConfig read(String text) {
        ConfigJson json = ConfigJson.parse("VAE configuration of diffusers", text);
        List<String> known = new ArrayList<>(READ);
        known.addAll(List.of("shift_factor", "sample_size", "force_upcast", "latents_mean", "latents_std"));
        json.known("", known);
        json.notNull(READ);
        json.fixed(Map.of("_class_name", "AutoencoderKL"));
        json.absent(List.of("latents_mean", "latents_std"));
        List<Integer> channels = json.integers("block_out_channels", List.of(64));
        Map<String, String> blocks =
                new TreeMap<>(Map.of("down_block_types", "DownEncoderBlock2D", "up_block_types", "UpDecoderBlock2D"));
        blocks.forEach((field, type) -> {
            List<String> types = json.texts(field, List.of(type));
            json.require(
                    types.size() == channels.size(), field, "one block for each of " + channels.size() + " levels");
            types.forEach(t -> json.require(t.equals(type), field, type + ", not " + t));
        });
        json.require(
                !channels.isEmpty() && channels.size() <= 8,
                "block_out_channels",
                "a list of 1 to 8 widths, not " + channels);
        int groups = json.positive("norm_num_groups", 32, 16384);
        json.require(
                channels.stream().allMatch(c -> c > 0 && c <= 16384 && c % groups == 0),
                "block_out_channels",
                "multiples of norm_num_groups, " + groups + ", up to 16384, not " + channels);
        double scale = json.number("scaling_factor", 0.18215);
        json.require(scale > 0 && Double.isFinite(scale), "scaling_factor", "positive, not " + scale);
        return new VaeConfig(
                json.positive("in_channels", 3, 1024),
                json.positive("out_channels", 3, 1024),
                json.positive("latent_channels", 4, 1024),
                channels,
                json.positive("layers_per_block", 1, 64),
                groups,
                json.oneOf("act_fn", "silu", DiffusersConfig.ACTIVATIONS),
                json.flag("mid_block_add_attention", true),
                json.flag("use_quant_conv", true),
                json.flag("use_post_quant_conv", true),
                scale,
                json.number("shift_factor", 0));
    }
}
