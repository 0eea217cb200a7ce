// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eidolon.mesh.Mesh;

/** What a stage tells the outside while it runs, and asks of it. Called on the stage's own thread. */
public interface StageMonitor {

    /** Steps done, out of how many. */
    void progress(long done, long total);

    /** A picture of how it stands; called now and then. */
    void preview(BufferedImage picture);

    /** The first expression's surface as it stands, in head space; called now and then, at most twice a second. */
    default void shape(Mesh surface) {}

    /** Where a checkpoint may be kept, across runs; empty for none. */
    Optional<Path> checkpoints() throws IOException;

    /** Whether so long after the last checkpoint, or the start, another is due: how much work may be lost. */
    default boolean checkpointDue(long nanos) {
        return nanos > 15_000_000_000L;
    }

    /** A checkpoint has been written in the folder of {@link #checkpoints}, whole, after so many steps. */
    default void saved(Path file, long done) throws IOException {}

    /** Throws whatever ends the run if it was cancelled. */
    void checkCancelled();

    /** Hears nothing, keeps nothing, never cancels. */
    StageMonitor SILENT = new StageMonitor() {
        @Override
        public void progress(long done, long total) {}

        @Override
        public void preview(BufferedImage picture) {}

        @Override
        public Optional<Path> checkpoints() {
            return Optional.empty();
        }

        @Override
        public void checkCancelled() {}
    };
}
