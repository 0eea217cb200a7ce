// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eidolon.mesh.Mesh;

/**
 * Takes a stage's steps to the end of its run, the same way for every stage: progress after each step, pictures and
 * surfaces now and then, checkpoints, cancelling.
 *
 * <p>A checkpoint is saved when the monitor asks for one, after the last step, and when the run is cancelled, each time
 * only if steps were taken since the last. Pictures and surfaces take at most 3 % of the run each.
 */
public final class StageLoop {
    /** What a stage moves, as it stands after so many steps. */
    public interface Work {
        /**
         * Takes one step. What it throws leaves all as it was before.
         *
         * @throws CancellationException if the run is cancelled meanwhile
         */
        void step();

        /** A picture of how it stands. */
        BufferedImage preview();

        /** The first expression's surface as it stands; empty where a stage does not move it. */
        default Optional<Mesh> surface() {
            return Optional.empty();
        }

        /** Hears how much time between steps went into what. */
        default void beside(String what, long nanos) {}
    }

    private static final long PREVIEW_NANOS = 2_500_000_000L;
    private static final long SURFACE_NANOS = 500_000_000L;

    private final Work work;
    private final StageSteps state;
    private final int steps;
    private final StageMonitor monitor;
    private final Path file;
    private final String run;
    private long savedAt;

    /**
     * Takes up the checkpoint of the same run, if one lies there.
     *
     * @param work steps that move what {@code state} keeps
     * @param steps of the whole run
     * @param checkpoint name of the checkpoint's file
     * @param run names all that the result depends on; only a checkpoint of the same name is taken up
     */
    public StageLoop(Work work, StageSteps state, int steps, String checkpoint, String run, StageMonitor monitor)
            throws IOException {
        this.work = work;
        this.state = state;
        this.steps = steps;
        this.monitor = monitor;
        this.run = run;
        file = monitor.checkpoints().map(folder -> folder.resolve(checkpoint)).orElse(null);
        if (file != null && Files.exists(file)) state.restore(file, run);
    }

    /**
     * Takes all steps that are left.
     *
     * @return milliseconds of a step, the mean over those taken here, without pictures, surfaces and checkpoints
     */
    public double run() throws IOException {
        long first = state.done();
        savedAt = first;
        monitor.progress(first, steps);
        Share pictures = new Share(PREVIEW_NANOS, PREVIEW_NANOS), surfaces = new Share(SURFACE_NANOS, 0);
        long saved = System.nanoTime(), nanos = 0;
        while (state.done() < steps) {
            long begun = System.nanoTime();
            step();
            nanos += System.nanoTime() - begun;
            monitor.progress(state.done(), steps);
            boolean last = state.done() == steps;
            if (last || pictures.due()) pictures.took("preview", () -> monitor.preview(work.preview()));
            if (last || surfaces.due()) {
                surfaces.took("live head", () -> work.surface().ifPresent(monitor::shape));
            }
            if (last || monitor.checkpointDue(System.nanoTime() - saved)) {
                begun = System.nanoTime();
                save();
                saved = System.nanoTime();
                work.beside("checkpoint", saved - begun);
            }
        }
        return nanos / 1e6 / Math.max(1, steps - first);
    }

    /** One step, or the end of a cancelled run, its steps kept. */
    private void step() throws IOException {
        try {
            monitor.checkCancelled();
            work.step();
        } catch (CancellationException e) {
            save();
            throw e;
        }
    }

    private void save() throws IOException {
        if (file == null || state.done() == savedAt) return;
        Files.createDirectories(file.toAbsolutePath().getParent());
        state.save(file, run);
        savedAt = state.done();
    }

    /** Something that is done now and then: again after 33 times the time that it took, but not sooner than the least. */
    private final class Share {
        private static final long PAUSES = 33;

        private final long least;
        private long last = System.nanoTime();
        private long pause;

        Share(long least, long first) {
            this.least = least;
            pause = first;
        }

        boolean due() {
            return System.nanoTime() - last > pause;
        }

        void took(String what, Runnable telling) {
            long begun = System.nanoTime();
            telling.run();
            last = System.nanoTime();
            pause = Math.max(least, PAUSES * (last - begun));
            work.beside(what, last - begun);
        }
    }
}
