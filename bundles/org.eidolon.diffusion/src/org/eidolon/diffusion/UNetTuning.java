// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

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
    private static final Map<Device, Boolean> CUDNN = new ConcurrentHashMap<>();

    /** Kernels of the group norm. */
    public enum Norm {
        /** torch's own, which copies channels-last activations there and back on a GPU. */
        TORCH,
        /** One multiply-add that stays channels-last, from sums over activations and their squares. */
        FOLDED,
        /** The same in fewer and other kernels, in place where it can be; where gradients are taken, as TORCH. */
        SUMMED,
        /** torch's own, after which the activation writes channels innermost at once; where gradients are taken, as TORCH. */
        WRITTEN,
        /** SUMMED for large activations, WRITTEN for small ones. */
        FITTING;

        /** Whether it is itself where gradients are taken; the others are TORCH there. */
        public boolean takesGradients() {
            return this == TORCH || this == FOLDED;
        }
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
     * fitting ones without gradients and torch's own with them.
     * {@code -Deidolon.unet.norm=torch}, {@code folded}, {@code summed}, {@code written} or {@code fitting} chooses
     * another, for a comparison.
     */
    public static UNetTuning of(Device device) {
        boolean gpu = device.isGpu();
        String chosen = System.getProperty("eidolon.unet.norm");
        Norm norm = chosen == null ? gpu ? Norm.FITTING : Norm.FOLDED : Norm.valueOf(chosen.toUpperCase(Locale.ROOT));
        return new UNetTuning(norm, Attention.TORCH, gpu, true);
    }

    /**
     * The same for passes that gradients are taken of. Measured: on an H100 a LoRA step of Stable Diffusion's sizes takes
     * an eighth less with cuDNN's attention than with what torch chooses for gradients.
     */
    public static UNetTuning training(Device device) {
        return of(device).with(cudnnAttends(device) ? Attention.CUDNN : Attention.TORCH);
    }

    /** Whether this device's cuDNN has the attention, backwards too: it depends on libtorch's version and the GPU's. */
    private static boolean cudnnAttends(Device device) {
        return device.isGpu() && CUDNN.computeIfAbsent(device, UNetTuning::tryAttention);
    }

    private static boolean tryAttention(Device device) {
        try (Scope s = Scope.open(device)) {
            NDArray tokens = Torch.parameter(s.randn(256, 64));
            NDArray out = UNet.kernels().call(s, "try_attention", tokens);
            return !Torch.gradients(s, out, null, List.of(tokens)).isEmpty();
        } catch (RuntimeException e) {
            // libtorch says so in many ways: no such operator, no kernel, no algorithm
            return false;
        }
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
