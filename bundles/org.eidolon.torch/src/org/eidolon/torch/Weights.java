// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The named tensors of a model, in the order in which they were put. */
public final class Weights {
    private static final Script KERNELS = Script.load(Weights.class, "optimise.py");

    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    /** Adds a tensor; the name must be new. */
    public NDArray put(String name, NDArray tensor) {
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("there is a weight " + name + " already");
        }
        return tensor;
    }

    /**
     * The tensor of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NDArray get(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no weight " + name + " among " + tensors.size());
        }
        return tensor;
    }

    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    public List<NDArray> tensors() {
        return new ArrayList<>(tensors.values());
    }

    public Map<String, NDArray> map() {
        return Collections.unmodifiableMap(tensors);
    }

    /** The count of numbers in all tensors. */
    public long count() {
        return tensors.values().stream().mapToLong(t -> t.getShape().size()).sum();
    }

    /** Reads all tensors of a file (or of its shards) as {@link TensorFile#read} gives them. */
    public static Weights load(Scope scope, Path file) throws IOException {
        return load(scope, file, name -> name);
    }

    /** As {@link #load(Scope, Path)}, with names translated; those that become null are left out. */
    public static Weights load(Scope scope, Path file, UnaryOperator<String> rename) throws IOException {
        Weights weights = new Weights();
        try (TensorFile in = TensorFile.open(file)) {
            for (SafeTensors.Info info : in.tensors()) {
                String name = rename.apply(info.name());
                if (name != null) {
                    weights.put(name, in.read(scope, info.name()));
                }
            }
        }
        return weights;
    }

    /** Writes all tensors to a file. */
    public void save(Path file, SafeTensorsWriter writer, Map<String, String> metadata) throws IOException {
        writer.write(file, tensors, metadata);
    }

    /**
     * Copies values into these tensors.
     *
     * @throws IllegalArgumentException unless names and shapes are the same, naming the first that differ
     */
    public void set(Map<String, NDArray> values) {
        copy(values, tensors, "weights");
    }

    /**
     * Copies values into tensors of the same names.
     *
     * @param what how an error calls them
     * @throws IllegalArgumentException if names or shapes differ, naming some
     */
    public static void copy(Map<String, NDArray> from, Map<String, NDArray> into, String what) {
        if (!from.keySet().equals(into.keySet())) {
            TreeSet<String> missing = new TreeSet<>(into.keySet());
            missing.removeAll(from.keySet());
            TreeSet<String> extra = new TreeSet<>(from.keySet());
            extra.removeAll(into.keySet());
            throw new IllegalArgumentException(
                    "the " + what + " do not fit: missing " + brief(missing) + ", not expected " + brief(extra));
        }
        List<NDArray> sources = new ArrayList<>();
        into.forEach((name, tensor) -> {
            Shape shape = from.get(name).getShape();
            if (!shape.equals(tensor.getShape())) {
                throw new IllegalArgumentException("the " + what + " do not fit: " + name + " has shape " + shape
                        + ", expected " + tensor.getShape());
            }
            sources.add(from.get(name));
        });
        try (var mode = Torch.noGradient()) {
            KERNELS.run(null, "copy", new ArrayList<>(into.values()), sources);
        }
    }

    private static String brief(TreeSet<String> names) {
        return names.isEmpty()
                ? "none"
                : names.size() + " ("
                        + String.join(", ", names.stream().limit(3).toList()) + ")";
    }
}
