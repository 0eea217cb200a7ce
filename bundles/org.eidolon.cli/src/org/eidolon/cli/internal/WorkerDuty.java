// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.StoredValue;

/**
 * What a run owes the program that supervises it: a sign of life every second, previews as files, and an end when that
 * program has gone: nobody would see the result, and another start can go on from the checkpoints. It sits at the console,
 * so that nothing that runs graphs need know of it.
 */
final class WorkerDuty implements AutoCloseable {
    private static final long BEAT_MILLIS = 1000;

    private final JsonConsole console;
    private final NodeTypes types;
    private final Path previews;
    private final AtomicInteger count = new AtomicInteger();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("eidolon-heart").factory());

    private WorkerDuty(JsonConsole console, NodeTypes types, Path previews) {
        this.console = console;
        this.types = types;
        this.previews = previews;
    }

    /** @param previews existing folder for them; whoever reads one deletes it */
    static WorkerDuty begin(Console console, NodeTypes types, Path previews) {
        if (!(console instanceof JsonConsole json)) {
            throw CommandException.arguments(
                    "--worker", "a supervised run tells its events as JSON", "Add --progress json");
        }
        var duty = new WorkerDuty(json, types, previews);
        json.through(duty::outgoing);
        duty.heart.scheduleAtFixedRate(duty::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return duty;
    }

    /** The event as it goes out: a preview's value lies in a folder; one that cannot be written is told as it was. */
    private RunEvent outgoing(RunEvent event) {
        if (event instanceof RunEvent.Preview preview) {
            try {
                Path folder = previews.resolve("preview-" + count.incrementAndGet());
                return new RunEvent.Preview(
                        preview.node(), preview.name(), StoredValue.write(types, preview.value(), folder));
            } catch (IOException | IllegalArgumentException e) {
                console.warning(preview.node(), "a preview cannot be shown: " + e.getMessage(), "");
            }
        }
        return event;
    }

    private void beat() {
        if (!console.alive()) {
            heart.shutdown();
            // as a signal does: what runs is cancelled while the machine ends, and it waits for that
            Thread.ofPlatform().name("eidolon-abandoned").start(() -> System.exit(ExitCode.CANCELLED));
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        console.through(event -> event);
    }
}
