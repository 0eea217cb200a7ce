// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** An exponential moving average of tensors, kept in a scope of its own. */
public final class Ema implements AutoCloseable {
    private static final Script KERNELS = Script.load(Ema.class, "optimise.py");

    private final Scope scope;
    private final List<NDArray> values;
    private final List<NDArray> averages = new ArrayList<>();

    /** An average that begins at the tensors' present values. */
    public Ema(Scope scope, List<NDArray> values) {
        this.scope = scope.child();
        this.values = List.copyOf(values);
        for (NDArray value : values) {
            averages.add(this.scope.manager().zeros(value.getShape(), value.getDataType()));
        }
        try (var mode = Torch.noGradient()) {
            KERNELS.run(this.scope, "copy", averages, this.values);
        }
    }

    /** Moves the average towards the present values: {@code average = decay · average + (1 − decay) · value}. */
    public void update(double decay) {
        try (var mode = Torch.noGradient()) {
            KERNELS.run(scope, "blend", averages, values, 1 - decay);
        }
    }

    /** The averages, in the order of the values; the live tensors. */
    public List<NDArray> averages() {
        return averages;
    }

    @Override
    public void close() {
        scope.close();
    }
}
