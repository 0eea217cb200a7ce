// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.engine.EventReader;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.StoredValue;

/** A run in a worker process. */
public final class WorkerRun {
    /** How long a cancelled process may take to end by itself; what runs gets two of these seconds from the engine. */
    private static final long GRACE_SECONDS = 6;

    /** How long the streams of a process that is gone are still read: a child of its own may hold them open. */
    private static final long DRAIN_SECONDS = 2;

    /** So many times the patience for the first sign: a cold start reads much from the disk. */
    private static final long STARTING = 4;

    private static final int KEPT_PREVIEWS = 2;
    private static final long WATCH_MILLIS = 500;
    private static final int MANIFEST_LIMIT = 16 << 20;

    private final Process process;
    private final NodeTypes types;
    private final Duration patience;
    private final Path previews;
    private final Consumer<RunEvent> listener;
    private final Ledger ledger = new Ledger();
    private final List<WorkerResult.Problem> problems = new ArrayList<>();
    private final Map<String, Deque<Path>> shown = new HashMap<>();
    private final StringBuilder output = new StringBuilder();
    private final CompletableFuture<WorkerResult> result = new CompletableFuture<>();
    private volatile long lastSign = System.nanoTime();
    private volatile boolean heard;
    private volatile boolean cancelled;
    private volatile boolean silent;
    private boolean over;

    WorkerRun(Process process, NodeTypes types, Duration patience, Path previews, Consumer<RunEvent> listener) {
        this.process = process;
        this.types = types;
        this.patience = patience;
        this.previews = previews;
        this.listener = listener;
        Thread.ofPlatform().daemon().name("eidolon-worker").start(this::supervise);
    }

    public long pid() {
        return process.pid();
    }

    /** Asks the run to stop; it ends within seconds, leaving nothing half-written. */
    public void cancel() {
        cancelled = true;
        process.toHandle().destroy(); // unlike Process.destroy it leaves the streams open, which tell how it ended
        CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> process.toHandle().destroyForcibly());
    }

    /** Waits for the end. The last event has been delivered then. */
    public WorkerResult await() {
        return result.join();
    }

    private void supervise() {
        try {
            Thread events = reader("events", process.getErrorStream(), this::event);
            Thread manifest = reader("manifest", process.getInputStream(), this::outputLine);
            process.getOutputStream().close();
            while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - lastSign > (heard ? 1 : STARTING) * patience.toNanos()) {
                    silent = true;
                    process.toHandle().destroyForcibly();
                }
            }
            manifest.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
            events.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
            WorkerResult end = conclude();
            try {
                Hashes.deleteTree(previews);
            } catch (IOException e) {
                // temporary files that stay do no harm to the result
            }
            result.complete(end);
        } catch (InterruptedException | IOException | RuntimeException e) {
            process.toHandle().destroyForcibly();
            result.completeExceptionally(e);
        }
    }

    private static Thread reader(String name, InputStream stream, Consumer<String> sink) {
        return Thread.ofPlatform().daemon().name("eidolon-worker-" + name).start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    sink.accept(line);
                }
            } catch (IOException e) {
                // the process is gone and its pipe with it; how it ended tells the rest
            }
        });
    }

    private synchronized void outputLine(String line) {
        if (line.startsWith("{") && output.length() + line.length() < MANIFEST_LIMIT) {
            output.setLength(0); // the manifest is one line, the last that is an object
            output.append(line);
        } else {
            ledger.line(line);
        }
    }

    private synchronized void event(String line) {
        lastSign = System.nanoTime();
        heard = true;
        if (over) {
            return;
        }
        Map<String, Object> json;
        RunEvent event;
        try {
            json = Json.parseObject(line);
            event = EventReader.read(json).orElse(null);
        } catch (IllegalArgumentException e) {
            ledger.line(line); // of the start script, or of a library that wrote past the command
            return;
        }
        if (event != null) {
            tell(event);
        } else {
            message(json);
        }
    }

    private void message(Map<String, Object> json) {
        String text = String.valueOf(json.get("message"));
        switch (String.valueOf(json.get("event"))) {
            case "error" -> {
                ledger.line(text);
                String advice = String.valueOf(json.getOrDefault("advice", ""));
                problems.add(new WorkerResult.Problem(where(json), text, advice));
            }
            case "output", "info" -> tell(new RunEvent.Log("", RunEvent.Level.INFO, text));
            case "warning" -> {
                String where = where(json);
                tell(new RunEvent.Log("", RunEvent.Level.WARNING, where.isEmpty() ? text : where + ": " + text));
            }
            default -> {
                // signs of life, and what later versions may tell
            }
        }
    }

    private static String where(Map<String, Object> json) {
        return String.valueOf(json.getOrDefault("where", ""));
    }

    private void tell(RunEvent event) {
        ledger.add(event);
        if (event instanceof RunEvent.Preview preview && preview.value() instanceof StoredValue stored) {
            try {
                Path folder = stored.folder().toAbsolutePath().normalize();
                if (folder.startsWith(previews)) {
                    deliver(new RunEvent.Preview(preview.node(), preview.name(), stored.read(types)));
                    forgetOlder(preview, folder);
                }
            } catch (IOException e) {
                ledger.line("a preview of " + preview.node() + " cannot be read: " + e.getMessage());
            }
            return;
        }
        deliver(event);
    }

    /** A listener that fails must not stop the reading, or the process would wait for its pipe to be emptied. */
    private void deliver(RunEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            problems.add(new WorkerResult.Problem("", "an event could not be shown: " + e, ""));
        }
    }

    /** A value may read its files later, so those of the newest stay, and of the one before, which may just be shown. */
    private void forgetOlder(RunEvent.Preview preview, Path folder) throws IOException {
        Deque<Path> same = shown.computeIfAbsent(preview.node() + "/" + preview.name(), key -> new ArrayDeque<>());
        same.addLast(folder);
        if (same.size() > KEPT_PREVIEWS) {
            Hashes.deleteTree(same.removeFirst());
        }
    }

    /** Delivers the events that are owed, when the process did not. */
    private synchronized WorkerResult conclude() {
        over = true;
        if (ledger.ended() == null) {
            List<RunEvent> owed;
            if (cancelled) {
                owed = ledger.cancelled();
            } else {
                Death death =
                        silent ? Death.ofSilence(patience.toSeconds()) : Death.of(process.exitValue(), ledger.lines());
                owed = ledger.failed(death);
                if (problems.isEmpty()) { // else the command itself has said why it ended
                    problems.add(new WorkerResult.Problem("", death.message(), death.advice()));
                }
            }
            owed.forEach(this::deliver);
        }
        return new WorkerResult(
                ledger.ended().outcome(), manifest(), ledger.keys(), ledger.failures(), List.copyOf(problems));
    }

    private Map<String, Object> manifest() {
        try {
            return output.isEmpty() ? Map.of() : Json.parseObject(output.toString());
        } catch (IllegalArgumentException e) {
            return Map.of(); // cut off when the process died
        }
    }
}
