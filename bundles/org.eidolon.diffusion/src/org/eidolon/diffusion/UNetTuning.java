// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.Device;
import java.util.Locale;

/**
 * How a UNet computes, never what: each choice gives the same numbers up to rounding, and which is fastest depends on the
 * device. {@code eidolon bench unet --variants} measures them.
 *
 * @param norm kernel of the group norms
 * @param attention kernel of the attention
 * @param stacked prepared networks hold projections that read the same tokens as one matrix, time projections of all
 *     residual blocks as another, and biases where they cost no pass of their own
 * @param channelsLast activations and convolutions with the channels innermost
 */
public record UNetTuning(Norm norm, Attention attention, boolean stacked, boolean channelsLast) {
    /** Kernels of the group norm. */
    public enum Norm {
        /** torch's own, which copies channels-last activations there and back on a GPU. */
        TORCH,
        /** One multiply-add that stays channels-last, from sums over activations and their squares. */
        FOLDED,
        /** The same, where sums of squares are read from the activations directly and the time embedding joins the sums. */
        SUMMED,
        /** torch's own, after which the activation writes channels innermost at once; where gradients are taken, as TORCH. */
        WRITTEN
    }

    /** Kernels of the attention. */
    public enum Attention {
        /** What torch chooses. */
        TORCH,
        /** cuDNN's, for long sequences and heads of at most 128 channels. */
        CUDNN
    }

    /**
     * What is used on a device unless something else is asked for. Measured: on a CPU folded norms are the faster (starter
     * prior, 12 pictures, one thread: forward 6% in float32, 12% in bfloat16; with backward 6% and 14%), on an H100
     * torch's own (256 pictures, bfloat16: forward 29 ms against 33, with backward 87 against 105).
     * {@code -Deidolon.unet.norm=torch}, {@code folded}, {@code summed} or {@code written} chooses another,
     * for a comparison.
     */
    public static UNetTuning of(Device device) {
        boolean gpu = device.isGpu();
        String chosen = System.getProperty("eidolon.unet.norm");
        Norm norm = chosen == null ? gpu ? Norm.TORCH : Norm.FOLDED : Norm.valueOf(chosen.toUpperCase(Locale.ROOT));
        return new UNetTuning(norm, Attention.TORCH, gpu, true);
    }

    /** With another group norm. */
    public UNetTuning with(Norm norm) {
        return new UNetTuning(norm, attention, stacked, channelsLast);
    }

    /** With another attention. */
    public UNetTuning with(Attention attention) {
        return new UNetTuning(norm, attention, stacked, channelsLast);
    }

    /** With projections stacked or apart. */
    public UNetTuning stacked(boolean stacked) {
        return new UNetTuning(norm, attention, stacked, channelsLast);
    }

    /** With channels innermost or outermost. */
    public UNetTuning channelsLast(boolean last) {
        return new UNetTuning(norm, attention, stacked, last);
    }
}
