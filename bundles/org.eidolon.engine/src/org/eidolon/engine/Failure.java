// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.api.NodeException;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;

/** What a node threw, in the user's words: what is wrong, and what to do. */
final class Failure {
    private Failure() {}

    /** @param cache its folder, which may be the place that is full */
    static RunEvent.Failed of(Plan plan, PlanNode node, Throwable thrown, Path cache) {
        Throwable e = thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
        String advice = e instanceof NodeException known && known.advice() != null ? known.advice() : "";
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof OutOfMemoryError) {
            advice = "Give Java more memory with -Xmx, or choose a lower quality";
        } else if (e instanceof IOException io) {
            message = "reading or writing failed: " + Faults.describe(io);
            advice = "Is the disk full, or may the file not be read or written? The cache is " + cache;
        } else if (!(e instanceof NodeException)) {
            message = "unexpected " + e.getClass().getSimpleName() + ": " + message;
            advice = "This is a fault of the node type " + node.type().reference() + "; please report it";
        }
        if (advice.isEmpty()) {
            advice = otherFile(plan, node);
        }
        return new RunEvent.Failed(node.id(), message, advice, e);
    }

    /** How to give another file to a node, or to the nearest one before it that reads one. */
    private static String otherFile(Plan plan, PlanNode node) {
        Map<String, PlanNode> nodes = plan.byId();
        var near = new LinkedHashSet<>(List.of(node.id()));
        near.addAll(before(nodes, node.id()));
        return near.stream()
                .map(nodes::get)
                .flatMap(at -> at.parameters().entrySet().stream()
                        .filter(parameter -> parameter.getValue() instanceof Path)
                        .map(parameter ->
                                "Name another file with --set " + at.id() + "." + parameter.getKey() + "=FILE"))
                .findFirst()
                .orElse("");
    }

    /** Everything before a node, near ones first. */
    private static Set<String> before(Map<String, PlanNode> nodes, String id) {
        var found = new LinkedHashSet<String>();
        Deque<String> waiting = new ArrayDeque<>(List.of(id));
        while (!waiting.isEmpty()) {
            for (Source source : nodes.get(waiting.poll()).sources()) {
                if (found.add(source.node())) {
                    waiting.add(source.node());
                }
            }
        }
        return found;
    }
}
