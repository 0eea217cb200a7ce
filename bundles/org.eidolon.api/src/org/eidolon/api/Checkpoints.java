// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Saved states of a long node, so that a killed run goes on where it was. They belong to the content key: a state is
 * only ever seen by a run that would give the same result. They are gone once the node has finished.
 */
public interface Checkpoints {
    /** A state saved after {@code step} steps, in a folder to read from. */
    record Checkpoint(long step, Path folder) {}

    /** Writes a state into an empty folder. */
    @FunctionalInterface
    interface Writer {
        void write(Path folder) throws IOException;
    }

    /** The newest whole state, or empty for a fresh start. */
    Optional<Checkpoint> latest();

    /** True when enough time has passed since the last save for another to be worth its cost. */
    boolean isDue();

    /** Saves a state, whole or not at all, and drops older ones. */
    void save(long step, Writer writer) throws IOException;
}
