// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs kernels forward and backward on a device and compares with the CPU, then times a few: a check of an installed
 * CUDA library, run by hand with the device as its argument ({@code auto}).
 */
public final class GpuCheck {
    private static final Script KERNELS = Script.load(GpuCheck.class, "gpu_check.py");

    private GpuCheck() {}

    public static void main(String[] args) {
        System.out.println(Torch.describe());
        Device device = Torch.device(args.length > 0 ? args[0] : "auto");
        System.out.println("device " + device);
        float worst = compare(device);
        System.out.printf("largest difference of values and gradients from the CPU: %.2e%n", worst);
        if (!(worst < 2e-2)) {
            System.out.println("FAILED");
            System.exit(1);
        }
        try (Scope scope = Scope.open(device)) {
            if (!device.isGpu()) {
                System.out.println("OK");
                return; // the sizes below take minutes on a CPU
            }
            time(scope, "matmul 4096 fp32 (ms)", "product", scope.randn(4096, 4096), scope.randn(4096, 4096));
            NDArray a = KERNELS.call(scope, "bf16", scope.randn(4096, 4096));
            time(scope, "matmul 4096 bf16 (ms)", "product", a, a);
            NDArray x = KERNELS.call(scope, "bf16_channels_last", scope.randn(8, 320, 64, 64));
            NDArray w = KERNELS.call(scope, "bf16_channels_last", scope.randn(320, 320, 3, 3));
            time(scope, "conv 8x320x64x64 bf16 channels-last (ms)", "convolve", x, w);
            NDArray q = KERNELS.call(scope, "bf16", scope.randn(8, 8, 4096, 40));
            time(scope, "attention 8x8x4096x40 bf16 (ms)", "attend", q, q, q);
            time(scope, "one tiny call (ms)", "tiny", scope.randn(4));
            adam(scope);
        }
        Torch.emptyCache();
        System.out.println(Torch.describe());
        System.out.println("OK");
    }

    private static float compare(Device device) {
        Random random = new Random(3);
        float[] image = floats(random, 2 * 16 * 12 * 12);
        float[] weight = floats(random, 16 * 16 * 9);
        try (Scope cpu = Scope.open(Device.cpu());
                Scope other = Scope.open(device)) {
            List<float[]> expected = results(cpu, image, weight);
            List<float[]> actual = results(other, image, weight);
            float worst = 0;
            for (int k = 0; k < expected.size(); k++) {
                float scale = 1e-6f;
                for (float v : expected.get(k)) {
                    scale = Math.max(scale, Math.abs(v));
                }
                for (int i = 0; i < expected.get(k).length; i++) {
                    worst = Math.max(worst, Math.abs(expected.get(k)[i] - actual.get(k)[i]) / scale);
                }
            }
            return worst;
        }
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static List<float[]> results(Scope scope, float[] image, float[] weight) {
        NDArray x = Torch.parameter(scope.of(image, 2, 16, 12, 12));
        NDArray w = Torch.parameter(scope.of(weight, 16, 16, 3, 3));
        NDArray loss = KERNELS.call(scope, "block", x, w, 4);
        Torch.backward(loss);
        List<float[]> all = new ArrayList<>();
        all.add(loss.toFloatArray());
        all.add(Torch.gradient(scope, x).toFloatArray());
        all.add(Torch.gradient(scope, w).toFloatArray());
        return all;
    }

    private static void time(Scope scope, String label, String method, Object... arguments) {
        int count = 20;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            try (Scope s = scope.child()) {
                long from = System.nanoTime();
                NDArray last = null;
                for (int i = 0; i < count; i++) {
                    last = KERNELS.call(s, method, arguments);
                }
                KERNELS.number(s, "wait", last);
                best = Math.min(best, (System.nanoTime() - from) / 1e6 / count);
            }
        }
        System.out.printf("%-45s %.4f%n", label, best);
    }

    private static void adam(Scope scope) {
        List<NDArray> leaves = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            leaves.add(Torch.parameter(scope.randn(256, 256)));
        }
        try (Adam adam = new Adam(scope, leaves, Adam.Options.of(1e-3).clip(1))) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < 8; i++) {
                try (Scope s = scope.child()) {
                    long from = System.nanoTime();
                    NDArray norm = adam.step(s, leaves);
                    norm.toFloatArray();
                    best = Math.min(best, (System.nanoTime() - from) / 1e6);
                }
            }
            System.out.printf("%-45s %.4f%n", "Adam, 300 tensors of 65,536 (ms)", best);
        }
    }
}
