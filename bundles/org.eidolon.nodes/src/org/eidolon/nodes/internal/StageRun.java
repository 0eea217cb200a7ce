// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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
 * wants whole states, each in a folder of its own. So a checkpoint is handed over when the stage says that it has written
 * one, and the newest one lies there again when a run is resumed.
 */
public final class StageRun implements StageMonitor {
    private static final String LIVE = "head.glb";

    private final Run run;
    private final String stage;
    private final Path folder;

    public StageRun(Run run, String stage) throws IOException {
        this.run = run;
        this.stage = stage;
        this.folder = Files.createDirectories(run.scratch().resolve("checkpoint"));
        var latest = run.checkpoints().latest();
        if (latest.isPresent()) {
            try (Stream<Path> files = Files.list(latest.get().folder())) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            run.log("goes on from a checkpoint");
        }
    }

    @Override
    public void progress(long steps, long total) {
        run.progress(stage, steps, total, "step");
    }

    @Override
    public void saved(Path file, long done) throws IOException {
        run.checkpoints().save(done, into -> Files.copy(file, into.resolve(file.getFileName())));
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
        return run.checkpoints().isDue();
    }

    @Override
    public void checkCancelled() {
        run.checkCancelled();
    }
}
