// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/** Runs an optimiser to its end: progress, previews, checkpoints, cancelling. */
final class StageLoop {
    private static final String CHECKPOINT = "geometry.safetensors";
    private static final long PREVIEW_NANOS = 2_500_000_000L;
    private static final int PREVIEW_STEPS = 20;
    private static final long SHAPE_NANOS = 500_000_000L;

    /** A surface is told again after so many times the time that it took, so that telling takes 3 % of the run. */
    private static final long SHAPE_SHARE = 33;

    private final FieldOptimiser optimiser;
    private final GeometrySettings settings;
    private final StageMonitor monitor;

    StageLoop(FieldOptimiser optimiser, GeometrySettings settings, StageMonitor monitor) {
        this.optimiser = optimiser;
        this.settings = settings;
        this.monitor = monitor;
    }

    /** @param run names the run; only a checkpoint of the same one is taken up */
    GeometryResult run(Scope scope, FieldOptimiser.Guide guide, String run) throws IOException {
        Optional<Path> folder = monitor.checkpoints();
        Path file = folder.map(f -> f.resolve(CHECKPOINT)).orElse(null);
        if (file != null && Files.exists(file)) optimiser.restore(file, run);
        long saved = System.nanoTime(), shown = saved;
        long shownStep = optimiser.steps();
        long shaped = saved, shapePause = 0;
        FieldOptimiser.Guide careful = (s, images, draw) -> {
            monitor.checkCancelled();
            return guide.residual(s, images, draw);
        };
        monitor.progress(optimiser.steps(), settings.steps());
        while (optimiser.steps() < settings.steps()) {
            step(careful, file, run);
            long done = optimiser.steps(), now = System.nanoTime();
            monitor.progress(done, settings.steps());
            boolean last = done == settings.steps();
            if (last || now - shown > PREVIEW_NANOS && done - shownStep >= PREVIEW_STEPS) {
                monitor.preview(Preview.of(scope, optimiser.field(), optimiser.renderer()));
                shown = System.nanoTime();
                optimiser.clock().beside("preview", shown - now);
                shownStep = done;
            }
            if (last || now - shaped > shapePause) {
                long begun = System.nanoTime();
                monitor.shape(optimiser.field().mesh(scope, 0));
                shaped = System.nanoTime();
                optimiser.clock().beside("live head", shaped - begun);
                shapePause = Math.max(SHAPE_NANOS, SHAPE_SHARE * (shaped - begun));
            }
            if (last || monitor.checkpointDue(now - saved)) {
                long begun = System.nanoTime();
                save(file, run);
                saved = System.nanoTime();
                optimiser.clock().beside("checkpoint", saved - begun);
            }
        }
        List<Mesh> meshes = new ArrayList<>();
        for (int e = 0; e < optimiser.field().expressions(); e++) {
            monitor.checkCancelled();
            meshes.add(optimiser.field().mesh(scope, e));
        }
        return new GeometryResult(List.copyOf(meshes), optimiser.clock().perStep(), optimiser.steps());
    }

    /** One step, or the end of a cancelled run, its steps kept. A step that was broken off has changed nothing yet. */
    private void step(FieldOptimiser.Guide guide, Path file, String run) throws IOException {
        try {
            monitor.checkCancelled();
            optimiser.step(guide);
        } catch (CancellationException e) {
            save(file, run);
            throw e;
        }
    }

    private void save(Path file, String run) throws IOException {
        if (file == null) return;
        Files.createDirectories(file.toAbsolutePath().getParent());
        optimiser.save(file, run);
        monitor.saved(file, optimiser.steps());
    }
}
