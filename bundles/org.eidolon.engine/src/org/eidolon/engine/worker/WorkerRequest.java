// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eidolon.engine.RunOptions;

/**
 * What a worker is to run.
 *
 * @param graph the .eidolon file
 * @param folder against which the paths in {@code options} resolve
 * @param options of {@code eidolon run}, as a user would type them
 */
public record WorkerRequest(Path graph, Path folder, List<String> options) {
    public WorkerRequest {
        options = List.copyOf(options);
    }

    /**
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
        Path file = graph.toAbsolutePath();
        return new WorkerRequest(file, file.getParent(), list);
    }
}
