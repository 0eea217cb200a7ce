// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eidolon.api.Hashes;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.RunEvent;

/**
 * Runs graphs in a process of its own, so that whoever started it outlives a crash of a native library or a lack of
 * memory there. The process is the command {@code eidolon run}; events come over its standard error, the manifest over
 * its standard output, and a signal cancels it. Nothing listens on the network.
 *
 * @param command how to start the command: the program and its first arguments, up to but without {@code run}
 * @param environment added to that of this process
 * @param types node types of this process, which read the previews
 * @param patience how long the process may give no sign of life; it gives one every second
 */
public record Worker(List<String> command, Map<String, String> environment, NodeTypes types, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public Worker {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * The command of the product that this process belongs to.
     *
     * @throws IllegalStateException when this process was started in another way
     */
    public static Worker ofProduct(NodeTypes types) {
        String home = System.getProperty("eidolon.home");
        if (home == null) {
            throw new IllegalStateException(
                    "the property eidolon.home, which the start script sets, does not say where the product lies");
        }
        return new Worker(List.of(Path.of(home, "eidolon").toString()), Map.of(), types, PATIENCE);
    }

    /**
     * Starts a run.
     *
     * @param listener gets every event of the run, in order, in one thread that is not the caller's; {@link
     *     RunEvent.Ended} always comes, and comes last. It should be quick. Files that a preview's value may keep last until
     *     two newer ones have come or the run is over. Lines of libraries come as a {@link RunEvent.Log} of no node.
     * @throws IOException when no process can be started
     */
    public WorkerRun start(WorkerRequest request, Consumer<RunEvent> listener) throws IOException {
        Path previews = Files.createTempDirectory("eidolon-previews");
        var line = new ArrayList<String>(command);
        line.addAll(List.of("run", "--progress=json", "--worker=" + previews));
        if (request.unsaved() == null) {
            line.add(request.graph().toString());
        } else {
            Path text = Files.writeString(previews.resolve("graph.eidolon"), request.unsaved());
            line.addAll(List.of(text.toString(), "--as=" + request.graph()));
        }
        line.addAll(request.options());
        var builder =
                new ProcessBuilder(line).directory(request.graph().getParent().toFile());
        builder.environment().putAll(environment);
        try {
            return new WorkerRun(builder.start(), types, patience, previews, listener);
        } catch (IOException e) {
            Hashes.deleteTree(previews);
            throw e;
        }
    }
}
