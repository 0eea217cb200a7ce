// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eidolon.api.Quality;
import org.eidolon.engine.Sweep;

/**
 * The sweeps of all graphs. Their runs are in the {@link RunQueue} like any other; after a restart they are found again by
 * the folders that they write into. Used on the user interface's thread.
 */
public final class Sweeps {
    private static Sweeps ofStudio;

    private final RunQueue queue;
    private final Map<Path, SweepResults> live = new HashMap<>();
    private final List<Consumer<SweepResults>> listeners = new CopyOnWriteArrayList<>();

    Sweeps(RunQueue queue) {
        this.queue = queue;
        // what an earlier studio left in the queue keeps its record up to date, whether somebody looks or not
        for (QueuedRun run : queue.runs()) {
            run.variant().ifPresent(variant -> find(run.graph(), variant.out().getParent()));
        }
    }

    /** Those of this program. */
    public static Sweeps get() {
        if (ofStudio == null) {
            ofStudio = new Sweeps(RunQueue.get());
        }
        return ofStudio;
    }

    /** @param listener told of every sweep that begins */
    public void onBegin(Consumer<SweepResults> listener) {
        listeners.add(listener);
    }

    public void noMore(Consumer<SweepResults> listener) {
        listeners.remove(listener);
    }

    /** Whether runs of a sweep of the parameter wait or are under way, which another sweep of it would stop. */
    public boolean isRunning(Path graph, String target) {
        return live.values().stream()
                .anyMatch(sweep -> sweep.graph().equals(graph) && sweep.target().equals(target) && sweep.isRunning());
    }

    /** Where what is made of a graph goes. */
    static Path out(Path graph) {
        String name = graph.getFileName().toString().replaceFirst("\\.eidolon$", "");
        return graph.resolveSibling("out").resolve(name);
    }

    /**
     * Puts a run for each value into the queue. A sweep of the same parameter that waits is taken out first, as both would
     * write into the same folders.
     *
     * @param text the graph as it is now
     * @param take told each run, before any begins
     */
    SweepResults start(Path graph, String text, Sweep sweep, Quality quality, Consumer<QueuedRun> take) {
        Path folder = out(graph).resolve(sweep.folder());
        Optional.ofNullable(live.get(folder)).ifPresent(this::stop);
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < sweep.values().size(); i++) {
            String name = sweep.folders().get(i);
            trials.add(new Trial(name, sweep.values().get(i), folder.resolve(name), Trial.State.WAITING));
        }
        var results = new SweepResults(graph, folder, sweep.target(), Instant.now(), trials);
        for (Trial trial : trials) {
            var variant = new Variant(sweep.target(), trial.value(), trial.folder());
            QueuedRun run = queue.add(graph, text, List.of(), quality, variant);
            trial.follow(run, () -> changed(results));
            take.accept(run);
        }
        live.put(folder, results);
        results.save();
        listeners.forEach(listener -> listener.accept(results));
        return results;
    }

    /** One that another has taken the place of has nothing more to keep. */
    private void changed(SweepResults results) {
        if (live.get(results.folder()) == results) {
            results.changed();
        }
    }

    /** Stops what is under way of a sweep, and takes what waits out of the queue. */
    public void stop(SweepResults results) {
        // from the last on, so that none begins in between
        results.trials().reversed().forEach(trial -> trial.run().ifPresent(queue::drop));
    }

    /** All of a graph, the newest first: also those of earlier days, and those that the command has made. */
    public List<SweepResults> of(Path graph) {
        var found = new ArrayList<SweepResults>();
        try (Stream<Path> folders = Files.list(out(graph))) {
            folders.forEach(folder -> find(graph, folder).ifPresent(found::add));
        } catch (IOException e) {
            // nothing has been made of the graph yet
        }
        found.sort(Comparator.comparing(SweepResults::when).reversed());
        return found;
    }

    /** That of a folder, with the runs of the queue that write into it. */
    private Optional<SweepResults> find(Path graph, Path folder) {
        SweepResults known = live.get(folder);
        if (known != null && (known.isRunning() || !isNewer(known))) {
            return Optional.of(known);
        }
        Optional<SweepResults> read = SweepResults.read(graph, folder);
        read.ifPresent(results -> {
            live.put(folder, results);
            for (QueuedRun run : queue.runs()) {
                Path out = run.variant().map(Variant::out).orElse(null);
                results.trials().stream()
                        .filter(trial -> trial.folder().equals(out))
                        .forEach(trial -> trial.follow(run, () -> changed(results)));
            }
        });
        return read;
    }

    /** Whether the command has written another record meanwhile. */
    private static boolean isNewer(SweepResults known) {
        return SweepResults.read(known.graph(), known.folder())
                .filter(read ->
                        !read.target().equals(known.target()) || read.when().isAfter(known.saved()))
                .isPresent();
    }
}
