// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eidolon.engine.RunOptions;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.model.Graph;

/**
 * What a worker is to run.
 *
 * @param graph the .eidolon file; what it names lies beside it, and so do paths in {@code options}
 * @param unsaved text of the graph that is to run in its place, or null for what the file holds
 * @param options of {@code eidolon run}, as a user would type them
 */
public record WorkerRequest(Path graph, String unsaved, List<String> options) {
    public WorkerRequest {
        graph = graph.toAbsolutePath();
        options = List.copyOf(options);
    }

    /** The graph as it is in memory, which need not be what its file holds. */
    public WorkerRequest with(Graph edited) {
        return new WorkerRequest(graph, GraphWriter.write(edited), options);
    }

    /**
     * The graph as its file holds it.
     *
     * @param targets nodes to run, with what they need; empty for all
     * @param settings values by {@code node.parameter}, over those of the graph file
     */
    public static WorkerRequest of(
            Path graph, RunOptions options, Collection<String> targets, Map<String, String> settings) {
        var list = new ArrayList<String>();
        boolean one = options.devices().size() == 1;
        list.add("--device=" + (one ? options.devices().get(0) : "auto"));
        list.add("--seed=" + options.seed());
        if (options.quality() != null) {
            list.add("--quality=" + options.quality());
        }
        if (options.out() != null) {
            list.add("--out=" + options.out().toAbsolutePath());
        }
        if (options.resume()) {
            list.add("--resume");
        }
        if (options.fresh()) {
            list.add("--fresh");
        }
        targets.forEach(target -> list.add("--to=" + target));
        settings.forEach((name, value) -> list.add("--set=" + name + "=" + value));
        return new WorkerRequest(graph, null, list);
    }
}
