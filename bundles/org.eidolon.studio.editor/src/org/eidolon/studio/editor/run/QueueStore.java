// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.ILog;
import org.eidolon.api.Json;
import org.eidolon.api.PrivateFiles;
import org.eidolon.api.Quality;
import org.eidolon.graph.GraphFiles;

/**
 * The queue on disk: {@code queue.json} with the order, a graph for each run, and for the run that is under way a lease,
 * a file that is touched while the run lasts. A run is never marked as running: one whose lease has run out is not, however
 * the program that ran it came to its end. Writing takes place in a thread of its own.
 */
final class QueueStore {
    /** How long a lease holds that nobody renews; a worker whose studio was killed has ended by then. */
    static final Duration LEASE = Duration.ofSeconds(8);

    private static final String ORDER = "queue.json";
    private static final String GRAPH = ".eidolon";
    private static final String HELD = ".lease";

    private final Path folder;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("eidolon-studio-queue").factory());

    QueueStore(Path folder) {
        this.folder = folder;
    }

    /**
     * What an earlier studio left.
     *
     * @param runs in their order; those that were under way say so
     */
    record Left(List<QueuedRun> runs, boolean paused) {}

    Left load() {
        var runs = new ArrayList<QueuedRun>();
        boolean paused = false;
        Path order = folder.resolve(ORDER);
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(order));
            paused = Boolean.TRUE.equals(json.get("paused"));
            for (Object entry : (List<?>) json.get("runs")) {
                read((Map<?, ?>) entry).ifPresent(runs::add);
            }
        } catch (NoSuchFileException e) {
            return new Left(List.of(), false);
        } catch (IOException | RuntimeException e) {
            putAside(order, e);
        }
        sweep(runs);
        return new Left(runs, paused);
    }

    private Optional<QueuedRun> read(Map<?, ?> entry) throws IOException {
        String id = (String) entry.get("id");
        Path text = folder.resolve(id + GRAPH).normalize();
        if (!text.startsWith(folder) || !Files.exists(text)) {
            return Optional.empty();
        }
        var targets = ((List<?>) entry.get("targets"))
                .stream().map(String.class::cast).toList();
        Object quality = entry.get("quality");
        var run = new QueuedRun(
                id,
                Path.of((String) entry.get("graph")),
                Files.readString(text),
                targets,
                quality == null ? null : Quality.valueOf(quality.toString()),
                Instant.parse((String) entry.get("asked")),
                entry.get("variant") instanceof Map<?, ?> variant ? variant(variant) : null);
        if (Files.exists(lease(run)) || Boolean.TRUE.equals(entry.get("interrupted"))) {
            run.interrupt();
        }
        return Optional.of(run);
    }

    private static Variant variant(Map<?, ?> entry) {
        return new Variant(
                (String) entry.get("target"), (String) entry.get("value"), Path.of((String) entry.get("out")));
    }

    private static void putAside(Path order, Exception e) {
        ILog.of(QueueStore.class).warn("the queue of runs cannot be read and is put aside: " + order, e);
        try {
            Files.move(order, order.resolveSibling(ORDER + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException again) {
            ILog.of(QueueStore.class).warn("it cannot be put aside either", again);
        }
    }

    /** Removes graphs and leases of runs that are not in the queue: a killed program may leave some. */
    private void sweep(List<QueuedRun> runs) {
        Set<String> ids = runs.stream().map(QueuedRun::id).collect(Collectors.toSet());
        try (var names = Files.list(folder)) {
            for (Path name : names.toList()) {
                String plain = name.getFileName().toString();
                if ((plain.endsWith(GRAPH) || plain.endsWith(HELD))
                        && !ids.contains(plain.substring(0, plain.lastIndexOf('.')))) {
                    Files.deleteIfExists(name);
                }
            }
        } catch (IOException e) {
            // what stays is swept away at the next start
        }
    }

    private Path lease(QueuedRun run) {
        return folder.resolve(run.id() + HELD);
    }

    /** How long the lease of a run still holds; zero when nobody can be running it any more. */
    Duration left(QueuedRun run) {
        try {
            Duration age =
                    Duration.between(Files.getLastModifiedTime(lease(run)).toInstant(), Instant.now());
            Duration left = LEASE.minus(age);
            // a lease of the future is that of a clock that was set back
            return left.isNegative() || left.compareTo(LEASE) > 0 ? Duration.ZERO : left;
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    /** Renews the lease of the run that is under way. */
    void renew(QueuedRun run) {
        write(() -> {
            PrivateFiles.createFolders(folder);
            PrivateFiles.write(lease(run), ProcessHandle.current().pid() + "\n");
        });
    }

    /** Keeps the graph of a run that is to be in the queue. */
    void keep(QueuedRun run) {
        write(() -> {
            PrivateFiles.createFolders(folder);
            Path text = folder.resolve(run.id() + GRAPH);
            GraphFiles.replace(text, run.text().getBytes(StandardCharsets.UTF_8));
            PrivateFiles.protect(text);
        });
    }

    /** Keeps which runs there are. @param runs the one under way first */
    void order(List<QueuedRun> runs, boolean paused) {
        var entries = new ArrayList<Object>();
        for (QueuedRun run : runs) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("id", run.id());
            entry.put("graph", run.graph().toString());
            entry.put("targets", run.log().targets());
            if (run.quality() != null) {
                entry.put("quality", run.quality().name());
            }
            entry.put("asked", run.asked().toString());
            run.variant().ifPresent(variant -> {
                var fields = new LinkedHashMap<String, Object>();
                fields.put("target", variant.target());
                fields.put("value", variant.value());
                fields.put("out", variant.out().toString());
                entry.put("variant", fields);
            });
            if (run.isInterrupted()) {
                entry.put("interrupted", true);
            }
            entries.add(entry);
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("paused", paused);
        json.put("runs", entries);
        byte[] bytes = (Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8);
        write(() -> {
            PrivateFiles.createFolders(folder);
            GraphFiles.replace(folder.resolve(ORDER), bytes);
            PrivateFiles.protect(folder.resolve(ORDER));
        });
    }

    /** Gives up the lease of a run that is not under way any more. */
    void release(QueuedRun run) {
        write(() -> Files.deleteIfExists(lease(run)));
    }

    /** Forgets a run, after {@link #order} without it. */
    void forget(QueuedRun run) {
        release(run);
        write(() -> Files.deleteIfExists(folder.resolve(run.id() + GRAPH)));
    }

    private interface Work {
        void run() throws IOException;
    }

    private void write(Work work) {
        writer.execute(() -> {
            try {
                work.run();
            } catch (IOException e) {
                ILog.of(QueueStore.class).warn("the queue of runs is not kept", e);
            }
        });
    }

    /** Ends writing, when all is written. */
    void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
