// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

/** What a UNet computes in. Weights stay float32 masters; casts happen inside the script, norms accumulate in float32. */
public enum Precision {
    /** float32. */
    FLOAT32(6),
    /** bfloat16: training and inference on GPUs and on CPUs with AVX-512 BF16. */
    BFLOAT16(15),
    /** float16: inference on GPUs. */
    FLOAT16(5);

    private final int code;

    Precision(int code) {
        this.code = code;
    }

    /**
     * Whether group norms are computed as one multiply-add that stays channels-last, or by torch's own kernel. On a CPU
     * it is the faster (starter prior, 12 pictures, one thread: forward 6% in float32, 12% in bfloat16; with backward 6%
     * and 14%). On CUDA torch's own computes on NCHW and copies channels-last activations there and back, so that more
     * is to be gained; that was not timed yet. {@code -Deidolon.unet.norm=torch} goes back for a comparison.
     */
    boolean foldedNorms() {
        return !"torch".equals(System.getProperty("eidolon.unet.norm"));
    }

    /** ATen's scalar type number. */
    int code() {
        return code;
    }
}
