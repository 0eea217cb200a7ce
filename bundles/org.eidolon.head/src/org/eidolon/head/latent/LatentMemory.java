// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import java.util.Arrays;
import java.util.List;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;

/**
 * What a full-size stage needs of a device's memory, estimated from sizes: weights, what the autoencoder keeps of a picture
 * for its gradient, the denoiser's activations, and drawing. Activations are counted by what the operators keep; a share
 * for libraries' work spaces and for the allocator's gaps is added.
 *
 * @param loading bytes while weights are loaded, float32 before it becomes what is computed in
 * @param fixed bytes that are there whatever the batch: weights, the field, work space
 * @param picture bytes for each picture that is asked about at once
 * @param drawn bytes for each picture of a step, which are drawn and go backwards together
 */
public record LatentMemory(long loading, long fixed, long picture, long drawn) {
    private static final double GAPS = 1.25;
    private static final long WORK_SPACE = 1L << 30;

    /** Tensors of a residual block's width that its gradient needs: inputs of two norms, activations, convolutions. */
    private static final int KEPT_IN_BLOCK = 6;

    /** Tensors of the first level's size that live at once in a forward pass without gradients, skips counted in. */
    private static final int ALIVE = 24;

    /** Weights of CLIP's text encoders by the square of their width: 12 to 23 layers of 12 squares, and the vocabulary. */
    private static final long TEXT_SHARE = 340;

    /** Bytes for each sample that is drawn: interpolation, shading, and what they keep for gradients. */
    private static final long SAMPLE = 320;

    /**
     * Of a stage that asks such a prior about pictures.
     *
     * @param side of the pictures
     * @param field bytes of what is optimised
     */
    public static LatentMemory of(PublishedPrior.Sizes sizes, Precision precision, int side, long field) {
        UNetConfig unet = sizes.unet();
        VaeConfig vae = sizes.vae();
        int bytes = precision == Precision.FLOAT32 ? 4 : 2;
        long numbers = UNet.count(unet) + count(vae);
        long weights = numbers * bytes;
        long text = 4L * TEXT_SHARE * unet.contextWidth() * unet.contextWidth();
        int latent = side / StableDiffusionPrior.factor(vae);
        long denoiser = 2L * ALIVE * latent * latent * unet.channels().getFirst() * bytes;
        long encoder = encoded(vae, side) * bytes;
        long samples = 4L * side * side;
        return new LatentMemory(
                (long) (GAPS * (4 * numbers + weights + text)),
                (long) (GAPS * (weights + text + field)) + WORK_SPACE,
                (long) (GAPS * (denoiser + encoder)),
                (long) (GAPS * samples * SAMPLE));
    }

    /** Numbers that the encoder keeps of a picture for its gradient. */
    private static long encoded(VaeConfig vae, int side) {
        List<Integer> channels = vae.channels();
        long kept = 0;
        int before = channels.getFirst();
        for (int level = 0; level < channels.size(); level++) {
            long places = (long) (side >> level) * (side >> level);
            for (int block = 0; block < vae.resBlocks(); block++) {
                kept += places * KEPT_IN_BLOCK / 2 * (before + channels.get(level));
                before = channels.get(level);
            }
            kept += places * before;
        }
        long last = (long) (side >> (channels.size() - 1)) * (side >> (channels.size() - 1));
        return kept + last * before * (2 * KEPT_IN_BLOCK + 6);
    }

    private static long count(VaeConfig vae) {
        return Vae.shapes(vae).values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** Bytes for a step of so many pictures, so many of which are asked about at once. */
    public long bytes(int pictures, int together) {
        return Math.max(loading, fixed + drawn * pictures + picture * Math.min(pictures, together));
    }

    /** Most pictures that can be asked about at once in so many bytes; 0 when there is no room for one. */
    public int together(int pictures, long bytes) {
        for (int together = pictures; together > 0; together--) {
            if (bytes(pictures, together) <= bytes) return together;
        }
        return 0;
    }
}
