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

    /** ATen's scalar type number. */
    int code() {
        return code;
    }
}
