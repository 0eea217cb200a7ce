// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.ParameterLinks;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.GraphNode;

/** What the editor asks of the installed node types, and of the graphs that nodes stand for. */
public final class Catalogue {
    /** What a node to be found must offer. */
    public sealed interface Wanted {
        /** Any node type. */
        record Anything() implements Wanted {}

        /** One that takes a value of the class. */
        record Takes(Class<?> given) implements Wanted {}

        /** One that gives a value of one of the classes. */
        record Gives(List<Class<?>> accepted) implements Wanted {}
    }

    private final NodeTypes types;
    private final Map<NodeDescriptor, Signature> signatures = new HashMap<>();
    private final Subgraphs subgraphs;

    /** @param folder of the open graph, where the files of its subgraphs lie */
    public Catalogue(NodeTypes types, Supplier<Path> folder) {
        this.types = types;
        this.subgraphs = new Subgraphs(folder, this::installed);
    }

    public NodeTypes types() {
        return types;
    }

    public Subgraphs subgraphs() {
        return subgraphs;
    }

    /** What a node takes and gives; empty where its type is not installed, or the file it stands for cannot be read. */
    public Optional<Signature> find(GraphNode node) {
        return Graphs.SUBGRAPH_TYPE.equals(node.getType()) ? subgraphs.signature(node) : installed(node);
    }

    private Optional<Signature> installed(GraphNode node) {
        return node.getType() == null
                ? Optional.empty()
                : types.find(node.getType()).map(found -> signatures.computeIfAbsent(found.type(), Signature::of));
    }

    /** Name of a class of values for people; "?" where it is not known. */
    public String typeName(Class<?> type) {
        return type == null ? "?" : types.valueType(type).id();
    }

    /** Colour of a class of values as #rrggbb. */
    public String colour(Class<?> type) {
        return type == null ? "#9a9a9a" : types.valueType(type).colour();
    }

    /** The classes of values that an input or a parameter takes by a link. */
    public List<Class<?>> accepted(Signature type, String port) {
        var input = type.input(port);
        if (input.isPresent()) {
            return input.get().type() == null ? List.of() : List.of(input.get().type());
        }
        return type.parameter(port).map(ParameterLinks::accepted).orElse(List.of());
    }

    /** Whether the value fits one of the classes, as it is or by a conversion that the planner inserts. */
    public boolean fits(Class<?> given, List<Class<?>> accepted) {
        return accepted.contains(given)
                || accepted.stream()
                        .anyMatch(wanted -> types.conversion(given, wanted).isPresent());
    }

    /** The node types that offer what is wanted and match the words, best first. */
    public List<NodeDescriptor> search(String words, Wanted wanted) {
        var found = new ArrayList<NodeDescriptor>();
        for (NodeDescriptor type : types.all()) {
            if (rank(type, words) >= 0 && offers(type, wanted)) {
                found.add(type);
            }
        }
        found.sort(Comparator.<NodeDescriptor>comparingInt(type -> rank(type, words))
                .thenComparing(NodeDescriptor::category)
                .thenComparing(NodeDescriptor::name));
        return found;
    }

    /** The first port of a node of this type that offers what is wanted. */
    public Optional<String> port(NodeDescriptor type, Wanted wanted) {
        return switch (wanted) {
            case Wanted.Anything anything -> Optional.empty();
            case Wanted.Takes takes -> {
                var input = type.inputs().stream()
                        .filter(i -> fits(takes.given(), List.of(i.type())))
                        .map(NodeDescriptor.Input::name)
                        .findFirst();
                yield input.isPresent()
                        ? input
                        : type.parameters().stream()
                                .filter(p -> fits(takes.given(), ParameterLinks.accepted(p)))
                                .map(Parameter::name)
                                .findFirst();
            }
            case Wanted.Gives gives ->
                type.outputs().stream()
                        .filter(output -> fits(output.type(), gives.accepted()))
                        .map(NodeDescriptor.Output::name)
                        .findFirst();
        };
    }

    private boolean offers(NodeDescriptor type, Wanted wanted) {
        return wanted instanceof Wanted.Anything || port(type, wanted).isPresent();
    }

    /** 0 for a name that begins with the words, up to 3 for words somewhere in the documentation; -1 for no match. */
    private static int rank(NodeDescriptor type, String words) {
        String name = type.name().toLowerCase(Locale.ROOT);
        String all = name + " " + type.id() + " " + type.category().toLowerCase(Locale.ROOT) + " "
                + type.doc().toLowerCase(Locale.ROOT);
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        for (String word : wanted.split("\\s+")) {
            if (!all.contains(word)) {
                return -1;
            }
        }
        if (name.startsWith(wanted)) {
            return 0;
        }
        return name.contains(wanted) ? 1 : type.id().contains(wanted) ? 2 : 3;
    }
}
