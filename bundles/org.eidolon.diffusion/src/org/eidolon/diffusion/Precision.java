// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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

    private static final boolean CPU_MULTIPLIES_BFLOAT16 = cpuMultipliesBfloat16();

    /**
     * What a prior is asked in: bfloat16 on GPUs and on CPUs that multiply it themselves, where a UNet takes little more
     * than half the time of float32; elsewhere it would take longer. {@code -Deidolon.precision=float32} chooses.
     */
    public static Precision fastest(Device device) {
        return fastest(device.isGpu());
    }

    /** The same, for callers that must not load the tensor engine. What decides here belongs into a result's content key. */
    public static Precision fastest(boolean gpu) {
        String chosen = System.getProperty("eidolon.precision");
        if (chosen != null) return valueOf(chosen.toUpperCase(Locale.ROOT));
        return gpu || CPU_MULTIPLIES_BFLOAT16 ? BFLOAT16 : FLOAT32;
    }

    /** bfloat16 on a GPU and float32 on a CPU: where training, or numbers that others compare, must not go by the CPU. */
    public static Precision usual(Device device) {
        return device.isGpu() ? BFLOAT16 : FLOAT32;
    }

    private static boolean cpuMultipliesBfloat16() {
        try {
            String cpu = Files.readString(Path.of("/proc/cpuinfo"));
            return cpu.contains(" avx512_bf16") || cpu.contains(" amx_bf16");
        } catch (IOException e) {
            return false;
        }
    }

    /** ATen's scalar type number. */
    int code() {
        return code;
    }
}
