// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphOutput;

/** What a graph declares: inputs that set parameters and feed ports, and outputs. */
public final class Declarations {
    private Declarations() {}

    /** The declared input that leads to a port or a parameter, as {@code node.name}. */
    public static Optional<GraphInput> inputOf(Graph graph, String to) {
        return graph.getInputs().stream()
                .filter(input -> input.getTo().contains(to))
                .findFirst();
    }

    public static Optional<GraphOutput> outputOf(Graph graph, String from) {
        return graph.getOutputs().stream()
                .filter(output -> from.equals(output.getFrom()))
                .findFirst();
    }

    /** Has a declared input of the name lead to a port or a parameter; makes it where there is none. */
    public static void addInput(Graph graph, String name, String to) {
        removeInput(graph, to);
        graph.getInputs().stream()
                .filter(input -> name.equals(input.getName()))
                .findFirst()
                .orElseGet(() -> Graphs.addInput(graph, name))
                .getTo()
                .add(to);
    }

    /** Has no declared input lead there any more; one that leads nowhere goes. */
    public static void removeInput(Graph graph, String to) {
        for (GraphInput input : List.copyOf(graph.getInputs())) {
            if (input.getTo().remove(to) && input.getTo().isEmpty()) {
                graph.getInputs().remove(input);
            }
        }
    }

    /** A name for a declared input that is not taken, nor that of a subgraph's file. */
    public static String freeInput(Graph graph, String wish) {
        Set<String> taken = Set.of(Graphs.SUBGRAPH_FILE);
        return free(
                wish,
                name -> taken.contains(name)
                        || graph.getInputs().stream().anyMatch(input -> name.equals(input.getName())));
    }

    public static String freeOutput(Graph graph, String wish) {
        return free(wish, name -> graph.getOutputs().stream().anyMatch(output -> name.equals(output.getName())));
    }

    private static String free(String wish, Predicate<String> isTaken) {
        String name = wish;
        for (int i = 2; isTaken.test(name); i++) {
            name = wish + i;
        }
        return name;
    }

    /** Moves a declared input towards the first place or the last. */
    public static void move(Graph graph, GraphInput input, int by) {
        int at = graph.getInputs().indexOf(input) + by;
        if (at >= 0 && at < graph.getInputs().size()) {
            graph.getInputs().move(at, input);
        }
    }
}
