// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eidolon.api.Migration;
import org.eidolon.api.Node;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.ValueType;
import org.eidolon.api.value.Values;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The node types and value types of all installed libraries. Safe for use by several threads. */
public final class NodeTypes {
    /**
     * A node type and the library that brought it.
     *
     * @param library such as {@code org.eidolon.nodes 0.1.0}
     * @param code hash of the library's code, worked out when first asked for; empty where {@code library} says it all
     */
    public record Registered(NodeDescriptor type, String library, Supplier<String> code) {}

    private final Map<String, Registered> types = new ConcurrentHashMap<>();
    private final Map<Class<?>, ValueType<?>> values = new ConcurrentHashMap<>();
    private final Map<String, Migration> migrations = new ConcurrentHashMap<>();

    public NodeTypes(NodeLibrary... libraries) {
        Values.GENERAL.forEach(value -> values.put(value.type(), value));
        for (NodeLibrary library : libraries) {
            add(library);
        }
    }

    /**
     * Adds all that a library declares, or nothing.
     *
     * @throws IllegalArgumentException when a declaration is wrong, or an id is taken by another class
     */
    public synchronized void add(NodeLibrary library) {
        var bundle = library.version().isEmpty() ? bundle(library) : null;
        String version = bundle == null ? library.version() : bundle.getSymbolicName() + " " + bundle.getVersion();
        Supplier<String> code = bundle == null ? () -> "" : once(() -> LibraryCode.of(bundle));
        Set<Class<?>> known = new HashSet<>(values.keySet());
        library.values().forEach(value -> known.add(value.type()));
        var added = new LinkedHashMap<String, Registered>();
        for (Class<? extends Node<?>> nodeClass : library.nodes()) {
            var type = NodeDescriptor.of(nodeClass);
            type.outputs().forEach(output -> require(known, type, output.name(), output.type()));
            type.inputs().forEach(input -> require(known, type, input.name(), input.type()));
            var own = new Registered(type, version, code);
            for (Registered earlier : Arrays.asList(types.get(type.id()), added.put(type.id(), own))) {
                if (earlier != null && earlier.type().nodeClass() != nodeClass) {
                    throw new IllegalArgumentException("node type " + type.id() + " is declared by "
                            + nodeClass.getName() + " and by "
                            + earlier.type().nodeClass().getName());
                }
            }
        }
        library.values().forEach(value -> values.put(value.type(), value));
        added.forEach(types::putIfAbsent);
        library.migrations().forEach(step -> migrations.put(step.type() + "@" + step.version(), step));
    }

    public void remove(NodeLibrary library) {
        library.nodes()
                .forEach(nodeClass -> types.values().removeIf(r -> r.type().nodeClass() == nodeClass));
    }

    public Optional<Registered> find(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** All node types by id. */
    public Collection<NodeDescriptor> all() {
        var sorted = new TreeMap<String, NodeDescriptor>();
        types.forEach((id, registered) -> sorted.put(id, registered.type()));
        return sorted.values();
    }

    public Collection<ValueType<?>> valueTypes() {
        return List.copyOf(values.values());
    }

    /** @throws IllegalArgumentException when no library knows the class */
    @SuppressWarnings("unchecked")
    public <T> ValueType<T> valueType(Class<T> type) {
        var found = (ValueType<T>) values.get(type);
        if (found == null) {
            throw new IllegalArgumentException("no library declares a value type for " + type.getName());
        }
        return found;
    }

    /** The declared conversion from one class of values to another. */
    public Optional<NodeDescriptor> conversion(Class<?> from, Class<?> to) {
        return all().stream()
                .filter(type -> type.isConversion()
                        && type.outputs().get(0).type() == to
                        && conversionInput(type).type() == from)
                .findFirst();
    }

    static NodeDescriptor.Input conversionInput(NodeDescriptor conversion) {
        return conversion.inputs().stream()
                .filter(input -> !input.optional())
                .findFirst()
                .orElseThrow();
    }

    /** All steps that carry stored nodes to newer versions. */
    public Collection<Migration> migrations() {
        return List.copyOf(migrations.values());
    }

    /** Ids of the node types with an input of one class and an output of another: advice for a wrong link. */
    List<String> between(Class<?> from, Class<?> to) {
        var ids = new ArrayList<String>();
        for (NodeDescriptor type : all()) {
            if (type.inputs().stream().anyMatch(i -> i.type() == from)
                    && type.outputs().stream().anyMatch(o -> o.type() == to)) {
                ids.add(type.id());
            }
        }
        return ids;
    }

    private static void require(Set<Class<?>> known, NodeDescriptor type, String port, Class<?> value) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException("port '" + port + "' of node type " + type.id() + " is a "
                    + value.getName() + ", for which no library declares a value type");
        }
    }

    /** Null on a plain class path. */
    private static Bundle bundle(NodeLibrary library) {
        return FrameworkUtil.getBundle(library.getClass());
    }

    private static Supplier<String> once(Supplier<String> work) {
        return new Supplier<>() {
            private String result;

            @Override
            public synchronized String get() {
                if (result == null) {
                    result = work.get();
                }
                return result;
            }
        };
    }
}
