// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.widgets.Display;
import org.eidolon.api.Quality;
import org.eidolon.engine.Cache;
import org.eidolon.studio.editor.base.Messages;

/**
 * The runs of all graphs, one after the other, as they share one machine. The queue is kept on disk: what waits is there
 * again after a restart, and what was under way when the program was killed goes on at its checkpoints. Closing an editor
 * changes nothing here. Used on the user interface's thread.
 */
public final class RunQueue {
    /** Time between two renewals of the lease. */
    private static final int HEART_MS = 2000;

    private static RunQueue ofStudio;

    private final QueueStore store;
    private final Path cacheFolder;
    private final Display display = Display.getCurrent();
    private final List<QueuedRun> waiting = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Runnable heart = this::heart;
    private final Runnable retry = this::next;
    private RunProcess process;
    private boolean paused;
    private boolean closed;
    private volatile Cache cache;

    /** @param folder where the queue is kept */
    RunQueue(Path folder, Path cacheFolder) {
        this.store = new QueueStore(folder);
        this.cacheFolder = cacheFolder;
        QueueStore.Left left = store.load();
        waiting.addAll(left.runs());
        paused = left.paused();
    }

    /** That of this program. What an earlier one left begins with {@link #next}. */
    public static RunQueue get() {
        if (ofStudio == null) {
            Path folder = Platform.getStateLocation(Platform.getBundle("org.eidolon.studio.editor"))
                    .toPath()
                    .resolve("queue");
            ofStudio = new RunQueue(folder, Cache.defaultFolder(System.getenv()));
        }
        return ofStudio;
    }

    /** @param listener told that the order, or how runs stand, has changed */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public void noMore(Runnable listener) {
        listeners.remove(listener);
    }

    /** The run under way, if there is one, and those that wait, in their order. */
    public List<QueuedRun> runs() {
        var all = new ArrayList<QueuedRun>();
        if (process != null) {
            all.add(process.run());
        }
        all.addAll(waiting);
        return Collections.unmodifiableList(all);
    }

    public boolean isUnderWay(QueuedRun run) {
        return process != null && process.run() == run;
    }

    /** Where results lie; null until the first run. */
    Cache cache() {
        return cache;
    }

    /** Whether nothing new begins. */
    public boolean isPaused() {
        return paused;
    }

    /** Lets nothing new begin, or goes on. What is under way is not touched. */
    public void pause(boolean value) {
        paused = value;
        changed();
        next();
    }

    /** A run at the end. */
    QueuedRun add(Path graph, String text, List<String> targets, Quality quality) {
        return add(graph, text, targets, quality, null);
    }

    /** A run of a sweep at the end. @param variant null for the graph as it is */
    QueuedRun add(Path graph, String text, List<String> targets, Quality quality, Variant variant) {
        QueuedRun run = QueuedRun.of(graph, text, targets, quality, variant);
        store.keep(run);
        waiting.add(run);
        changed();
        return run;
    }

    /** Moves a run that waits, up by less than zero. */
    public void move(QueuedRun run, int by) {
        int at = waiting.indexOf(run);
        int to = Math.clamp(at + by, 0, waiting.size() - 1);
        if (at >= 0 && at != to) {
            waiting.remove(at);
            waiting.add(to, run);
            changed();
        }
    }

    /** Stops a run that is under way; takes one that waits out of the queue. */
    public void drop(QueuedRun run) {
        if (isUnderWay(run)) {
            process.cancel();
        } else if (waiting.remove(run)) {
            changed();
            store.forget(run);
            run.end(Messages.run_dropped, Map.of());
        }
    }

    /** Begins the first run that waits, if nothing is under way or paused. */
    public void next() {
        if (closed || paused || process != null || waiting.isEmpty()) {
            return;
        }
        QueuedRun first = waiting.getFirst();
        Duration left = store.left(first);
        if (left.isPositive()) { // the worker of a studio that was killed may be ending still
            display.timerExec((int) left.toMillis() + 50, retry);
            return;
        }
        waiting.removeFirst();
        first.watch(new Told());
        process = new RunProcess(first, cacheFolder, opened -> cache = opened, this::over);
        heart();
        process.start();
        changed();
    }

    private void heart() {
        if (process != null) {
            store.renew(process.run());
            display.timerExec(HEART_MS, heart);
        }
    }

    private void over() {
        QueuedRun run = process.run();
        process = null;
        if (!closed) {
            changed();
            store.forget(run);
            next();
        }
    }

    private void changed() {
        store.order(runs(), paused);
        tell();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Hands on how far the run is. */
    private final class Told implements QueuedRun.Watcher {
        @Override
        public void paused() {
            tell();
        }
    }

    /** Ends with the program: what is under way is stopped. Where runs are left, the next studio begins paused. */
    public void close() {
        closed = true;
        display.timerExec(-1, heart);
        display.timerExec(-1, retry);
        List<QueuedRun> left = runs();
        if (process != null) {
            process.run().interrupt();
            process.cancel();
            store.release(process.run());
        }
        store.order(left, !left.isEmpty());
        store.close();
    }
}
