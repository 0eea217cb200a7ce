// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.eidolon.head.geometry.Preview;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;

/** Runs an optimiser to its end: progress, previews, checkpoints, cancelling. */
final class TextureLoop {
    private static final String CHECKPOINT = "texture.safetensors";
    private static final long PREVIEW_NANOS = 3_000_000_000L;

    /** A preview comes again after so many times the time that it took, so that previews take 3 % of the run. */
    private static final long PREVIEW_SHARE = 33;

    private static final int PREVIEW_EXPRESSIONS = 4;
    private static final Light PREVIEW_LIGHT = Lighting.simple(0.4, 0.65, -0.6, 0.6);

    private final TextureOptimiser optimiser;
    private final TextureSettings settings;
    private final StageMonitor monitor;

    TextureLoop(TextureOptimiser optimiser, TextureSettings settings, StageMonitor monitor) {
        this.optimiser = optimiser;
        this.settings = settings;
        this.monitor = monitor;
    }

    /** @param run names the run; only a checkpoint of the same one is taken up */
    TextureResult run(Scope scope, TextureOptimiser.Guide guide, String run) throws IOException {
        Path file = monitor.checkpoints().map(f -> f.resolve(CHECKPOINT)).orElse(null);
        if (file != null && Files.exists(file)) optimiser.restore(file, run);
        long begun = System.nanoTime(), saved = begun, shown = begun, pause = PREVIEW_NANOS;
        long first = optimiser.steps();
        monitor.progress(first, settings.steps());
        TextureOptimiser.Guide careful = (s, images, draw) -> {
            monitor.checkCancelled();
            return guide.residual(s, images, draw);
        };
        while (optimiser.steps() < settings.steps()) {
            try {
                monitor.checkCancelled();
                optimiser.step(careful);
            } catch (CancellationException e) {
                // a step that was broken off has changed nothing yet
                if (file != null && optimiser.steps() > first) save(file, run);
                throw e;
            }
            long now = System.nanoTime();
            monitor.progress(optimiser.steps(), settings.steps());
            boolean last = optimiser.steps() == settings.steps();
            if (last || now - shown > pause) {
                monitor.preview(preview(scope));
                shown = System.nanoTime();
                pause = Math.max(PREVIEW_NANOS, PREVIEW_SHARE * (shown - now));
            }
            if (file != null && !last && monitor.checkpointDue(now - saved)) {
                save(file, run);
                saved = System.nanoTime();
            }
        }
        double millis = (System.nanoTime() - begun) / 1e6 / Math.max(1, optimiser.steps() - first);
        return new TextureResult(optimiser.field().values(), millis, optimiser.steps());
    }

    private void save(Path file, String run) throws IOException {
        Files.createDirectories(file.getParent());
        optimiser.save(file, run);
        monitor.saved(file, optimiser.steps());
    }

    /** The first expressions: face flat, face lit, head from the side. */
    private BufferedImage preview(Scope scope) {
        int[] expressions = IntStream.range(
                        0, Math.min(PREVIEW_EXPRESSIONS, optimiser.field().expressions()))
                .toArray();
        try (Scope s = scope.child()) {
            NDArray flat = optimiser.pictures(s, expressions, List.of(View.front(Framing.FACE)), Light.FLAT);
            NDArray lit = optimiser.pictures(
                    s,
                    expressions,
                    List.of(View.front(Framing.FACE), new View(Framing.WHOLE, 0.7, 0.1)),
                    PREVIEW_LIGHT);
            return Preview.sheet(AlbedoField.KERNELS.call(s, "columns", flat, lit, expressions.length), 3);
        }
    }
}
