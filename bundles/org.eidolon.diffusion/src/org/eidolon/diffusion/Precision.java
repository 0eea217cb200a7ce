// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.Device;

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
     * Whether group norms are computed as one multiply-add that stays channels-last, or by torch's own kernel. That one
     * is the faster on a CPU, where it knows channels-last; on a GPU it computes on NCHW and activations are copied
     * there and back. The GPU side follows from reading torch's code and was not timed yet: the system property
     * {@code eidolon.unet.norm}, {@code torch} or {@code folded}, decides otherwise for a comparison.
     */
    boolean foldedNorms(Device device) {
        return switch (System.getProperty("eidolon.unet.norm", "auto")) {
            case "folded" -> true;
            case "torch" -> false;
            default -> device.isGpu();
        };
    }

    /** ATen's scalar type number. */
    int code() {
        return code;
    }
}
