// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/**
 * Draws a head in a thread of its own whenever something has changed, so that whoever asks never waits. Of views and of
 * heads that come faster than they are drawn the newest wins; heads go to the graphics card at most twice a second. Every
 * method may be called by any thread.
 */
public final class HeadLoop implements AutoCloseable {
    private static final long MODEL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FADE_NANOS = TimeUnit.MILLISECONDS.toNanos(220);
    private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(180);

    private final Consumer<Frame> sink;
    private final Consumer<GlException> trouble;
    private final CompletableFuture<String> description = new CompletableFuture<>();
    private final Deque<Shot> shots = new ArrayDeque<>();
    private final Pace pace = new Pace();
    private final Thread thread;
    private Staging view;
    private ShownHead model;
    private boolean changed;
    private boolean closed;
    private long models;

    /** A picture that somebody waits for. */
    private record Shot(Staging view, CompletableFuture<Frame> answer) {}

    /** What to do next. */
    private record Work(Staging view, ShownHead model, Shot shot, boolean still) {}

    // of the drawing thread
    private long modelAt = System.nanoTime() - MODEL_NANOS;
    private long drawnAt;
    private boolean drawnFine = true;
    private int shape = -1;
    private int before = -1;
    private long fadeFrom;

    /**
     * @param sink gets every picture, in the drawing thread; it should be quick
     * @param trouble told once when nothing can be drawn any more
     */
    public HeadLoop(Consumer<Frame> sink, Consumer<GlException> trouble) {
        this.sink = sink;
        this.trouble = trouble;
        thread = Thread.ofPlatform().daemon().name("eidolon-viewer").start(this::run);
    }

    /** Another head. */
    public synchronized void show(ShownHead next) {
        model = next;
        notifyAll();
    }

    /** Another view. Its fade is not looked at: a change of expression blends by itself. */
    public synchronized void view(Staging next) {
        view = next;
        changed = true;
        notifyAll();
    }

    /** A picture as well drawn as it can be, of any size; fails when the loop is closed before. */
    public synchronized CompletableFuture<Frame> shoot(Staging of) {
        var shot = new Shot(of, new CompletableFuture<>());
        if (closed) {
            shot.answer.completeExceptionally(new CancellationException("the viewer is closed"));
        } else {
            shots.add(shot);
            notifyAll();
        }
        return shot.answer;
    }

    /** What draws, once that is known. */
    public CompletableFuture<String> description() {
        return description;
    }

    /** How many heads have gone to the graphics card. */
    public synchronized long modelsShown() {
        return models;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (var pictures = new HeadPictures()) {
            description.complete(pictures.describe());
            for (Work work = next(); work != null; work = next()) {
                draw(pictures, work);
            }
        } catch (RuntimeException | InterruptedException e) {
            var told = e instanceof GlException known ? known : new GlException("drawing has failed: " + e, e);
            description.completeExceptionally(told);
            trouble.accept(told);
        } finally {
            synchronized (this) {
                closed = true;
                shots.forEach(shot -> shot.answer.completeExceptionally(
                        new CancellationException("the viewer was closed before the picture was taken")));
                shots.clear();
            }
        }
    }

    /** Waits for work; null at the end. */
    private synchronized Work next() throws InterruptedException {
        while (!closed) {
            long now = System.nanoTime();
            long wait = Long.MAX_VALUE;
            ShownHead due = null;
            if (model != null) {
                wait = modelAt + MODEL_NANOS - now;
                due = wait <= 0 ? model : null;
            }
            boolean fades = view != null && now - fadeFrom < FADE_NANOS && before >= 0;
            boolean still = view != null && !changed && !fades && due == null && !drawnFine;
            if (still) {
                wait = Math.min(wait, drawnAt + STILL_NANOS - now);
            }
            boolean settled = still && drawnAt + STILL_NANOS <= now;
            if (due != null || changed || fades || settled || !shots.isEmpty()) {
                changed = false;
                if (due != null) {
                    model = null;
                    models++;
                }
                return new Work(view, due, shots.poll(), settled);
            }
            // rounded up, or the last fraction of a millisecond would be waited for over and over
            wait(wait == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(wait) + 1);
        }
        return null;
    }

    private void draw(HeadPictures pictures, Work work) {
        if (work.model != null) {
            pictures.show(work.model);
            modelAt = System.nanoTime();
            before = -1;
            shape = -1;
        }
        if (work.shot != null) {
            work.shot.answer.complete(Frame.of(pictures.take(work.shot.view, HeadPictures.FINE)));
        }
        if (work.view == null) {
            return;
        }
        long start = System.nanoTime();
        Pace.Level level = work.still ? Pace.Level.FINE : pace.moving();
        Staging faded = faded(work.view, start);
        int width = Math.max(1, faded.width() / level.shrink);
        int height = Math.max(1, faded.height() / level.shrink);
        Frame frame = Frame.of(pictures.take(faded.withSize(width, height), level.samples));
        drawnAt = System.nanoTime();
        drawnFine = level == Pace.Level.FINE;
        if (!work.still && work.model == null) {
            pace.took(drawnAt - start);
        }
        sink.accept(frame);
    }

    private Staging faded(Staging wanted, long now) {
        if (wanted.shape() != shape) {
            before = pace.affordsBlends() ? shape : -1;
            shape = wanted.shape();
            fadeFrom = now;
        }
        double t = Math.min(1, (now - fadeFrom) / (double) FADE_NANOS);
        if (before < 0 || t >= 1) {
            before = -1;
            return wanted.withShapes(shape, shape, 1);
        }
        return wanted.withShapes(shape, before, t * t * (3 - 2 * t));
    }
}
