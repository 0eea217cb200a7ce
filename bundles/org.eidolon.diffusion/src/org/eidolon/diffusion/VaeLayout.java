// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.List;

/** Encoder or decoder of an autoencoder, laid out for {@code vae.py} under diffusers' names. */
final class VaeLayout extends Layout {
    private static final int RESNET = 1;
    private static final int ATTENTION = 2;
    private static final int DOWN = 3;
    private static final int UP = 4;
    private static final int CONV = 5;
    private static final int OUT = 6;

    private final VaeConfig config;

    private VaeLayout(VaeConfig config) {
        this.config = config;
    }

    /** From image to moments. */
    static VaeLayout encoder(VaeConfig config) {
        VaeLayout layout = new VaeLayout(config);
        List<Integer> channels = config.channels();
        int latent = 2 * config.latentChannels();
        layout.plain("encoder.conv_in", config.inChannels(), channels.getFirst(), 3);
        int current = channels.getFirst();
        for (int level = 0; level < channels.size(); level++) {
            String block = "encoder.down_blocks." + level;
            for (int i = 0; i < config.resBlocks(); i++) {
                layout.resnet(block + ".resnets." + i, current, channels.get(level));
                current = channels.get(level);
            }
            if (level < channels.size() - 1) {
                layout.op(DOWN);
                layout.convolution(block + ".downsamplers.0.conv", current, current, 3, Start.FAN_IN);
            }
        }
        layout.middle("encoder", current);
        layout.out("encoder", current, latent);
        if (config.quantised()) {
            layout.plain("quant_conv", latent, latent, 1);
        }
        return layout;
    }

    /** From latent to image. */
    static VaeLayout decoder(VaeConfig config) {
        VaeLayout layout = new VaeLayout(config);
        List<Integer> channels = config.channels().reversed();
        if (config.dequantised()) {
            layout.plain("post_quant_conv", config.latentChannels(), config.latentChannels(), 1);
        }
        layout.plain("decoder.conv_in", config.latentChannels(), channels.getFirst(), 3);
        int current = channels.getFirst();
        layout.middle("decoder", current);
        for (int level = 0; level < channels.size(); level++) {
            String block = "decoder.up_blocks." + level;
            for (int i = 0; i <= config.resBlocks(); i++) {
                layout.resnet(block + ".resnets." + i, current, channels.get(level));
                current = channels.get(level);
            }
            if (level < channels.size() - 1) {
                layout.op(UP);
                layout.convolution(block + ".upsamplers.0.conv", current, current, 3, Start.FAN_IN);
            }
        }
        layout.out("decoder", current, config.outChannels());
        return layout;
    }

    private void plain(String name, int in, int out, int kernel) {
        op(CONV, kernel / 2);
        convolution(name, in, out, kernel, Start.FAN_IN);
    }

    private void out(String part, int width, int channels) {
        op(OUT);
        norm(part + ".conv_norm_out", width);
        convolution(part + ".conv_out", width, channels, 3, Start.FAN_IN);
    }

    private void middle(String part, int width) {
        resnet(part + ".mid_block.resnets.0", width, width);
        if (config.midAttention()) {
            String name = part + ".mid_block.attentions.0";
            op(ATTENTION);
            norm(name + ".group_norm", width);
            for (String each : List.of(".to_q", ".to_k", ".to_v", ".to_out.0")) {
                linear(name + each, width, width, true);
            }
        }
        resnet(part + ".mid_block.resnets.1", width, width);
    }

    private void resnet(String name, int in, int out) {
        op(RESNET, in != out ? 1 : 0);
        norm(name + ".norm1", in);
        convolution(name + ".conv1", in, out, 3, Start.FAN_IN);
        norm(name + ".norm2", out);
        convolution(name + ".conv2", out, out, 3, Start.FAN_IN);
        if (in != out) {
            convolution(name + ".conv_shortcut", in, out, 1, Start.FAN_IN);
        }
    }
}
