// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All that a node record declares, read once by reflection: editor, command, docs and engine read it here. */
public final class NodeDescriptor {
    /**
     * An input port.
     *
     * @param type class of the values; of the items where it takes {@code many}
     */
    public record Input(String name, Class<?> type, boolean many, boolean optional, String doc) {}

    /** An output port. */
    public record Output(String name, Class<?> type, String doc) {}

    /** Classes of numbers that may be auto, which is null. */
    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(Integer.class, int.class, Long.class, long.class, Double.class, double.class);

    private final Class<? extends Node<?>> nodeClass;
    private final NodeType declaration;
    private final List<Input> inputs;
    private final List<Parameter> parameters;
    private final List<Output> outputs;
    private final RecordComponent[] components;
    private final Constructor<?> constructor;

    /**
     * Reads a node record.
     *
     * @throws IllegalArgumentException saying what is wrong with the declaration
     */
    public static NodeDescriptor of(Class<? extends Node<?>> nodeClass) {
        return new NodeDescriptor(nodeClass);
    }

    private NodeDescriptor(Class<? extends Node<?>> nodeClass) {
        this.nodeClass = nodeClass;
        this.declaration = nodeClass.getAnnotation(NodeType.class);
        check(declaration != null, "carries no @NodeType");
        check(nodeClass.isRecord(), "is not a record");
        check(
                id().matches("[a-z][a-z0-9]*(\\.[a-z][a-z0-9-]*)+"),
                "has the id '" + id() + "'; use lower-case words joined by dots, such as identity.encode");
        check(version() >= 1, "has version " + version() + "; versions start at 1");
        this.components = nodeClass.getRecordComponents();
        this.constructor = constructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        Record defaults = defaults();
        var ins = new ArrayList<Input>();
        var params = new ArrayList<Parameter>();
        for (RecordComponent component : components) {
            In in = marked(component, In.class);
            Param param = marked(component, Param.class);
            check(
                    (in == null) != (param == null),
                    "component '" + component.getName() + "' must be marked either @In or @Param");
            if (in != null) {
                ins.add(input(component, in));
            } else {
                params.add(parameter(component, param, get(component, defaults)));
            }
        }
        this.inputs = List.copyOf(ins);
        this.parameters = List.copyOf(params);
        try {
            Condition.check(parameters);
        } catch (IllegalArgumentException e) {
            throw wrong("says: " + e.getMessage());
        }
        this.outputs = Arrays.stream(outputRecord().getRecordComponents())
                .map(c -> new Output(c.getName(), c.getType(), doc(c.getAnnotation(Doc.class))))
                .toList();
        check(
                !declaration.conversion()
                        || inputs.stream().filter(i -> !i.optional()).count() == 1 && outputs.size() == 1,
                "is a conversion, which needs one required input and one output");
    }

    public String id() {
        return declaration.id();
    }

    public int version() {
        return declaration.version();
    }

    /** {@code id@version}, as graph files write it. */
    public String reference() {
        return id() + "@" + version();
    }

    public String category() {
        return declaration.category();
    }

    /** Name for people: the declared one, else the id's words turned round ("identity.encode" → "Encode identity"). */
    public String name() {
        if (!declaration.name().isEmpty()) {
            return declaration.name();
        }
        String[] words = id().split("\\.");
        java.util.Collections.reverse(Arrays.asList(words));
        String text = String.join(" ", words).replace('-', ' ');
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    public String doc() {
        return declaration.doc();
    }

    public Set<Uses> uses() {
        Set<Uses> all = EnumSet.noneOf(Uses.class);
        all.addAll(Arrays.asList(declaration.uses()));
        return all;
    }

    public boolean uses(Uses what) {
        return Arrays.asList(declaration.uses()).contains(what);
    }

    public boolean isConversion() {
        return declaration.conversion();
    }

    public Class<? extends Node<?>> nodeClass() {
        return nodeClass;
    }

    public List<Input> inputs() {
        return inputs;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public List<Output> outputs() {
        return outputs;
    }

    public Optional<Input> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }

    public Optional<Output> output(String name) {
        return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
    }

    /**
     * Makes the node.
     *
     * @param values typed parameters and input values by name; what is missing takes its default (inputs: null or empty)
     */
    public Node<?> create(Map<String, ?> values) {
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            Object none = components[i].getType() == List.class ? List.of() : null;
            Object fallback = parameter(name).map(Parameter::defaultValue).orElse(null);
            arguments[i] = values.containsKey(name) ? values.get(name) : fallback == null ? none : fallback;
        }
        return (Node<?>) make(constructor, arguments);
    }

    /** The outputs of a finished run, in the order of {@link #outputs()}. */
    public Object output(Record result, String name) {
        return Arrays.stream(result.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(component -> get(component, result))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return reference();
    }

    /** The mark on a component, or the one on an annotation there; null where there is none. */
    private <A extends Annotation> A marked(RecordComponent component, Class<A> mark) {
        List<A> found = Stream.concat(
                        Stream.of(component),
                        Arrays.stream(component.getAnnotations()).map(Annotation::annotationType))
                .map(place -> place.getAnnotation(mark))
                .filter(Objects::nonNull)
                .toList();
        check(
                found.size() <= 1,
                "component '" + component.getName() + "' is marked @" + mark.getSimpleName() + " twice");
        return found.isEmpty() ? null : found.get(0);
    }

    private Input input(RecordComponent component, In in) {
        if (component.getType() != List.class) {
            return new Input(component.getName(), component.getType(), false, in.optional(), in.doc());
        }
        check(
                component.getGenericType() instanceof ParameterizedType p
                        && p.getActualTypeArguments()[0] instanceof Class<?>,
                "input '" + component.getName() + "' must say what its list holds, such as List<Image>");
        var item = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return new Input(component.getName(), item, true, in.optional(), in.doc());
    }

    private Parameter parameter(RecordComponent component, Param param, Object value) {
        Class<?> boxed = component.getType();
        Class<?> type = BOXES.getOrDefault(boxed, boxed);
        check(
                param.auto().isEmpty() == (type == boxed),
                "parameter '" + component.getName() + "' is " + boxed.getSimpleName()
                        + "; one that may be auto, and only that, is an Integer, Long or Double and says by @Param(auto)"
                        + " what settles it");
        check(
                type == int.class
                        || type == long.class
                        || type == double.class
                        || type == boolean.class
                        || type == String.class
                        || type == Path.class
                        || type.isEnum(),
                "parameter '" + component.getName()
                        + "' is a " + type.getSimpleName()
                        + "; use int, long, double, boolean, String, an enum or Path");
        List<String> choices = type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(c -> Parameter.choiceName((Enum<?>) c))
                        .toList()
                : List.of();
        check(!type.isEnum() || value != null, "parameter '" + component.getName() + "' needs a default choice");
        check(
                !(value instanceof Number n) || n.doubleValue() >= param.min() && n.doubleValue() <= param.max(),
                "the default of parameter '" + component.getName() + "' is outside its own range");
        return new Parameter(
                component.getName(),
                type,
                value,
                param.min(),
                param.max(),
                param.step(),
                param.auto(),
                choices,
                param.unit(),
                param.doc(),
                param.widget(),
                List.of(param.accepts()),
                param.required(),
                Condition.parse(param.when()));
    }

    private Class<?> outputRecord() {
        for (var type : nodeClass.getGenericInterfaces()) {
            if (type instanceof ParameterizedType p
                    && p.getRawType() == Node.class
                    && p.getActualTypeArguments()[0] instanceof Class<?> out
                    && out.isRecord()) {
                return out;
            }
        }
        throw wrong("must implement Node<Out> where Out is a record of its outputs");
    }

    private Record defaults() {
        return (Record) make(constructor(), new Object[0]);
    }

    private Constructor<?> constructor(Class<?>... types) {
        try {
            Constructor<?> found = nodeClass.getDeclaredConstructor(types);
            found.trySetAccessible();
            return found;
        } catch (NoSuchMethodException e) {
            throw wrong("needs a no-argument constructor that holds the defaults");
        }
    }

    private Object make(Constructor<?> with, Object[] arguments) {
        try {
            return with.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw wrong("cannot be made: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw wrong("cannot be made: " + e);
        }
    }

    private Object get(RecordComponent component, Record record) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw wrong("component '" + component.getName() + "' cannot be read: " + e);
        }
    }

    private static String doc(Doc doc) {
        return doc == null ? "" : doc.value();
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            throw wrong(problem);
        }
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("node type " + nodeClass.getName() + " " + problem);
    }
}
