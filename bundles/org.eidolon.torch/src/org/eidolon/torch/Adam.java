// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with bias correction, clipping by the common norm of all gradients, and
 * optionally decoupled weight decay (Loshchilov and Hutter 2019). A step takes a handful of native calls however many
 * tensors there are. A parameter that no backward pass has reached yet counts as having a gradient of zero.
 */
public final class Adam implements AutoCloseable {
    private static final Script KERNELS = Script.load(Adam.class, "optimise.py");

    /**
     * The constants.
     *
     * @param learningRate the rate for groups of factor 1
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon added to the root of the second moment
     * @param weightDecay decoupled weight decay, 0 for none
     * @param clipNorm limit of the gradients' common norm, 0 for none
     */
    public record Options(
            double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {
        /** Betas 0.9 and 0.999, epsilon 1e-8, no decay, no clipping. */
        public static Options of(double learningRate) {
            return new Options(learningRate, 0.9, 0.999, 1e-8, 0, 0);
        }

        public Options clip(double norm) {
            return new Options(learningRate, beta1, beta2, epsilon, weightDecay, norm);
        }

        public Options betas(double first, double second) {
            return new Options(learningRate, first, second, epsilon, weightDecay, clipNorm);
        }

        public Options decay(double decay) {
            return new Options(learningRate, beta1, beta2, epsilon, decay, clipNorm);
        }
    }

    private record Group(
            List<NDArray> parameters, List<NDArray> first, List<NDArray> second, double factor, double decay) {}

    private final Scope scope;
    private final Options options;
    private final List<Group> groups = new ArrayList<>();
    private final Map<NDArray, NDArray> gradients = new IdentityHashMap<>();
    private double learningRate;
    private long steps;

    /** An optimiser whose state lives in a child of the scope. */
    public Adam(Scope scope, Options options) {
        this.scope = scope.child();
        this.options = options;
        this.learningRate = options.learningRate();
    }

    /** An optimiser of one group. */
    public Adam(Scope scope, List<NDArray> parameters, Options options) {
        this(scope, options);
        add(parameters, 1);
    }

    /** Adds leaves whose learning rate is the optimiser's times a factor. */
    public Adam add(List<NDArray> parameters, double factor) {
        return add(parameters, factor, options.weightDecay());
    }

    /** Adds leaves with their own rate factor and weight decay. */
    public Adam add(List<NDArray> parameters, double factor, double weightDecay) {
        List<NDArray> first = new ArrayList<>();
        List<NDArray> second = new ArrayList<>();
        for (NDArray parameter : parameters) {
            first.add(scope.manager().zeros(parameter.getShape(), parameter.getDataType()));
            second.add(scope.manager().zeros(parameter.getShape(), parameter.getDataType()));
        }
        groups.add(new Group(List.copyOf(parameters), first, second, factor, weightDecay));
        return this;
    }

    public void learningRate(double rate) {
        learningRate = rate;
    }

    public double learningRate() {
        return learningRate;
    }

    /** Steps taken, those before a resume counted in. */
    public long steps() {
        return steps;
    }

    /** Updates the parameters from the gradients that backward passes collected, then sets those to zero. */
    public void step() {
        try (Scope inner = scope.child()) {
            step(inner);
        }
    }

    /** As {@link #step()}; also gives the gradients' common norm before clipping (no dimension), in the scope given. */
    public NDArray step(Scope results) {
        List<NDArray> collected = new ArrayList<>();
        for (Group group : groups) {
            for (NDArray parameter : group.parameters()) {
                collected.add(gradientOf(results, parameter));
            }
        }
        NDArray norm = step(results, collected);
        KERNELS.run(scope, "zero", collected);
        return norm;
    }

    /**
     * Updates the parameters from gradients given, one per parameter in the order of the groups (as {@link
     * Torch#gradients} makes them: no accumulation, nothing to set to zero). They are scaled in place when clipped.
     */
    public NDArray step(Scope results, List<NDArray> given) {
        steps++;
        try (var mode = Torch.noGradient()) {
            NDArray norm = options.clipNorm() > 0
                    ? KERNELS.call(results, "clip", given, options.clipNorm())
                    : KERNELS.call(results, "norm", given);
            int from = 0;
            for (Group group : groups) {
                List<NDArray> own =
                        given.subList(from, from += group.parameters().size());
                KERNELS.run(
                        results,
                        "adam",
                        group.parameters(),
                        own,
                        group.first(),
                        group.second(),
                        learningRate * group.factor(),
                        options.beta1(),
                        options.beta2(),
                        options.epsilon(),
                        group.decay(),
                        steps);
            }
            return norm;
        }
    }

    private NDArray gradientOf(Scope results, NDArray parameter) {
        NDArray known = gradients.get(parameter);
        if (known == null) {
            if (!Torch.hasGradient(parameter)) {
                return Torch.gradient(results, parameter);
            }
            // from the first backward pass on, a leaf's gradient stays the same tensor
            known = Torch.gradient(scope, parameter);
            gradients.put(parameter, known);
        }
        return known;
    }

    /**
     * The moments and the count of steps, for a file; the tensors are the live ones.
     *
     * @return {@code GROUP.INDEX.m}, {@code GROUP.INDEX.v}; the count is {@link #steps()}
     */
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < groups.get(g).parameters().size(); i++) {
                state.put(g + "." + i + ".m", groups.get(g).first().get(i));
                state.put(g + "." + i + ".v", groups.get(g).second().get(i));
            }
        }
        return state;
    }

    /**
     * Takes over a saved state: a resumed run goes on as if it had never stopped.
     *
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public void restore(Map<String, NDArray> state, long stepsTaken) {
        Weights.copy(state, state(), "optimiser state");
        steps = stepsTaken;
    }

    @Override
    public void close() {
        scope.close();
    }
}
