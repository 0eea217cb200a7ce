// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.api.Device;
import org.eidolon.api.Quality;

/**
 * What a worker is to run: a graph with options of {@code eidolon run}, which are spelt here and nowhere else.
 *
 * @param graph the .eidolon file; what it names lies beside it, and so do paths in {@code options}
 * @param unsaved text of the graph that is to run in its place, or null for what the file holds
 * @param options as a user would type them
 */
public record WorkerRequest(Path graph, String unsaved, List<String> options) {
    public WorkerRequest {
        graph = graph.toAbsolutePath();
        options = List.copyOf(options);
    }

    /** All of the graph as its file holds it, on any device, into the usual folders. */
    public static WorkerRequest of(Path graph) {
        return new WorkerRequest(graph, null, List.of());
    }

    /** The graph as it is in memory, which need not be what its file holds. */
    public WorkerRequest unsaved(String text) {
        return new WorkerRequest(graph, text, options);
    }

    private WorkerRequest with(String option) {
        var more = new ArrayList<>(options);
        more.add(option);
        return new WorkerRequest(graph, unsaved, more);
    }

    public WorkerRequest device(Device device) {
        return with("--device=" + device);
    }

    public WorkerRequest seed(long seed) {
        return seed(Long.toString(seed));
    }

    /** @param seed as a user types it */
    public WorkerRequest seed(String seed) {
        return with("--seed=" + seed);
    }

    /** @param quality null leaves it to the device */
    public WorkerRequest quality(Quality quality) {
        return quality == null ? this : with("--quality=" + quality);
    }

    public WorkerRequest out(Path folder) {
        return with("--out=" + folder.toAbsolutePath());
    }

    public WorkerRequest cache(Path folder) {
        return with("--cache=" + folder.toAbsolutePath());
    }

    /** To go on from checkpoints that a killed run left. */
    public WorkerRequest resume() {
        return with("--resume");
    }

    /** One more node that is to run, with what it needs; without any, all run. */
    public WorkerRequest target(String node) {
        return with("--to=" + node);
    }

    /**
     * A value over that of the graph.
     *
     * @param parameter as {@code node.parameter}
     */
    public WorkerRequest set(String parameter, String value) {
        return with("--set=" + parameter + "=" + value);
    }
}
