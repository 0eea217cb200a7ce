// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradientTest {
    private static final Script KERNELS = Script.of("gradients.py", """
            def smooth(x: Tensor, k: float) -> Tensor:
                return (torch.sin(x * k) * torch.exp(-x * x)).sum() + torch.logsumexp(x, 0)

            def plus(x: Tensor, y: Tensor) -> Tensor:
                return x * y

            def attached(x: Tensor) -> bool:
                return x.requires_grad

            def loss(w: Tensor, x: Tensor) -> Tensor:
                h = torch.tanh(x.matmul(w))
                return (h * h).mean()
            """);
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open(Device.cpu());
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Whether a graph leads to the tensor (DJL's {@code hasGradient} asks for leaves only). */
    private boolean attached(NDArray tensor) {
        return KERNELS.number(scope, "attached", tensor) == 1;
    }

    @Test
    void agreesWithFiniteDifferences() {
        float[] at = {0.3f, -0.7f, 1.1f, 0.05f};
        NDArray x = Torch.parameter(scope.of(at));
        Torch.backward(KERNELS.call(scope, "smooth", x, 1.7));
        float[] gradient = Torch.gradient(scope, x).toFloatArray();
        for (int i = 0; i < at.length; i++) {
            float[] up = at.clone();
            float[] down = at.clone();
            up[i] += 1e-2f;
            down[i] -= 1e-2f;
            double difference = KERNELS.number(scope, "smooth", scope.of(up), 1.7)
                    - KERNELS.number(scope, "smooth", scope.of(down), 1.7);
            assertThat(gradient[i]).isCloseTo((float) (difference / 2e-2), within(2e-3f));
        }
    }

    @Test
    void gradientsAccumulateUntilSetToZero() {
        NDArray x = Torch.parameter(scope.of(new float[] {1, 2}));
        NDArray y = scope.of(new float[] {3, 4});
        assertThat(Torch.hasGradient(x)).isFalse();
        assertThat(Torch.gradient(scope, x).toFloatArray()).containsExactly(0, 0);
        for (int i = 0; i < 2; i++) {
            Torch.backward(KERNELS.call(scope, "plus", x, y), scope.of(new float[] {1, 10}));
        }
        assertThat(Torch.gradient(scope, x).toFloatArray()).containsExactly(6, 80);
        Torch.zeroGradient(x);
        assertThat(Torch.gradient(scope, x).toFloatArray()).containsExactly(0, 0);
        assertThatThrownBy(() -> Torch.backward(KERNELS.call(scope, "plus", x, y)))
                .hasMessageContaining("a loss has one element");
    }

    @Test
    void noGradientModeAndDetaching() {
        NDArray x = Torch.parameter(scope.of(new float[] {1, 2}));
        try (var mode = Torch.noGradient()) {
            assertThat(attached(KERNELS.call(scope, "plus", x, x))).isFalse();
            try (var inner = Torch.gradient()) {
                assertThat(attached(KERNELS.call(scope, "plus", x, x))).isTrue();
            }
            assertThat(attached(KERNELS.call(scope, "plus", x, x))).isFalse();
        }
        NDArray y = KERNELS.call(scope, "plus", x, x);
        assertThat(attached(y)).isTrue();
        assertThat(attached(Torch.detach(scope, y))).isFalse();
    }

    @Test
    void theModeIsPerThreadAndOnInNewThreads() throws Exception {
        NDArray x = Torch.parameter(scope.of(new float[] {1, 2}));
        try (var mode = Torch.noGradient();
                ExecutorService pool = Executors.newFixedThreadPool(4)) {
            Callable<Float> work = () -> {
                try (Scope own = Scope.open(Device.cpu())) {
                    NDArray w = Torch.parameter(own.of(new float[] {2}));
                    for (int i = 0; i < 200; i++) {
                        try (Scope s = own.child()) {
                            Torch.backward(KERNELS.call(s, "smooth", w, 1.0));
                        }
                    }
                    return Torch.gradient(own, w).toFloatArray()[0];
                }
            };
            List<Future<Float>> results = pool.invokeAll(List.of(work, work, work, work));
            float expected = (float) (200 * (1 + Math.exp(-4) * (Math.cos(2) - 4 * Math.sin(2))));
            for (Future<Float> result : results) {
                assertThat(result.get()).isCloseTo(expected, within(1e-2f));
            }
            assertThat(attached(KERNELS.call(scope, "plus", x, x))).isFalse();
        }
    }

    @Test
    void scopesKeepAndFree() {
        NDArray kept;
        NDArray lost;
        try (Scope child = scope.child()) {
            kept = child.keep(child.of(new float[] {1, 2}));
            lost = child.of(new float[] {3});
        }
        assertThat(kept.toFloatArray()).containsExactly(1, 2);
        assertThat(lost.isReleased()).isTrue();
        assertThatThrownBy(() -> scope.keep(kept)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scope.of(new float[] {1, 2}, 3)).hasMessageContaining("has 3 elements, got 2");
    }

    @Test
    void seedsRepeat() {
        Torch.seed(5);
        float[] first = scope.randn(8).toFloatArray();
        Torch.seed(5);
        assertThat(scope.randn(8).toFloatArray()).containsExactly(first);
    }

    @Test
    void devices() {
        assertThat(Torch.device("cpu")).isEqualTo(Device.cpu());
        assertThat(Torch.device("auto")).isNotNull();
        assertThatThrownBy(() -> Torch.device("gpu")).hasMessageContaining("none of auto, cpu, cuda:N");
        assertThatThrownBy(() -> Torch.device("cuda:99")).hasMessageContaining("cuda:99 is not available");
        assertThat(Torch.describe().version()).isNotBlank();
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Forward, backward and Adam, 20,000 times: the resident set stays within 10% of what it is after warming up. */
    @Test
    void memoryStaysFlat() throws Exception {
        NDArray w = Torch.parameter(scope.randn(64, 32));
        float[] input = new float[32 * 64];
        long warm = 0;
        try (Adam adam = new Adam(scope, List.of(w), Adam.Options.of(1e-3).clip(1))) {
            for (int step = 0; step < 20_000; step++) {
                if (step == 4_000) {
                    System.gc();
                    warm = resident();
                }
                try (Scope s = scope.child()) {
                    input[step % input.length] = step;
                    Torch.backward(KERNELS.call(s, "loss", w, s.of(input, 32, 64)));
                    adam.step();
                }
            }
        }
        System.gc();
        assertThat(resident()).isLessThanOrEqualTo(warm + warm / 10);
    }
}
