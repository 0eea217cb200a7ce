// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetVariant;

/** Reads a UNet's sizes off the shapes in a single-file checkpoint, which brings no configuration. */
final class LdmSizes {
    private static final int WIDTH_OF_HEAD = 64;
    private static final int HEADS = 8;

    private LdmSizes() {}

    /**
     * The sizes that shapes (by names without {@link LdmNames#UNET}) imply. What shapes do not tell is Stable
     * Diffusion's: 32 groups, and 8 heads (version 1, tokens of 768 numbers) or heads of 64 (version 2, 1024).
     *
     * @throws IllegalArgumentException when the shapes are no Stable Diffusion's of version 1 or 2
     */
    static UNetConfig unet(Map<String, long[]> shapes) {
        long[] first = shape(shapes, "input_blocks.0.0.weight");
        List<Integer> channels = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        List<Boolean> attention = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        int context = 0;
        boolean linear = false;
        boolean open = false;
        for (int n = 1; ; n++) {
            String block = "input_blocks." + n + ".";
            if (shapes.containsKey(block + "0.op.weight")) {
                open = false;
                continue;
            }
            if (!shapes.containsKey(block + "0.in_layers.2.weight")) {
                break;
            }
            boolean attends = shapes.containsKey(block + "1.norm.weight");
            if (!open) {
                channels.add((int) shape(shapes, block + "0.in_layers.2.weight")[0]);
                blocks.add(0);
                attention.add(attends);
                depths.add(1);
                open = true;
            }
            blocks.set(blocks.size() - 1, blocks.getLast() + 1);
            if (attends) {
                int depth = 0;
                while (shapes.containsKey(block + "1.transformer_blocks." + depth + ".norm1.weight")) {
                    depth++;
                }
                depths.set(depths.size() - 1, depth);
                context = (int) shape(shapes, block + "1.transformer_blocks.0.attn2.to_k.weight")[1];
                linear = shape(shapes, block + "1.proj_in.weight").length == 2;
            }
        }
        if (context != 768 && context != 1024) {
            throw new IllegalArgumentException(
                    "its UNet reads tokens of " + context + " numbers; single files are read"
                            + " of Stable Diffusion 1 (768) and 2 (1024): give the configuration of another in a diffusers folder");
        }
        List<Integer> heads = context == 768
                ? Collections.nCopies(channels.size(), HEADS)
                : channels.stream().map(c -> c / WIDTH_OF_HEAD).toList();
        return UNetConfig.published(
                (int) first[1],
                (int) shape(shapes, "out.2.weight")[0],
                channels,
                blocks,
                attention,
                heads,
                depths,
                linear,
                context,
                32,
                1e-5,
                (int) shape(shapes, "time_embed.0.weight")[0],
                false,
                UNetVariant.STANDARD);
    }

    private static long[] shape(Map<String, long[]> shapes, String name) {
        long[] shape = shapes.get(name);
        if (shape == null || shape.length < 2) {
            throw new IllegalArgumentException(
                    "'" + LdmNames.UNET + name + "' is missing; this is no checkpoint of Stable Diffusion 1 or 2");
        }
        return shape;
    }
}
