// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdamTest {
    private static final Script QUARTIC = Script.of("quartic.py", """
            def quartic(xs: List[Tensor], targets: List[Tensor]) -> Tensor:
                total = torch.zeros([])
                for i in range(len(xs)):
                    total = total + ((xs[i] - targets[i]) ** 4).sum()
                return total
            """);

    private static JsonObject fixture() throws Exception {
        try (Reader in =
                new InputStreamReader(AdamTest.class.getResourceAsStream("adam.json"), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in).getAsJsonObject();
        }
    }

    private static List<NDArray> tensors(Scope scope, JsonObject fixture, String name) {
        List<NDArray> tensors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            JsonArray flat = fixture.getAsJsonArray(name).get(i).getAsJsonArray();
            JsonArray shape = fixture.getAsJsonArray("shapes").get(i).getAsJsonArray();
            float[] values = new float[flat.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = flat.get(k).getAsFloat();
            }
            tensors.add(scope.of(
                    values,
                    shape.asList().stream().mapToLong(x -> x.getAsLong()).toArray()));
        }
        return tensors;
    }

    private static Adam adam(Scope scope, List<NDArray> leaves) {
        leaves.forEach(Torch::parameter);
        return new Adam(scope, Adam.Options.of(0.1).betas(0.9, 0.99).clip(1))
                .add(leaves.subList(0, 2), 1)
                .add(leaves.subList(2, 3), 0.5, 0.1);
    }

    private static void run(
            Scope scope, Adam adam, List<NDArray> leaves, List<NDArray> targets, int from, int to, List<Float> norms) {
        for (int step = from; step < to; step++) {
            if (step == 25) {
                adam.learningRate(0.05);
            }
            try (Scope s = scope.child()) {
                Torch.backward(QUARTIC.call(s, "quartic", leaves, targets));
                norms.add(adam.step(s).toFloatArray()[0]);
            }
        }
    }

    /** torch.optim.AdamW with clip_grad_norm_, 50 steps (releng/reference/torch_fixtures.py). */
    @Test
    void followsPytorchsTrajectory() throws Exception {
        JsonObject fixture = fixture();
        try (Scope scope = Scope.open(Device.cpu())) {
            List<NDArray> leaves = tensors(scope, fixture, "start");
            List<Float> norms = new ArrayList<>();
            try (Adam adam = adam(scope, leaves)) {
                run(scope, adam, leaves, tensors(scope, fixture, "targets"), 0, 50, norms);
            }
            for (int i = 0; i < 50; i++) {
                float expected = fixture.getAsJsonArray("norms").get(i).getAsFloat();
                assertThat(norms.get(i)).isCloseTo(expected, within(1e-4f * Math.max(1, expected)));
            }
            List<NDArray> end = tensors(scope, fixture, "end");
            for (int i = 0; i < 3; i++) {
                assertThat(leaves.get(i).toFloatArray())
                        .containsExactly(end.get(i).toFloatArray(), within(1e-5f));
            }
        }
    }

    @Test
    void aResumedRunIsTheSameRun(@TempDir Path folder) throws Exception {
        JsonObject fixture = fixture();
        Path file = folder.resolve("state.safetensors");
        try (Scope scope = Scope.open(Device.cpu())) {
            List<NDArray> leaves = tensors(scope, fixture, "start");
            List<NDArray> targets = tensors(scope, fixture, "targets");
            Adam adam = adam(scope, leaves);
            run(scope, adam, leaves, targets, 0, 10, new ArrayList<>());
            Map<String, NDArray> all = new LinkedHashMap<>(adam.state());
            for (int i = 0; i < 3; i++) {
                all.put("leaf" + i, leaves.get(i));
            }
            SafeTensorsWriter.FLOAT.write(file, all, Map.of("steps", "" + adam.steps()));
            run(scope, adam, leaves, targets, 10, 20, new ArrayList<>());

            Map<String, NDArray> loaded = new LinkedHashMap<>();
            Weights.load(scope, file).map().forEach(loaded::put);
            List<NDArray> again = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                again.add(loaded.remove("leaf" + i));
            }
            Adam resumed = adam(scope, again);
            resumed.restore(loaded, 10);
            run(scope, resumed, again, targets, 10, 20, new ArrayList<>());
            for (int i = 0; i < 3; i++) {
                assertThat(again.get(i).toFloatArray())
                        .containsExactly(leaves.get(i).toFloatArray());
            }
            loaded.remove("0.0.m");
            assertThatThrownBy(() -> resumed.restore(loaded, 10)).hasMessageContaining("missing 1 (0.0.m)");
        }
    }

    @Test
    void gradientsWithoutAccumulation() {
        try (Scope scope = Scope.open(Device.cpu())) {
            NDArray x = Torch.parameter(scope.of(new float[] {1, 2}));
            NDArray loss = QUARTIC.call(scope, "quartic", List.of(x), List.of(scope.zeros(2)));
            List<NDArray> gradients = Torch.gradients(scope, loss, null, List.of(x));
            assertThat(gradients.get(0).toFloatArray()).containsExactly(4, 32);
            assertThat(Torch.hasGradient(x)).isFalse();
            try (Adam adam = new Adam(scope, List.of(x), Adam.Options.of(0.1))) {
                NDArray norm = adam.step(scope, gradients);
                assertThat(norm.toFloatArray()[0]).isCloseTo((float) Math.sqrt(16 + 1024), within(1e-4f));
            }
            assertThat(x.toFloatArray()).containsExactly(new float[] {0.9f, 1.9f}, within(1e-6f));
        }
    }

    @Test
    void aParameterOutOfReachStaysAndLearnsLater() {
        try (Scope scope = Scope.open(Device.cpu())) {
            NDArray x = Torch.parameter(scope.of(new float[] {1}));
            NDArray y = Torch.parameter(scope.of(new float[] {1}));
            try (Adam adam = new Adam(scope, List.of(x, y), Adam.Options.of(0.1))) {
                Torch.backward(QUARTIC.call(scope, "quartic", List.of(x), List.of(scope.zeros(1))));
                adam.step();
                assertThat(y.toFloatArray()[0]).isEqualTo(1);
                assertThat(Torch.gradient(scope, x).toFloatArray()[0]).isZero();
                Torch.backward(QUARTIC.call(scope, "quartic", List.of(y), List.of(scope.zeros(1))));
                adam.step();
                assertThat(y.toFloatArray()[0]).isLessThan(1);
            }
        }
    }

    @Test
    void movingAverage() {
        try (Scope scope = Scope.open(Device.cpu())) {
            NDArray x = Torch.parameter(scope.of(new float[] {1}));
            try (Ema ema = new Ema(scope, List.of(x))) {
                x.set(new float[] {2});
                ema.update(0.9);
                assertThat(ema.averages().get(0).toFloatArray()[0]).isCloseTo(1.1f, within(1e-6f));
            }
        }
    }
}
