// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private final Script script = Script.load(ScriptTest.class, "kernels.py");
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open(Device.cpu());
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void gradientsFlow() {
        NDArray x = Torch.parameter(scope.of(new float[] {1, 2, 3}));
        Torch.backward(script.call(scope, "square_sum", x));
        assertThat(Torch.gradient(scope, x).toFloatArray()).containsExactly(2, 4, 6);
        assertThat(script.call(scope, "grad_of", x).toFloatArray()).containsExactly(2, 4, 6);
        NDArray y = Torch.parameter(scope.of(new float[] {1, 2, 3}));
        assertThat(script.call(scope, "grad_of", y).toFloatArray()).containsExactly(0, 0, 0);
    }

    @Test
    void numbersDefaultsAndCallsBetweenFunctions() {
        NDArray x = Torch.parameter(scope.of(new float[] {1, 2}));
        assertThat(script.call(scope, "scaled", x, 3, 2.0).toFloatArray())
                .containsExactly(new float[] {8, 16}, within(1e-5f));
        assertThat(script.call(scope, "scaled", x, 3L, 2f, false, "b").toFloatArray())
                .containsExactly(8, 16);
        List<NDArray> both = script.callAll(scope, "twice", x, 2, 3);
        assertThat(both.get(1).toFloatArray()).containsExactly(new float[] {81, 162}, within(1e-4f));
        Torch.backward(both.get(1), scope.of(new float[] {1, 10}));
        assertThat(Torch.gradient(scope, x).toFloatArray()).containsExactly(81, 810);
    }

    @Test
    void bfloat16StaysUsableBetweenScripts() {
        NDArray x = scope.of(new float[] {1.5f, 2});
        assertThat(script.call(scope, "half_precision", x).toFloatArray()).containsExactly(2.25f, 4);
        NDArray b = script.call(scope, "bf16", x);
        assertThat(script.call(scope, "half_precision", b).toFloatArray()).containsExactly(2.25f, 4);
    }

    @Test
    void optionalsListsAndTuples() {
        NDArray x = scope.of(new float[] {1, 2, 3, 4, 5, 6});
        assertThat(script.call(scope, "optional", x, null, new long[] {2, 3})
                        .getShape()
                        .getShape())
                .containsExactly(2, 3);
        assertThat(script.call(scope, "optional", x, scope.full(1, 1), new int[] {6})
                        .toFloatArray()[5])
                .isEqualTo(7);
        List<NDArray> list = script.callAll(scope, "many", List.of(x, scope.full(1, 2)));
        assertThat(list).hasSize(2);
        assertThat(list.get(1).toFloatArray()[0]).isCloseTo((float) Math.PI, within(1e-6f));
        assertThat(script.callAll(scope, "many", List.of())).isEmpty();
        List<NDArray> mixed = script.callAll(scope, "mixed", x);
        assertThat(mixed).hasSize(5);
        assertThat(mixed.get(3).toLongArray()).containsExactly(6);
        assertThat(mixed.get(4)).isNull();
    }

    @Test
    void operatorsOfNetworks() {
        NDArray x = scope.randn(1, 4, 8, 8);
        NDArray w = Torch.parameter(scope.randn(4, 4, 3, 3));
        NDArray out = script.call(scope, "block", x, w, scope.zeros(4));
        Torch.backward(out);
        assertThat(Torch.gradient(scope, w).abs().sum().toFloatArray()[0]).isPositive();
        assertThat(script.call(scope, "view_ops", scope.full(2, 3, 4)).toFloatArray()[0])
                .isEqualTo(6);
    }

    @Test
    void effects() {
        NDArray x = Torch.parameter(scope.of(new float[] {1, 2}));
        script.run(scope, "add_into", List.of(x), 2);
        assertThat(x.toFloatArray()).containsExactly(3, 4);
        try (var mode = Torch.noGradient()) {
            script.run(scope, "add_foreach", List.of(x), 2);
        }
        assertThat(x.toFloatArray()).containsExactly(5, 6);
    }

    @Test
    void errorsNameResourceFunctionAndLine() {
        assertThat(script.number(scope, "check", 4)).isEqualTo(8);
        assertThatThrownBy(() -> script.number(scope, "check", 0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("kernels.py, function check")
                .hasMessageContaining("n must be positive");
        assertThatThrownBy(() -> script.number(scope, "check", 200)).hasMessageContaining("n is too big");
        assertThatThrownBy(() -> script.call(scope, "wrong", scope.zeros(4)))
                .hasMessageContaining("File \"kernels.py\", line 66, in wrong");
        assertThatThrownBy(() -> script.call(scope, "absent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no function absent");
        assertThatThrownBy(() -> script.call(scope, "scaled", scope.zeros(1), 1.5, 2))
                .hasMessageContaining("argument 2 (n) must be int, got Double");
        assertThatThrownBy(() -> script.call(scope, "square_sum")).hasMessageContaining("takes 1 arguments, got 0");
        Script bad = Script.of("bad.py", "def f(x: Tensor) -> Tensor:\n    y = x + 1\n    return torch.nothing(y)\n");
        assertThatThrownBy(() -> bad.call(scope, "f", scope.zeros(1)))
                .hasMessageContaining("bad.py")
                .hasMessageContaining("line 3");
    }
}
