// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network laid out as the flat list of weights, under their published names, and the program that its script runs.
 * Subclasses add both in the order in which the script goes through them.
 */
abstract class Layout {
    /** How a weight starts: {@code FAN_IN} is uniform within 1/√fan-in, PyTorch's default for linear and convolution. */
    enum Start {
        FAN_IN,
        ZERO,
        ONE
    }

    /** One weight: its published name where there is one, shape, start value, fan-in. */
    record Slot(String name, long[] shape, Start start, long fanIn) {
        long count() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
    }

    static final int ARGUMENTS = 3;

    private final List<Slot> slots = new ArrayList<>();
    private final List<Long> program = new ArrayList<>();

    final List<Slot> slots() {
        return slots;
    }

    /** Five numbers for each operation: its code, the first of its weights, three arguments. */
    final long[] program() {
        return program.stream().mapToLong(Long::longValue).toArray();
    }

    /** Shapes by name. */
    final Map<String, long[]> shapes() {
        Map<String, long[]> map = new LinkedHashMap<>();
        slots.forEach(slot -> map.put(slot.name(), slot.shape().clone()));
        return map;
    }

    /**
     * The tensors in the order of the slots.
     *
     * @param what how errors call the network
     * @throws IllegalArgumentException naming key, shape and expectation of a missing or misshapen weight
     */
    final List<NDArray> take(String what, Map<String, NDArray> tensors) {
        List<NDArray> weights = new ArrayList<>();
        for (Slot slot : slots) {
            weights.add(checked(what, slot, tensors.get(slot.name())));
        }
        return weights;
    }

    static NDArray checked(String what, Slot slot, NDArray t) {
        if (t == null) {
            throw new IllegalArgumentException(
                    what + ": '" + slot.name() + "' is missing, expected shape " + Arrays.toString(slot.shape()));
        }
        if (!Arrays.equals(t.getShape().getShape(), slot.shape())) {
            throw new IllegalArgumentException(what + ": '" + slot.name() + "' has shape " + t.getShape()
                    + ", expected " + Arrays.toString(slot.shape()));
        }
        return t;
    }

    final void convolution(String name, int in, int out, int kernel, Start start) {
        long fan = (long) in * kernel * kernel;
        weight(name + ".weight", start, fan, out, in, kernel, kernel);
        weight(name + ".bias", start, fan, out);
    }

    final void linear(String name, int in, int out, boolean bias) {
        weight(name + ".weight", Start.FAN_IN, in, out, in);
        if (bias) {
            weight(name + ".bias", Start.FAN_IN, in, out);
        }
    }

    final void norm(String name, int width) {
        weight(name + ".weight", Start.ONE, width, width);
        weight(name + ".bias", Start.ZERO, width, width);
    }

    final void weight(String name, Start start, long fanIn, long... shape) {
        slots.add(new Slot(name, shape, start, fanIn));
    }

    final void op(long code, long... arguments) {
        program.add(code);
        program.add((long) slots.size());
        for (int i = 0; i < ARGUMENTS; i++) {
            program.add(i < arguments.length ? arguments[i] : 0);
        }
    }
}
