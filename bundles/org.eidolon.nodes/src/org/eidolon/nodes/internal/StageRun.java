// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eidolon.api.Run;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;

/**
 * What a stage tells, as the engine hears it. A stage keeps its checkpoint in one folder, over and over; the engine
 * wants whole states, each in a folder of its own. So a checkpoint is handed over as soon as it lies there whole, and
 * the newest one lies there again when a run is resumed.
 */
public final class StageRun implements StageMonitor, AutoCloseable {
    private static final long INTERRUPT_MILLIS = 300;
    private static final String LIVE = "head.glb";

    /** Tests of killed runs want more checkpoints than people do. */
    private static final Integer CHECKPOINT_MILLIS = Integer.getInteger("eidolon.checkpointMillis");

    private final Run run;
    private final String stage;
    private final Path folder;
    private Map<Path, FileTime> handedOver;
    private long done;

    public StageRun(Run run, String stage) throws IOException {
        this.run = run;
        this.stage = stage;
        this.folder = Files.createDirectories(run.scratch().resolve("checkpoint"));
        var latest = run.checkpoints().latest();
        if (latest.isPresent()) {
            copy(latest.get().folder(), folder);
            run.log("goes on from a checkpoint");
        }
        handedOver = state();
    }

    @Override
    public void progress(long steps, long total) {
        done = steps;
        run.progress(stage, steps, total, "step");
        handOver();
    }

    /** After the stage has ended, in whatever way: one that is cancelled saves how far it came. */
    @Override
    public void close() {
        handOver();
    }

    private void handOver() {
        try {
            Map<Path, FileTime> now = state();
            if (!now.isEmpty() && !now.equals(handedOver)) {
                handedOver = now;
                run.checkpoints().save(done, into -> copy(folder, into));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be kept: " + e.getMessage(), e);
        }
    }

    /** For what comes after the stage's own steps: counts something else, keeps no checkpoints. */
    public StageMonitor stage(String name, String unit) {
        return new StageMonitor() {
            @Override
            public void progress(long steps, long total) {
                run.progress(name, steps, total, unit);
            }

            @Override
            public void preview(BufferedImage picture) {
                StageRun.this.preview(picture);
            }

            @Override
            public Optional<Path> checkpoints() {
                return Optional.empty();
            }

            @Override
            public void checkCancelled() {
                StageRun.this.checkCancelled();
            }
        };
    }

    @Override
    public void preview(BufferedImage picture) {
        run.preview(stage, Image.of(picture));
    }

    /** As a GLB file, which is what a viewer shows; a newer one takes its place. */
    @Override
    public void shape(Mesh surface) {
        try {
            Path live = Files.createDirectories(run.scratch().resolve("live"));
            var scene = new Glb.Scene(stage, surface.withVertexNormals(), -1);
            new Glb(List.of(scene), 0, List.of(), null).write(live.resolve(LIVE));
            run.preview("head", Artifacts.of(live));
        } catch (IOException e) {
            run.log("the head as it stands cannot be shown: " + e.getMessage());
        }
    }

    @Override
    public Optional<Path> checkpoints() {
        return Optional.of(folder);
    }

    @Override
    public boolean checkpointDue(long nanos) {
        return CHECKPOINT_MILLIS == null ? StageMonitor.super.checkpointDue(nanos) : nanos > CHECKPOINT_MILLIS * 1e6;
    }

    @Override
    public void checkCancelled() {
        if (run.isCancelled()) {
            try {
                // the engine interrupts this thread as well, which would break off the stage's last checkpoint
                Thread.sleep(INTERRUPT_MILLIS);
            } catch (InterruptedException e) {
                // taken, which is the point
            }
            run.checkCancelled();
        }
    }

    /** The whole files that lie there, by the time they were written. */
    private Map<Path, FileTime> state() throws IOException {
        var state = new HashMap<Path, FileTime>();
        for (Path file : files(folder)) {
            state.put(file, Files.getLastModifiedTime(file));
        }
        return state;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".safetensors"))
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
