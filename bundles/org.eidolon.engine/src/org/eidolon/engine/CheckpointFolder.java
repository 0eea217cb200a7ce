// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eidolon.api.Checkpoints;
import org.eidolon.api.Hashes;

/** Checkpoints as folders named by their step, written beside and renamed. */
final class CheckpointFolder implements Checkpoints {
    /** How much work may be lost; tests of killed runs want more checkpoints than people do. */
    private static final long INTERVAL_MILLIS = Long.getLong("eidolon.checkpointMillis", 15_000);

    private final Path folder;
    private long lastSave = System.nanoTime();

    CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized Optional<Checkpoint> latest() {
        try {
            return saved().stream().max(Comparator.comparingLong(Checkpoint::step));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized boolean isDue() {
        return System.nanoTime() - lastSave >= INTERVAL_MILLIS * 1_000_000;
    }

    @Override
    public synchronized void save(long step, Writer writer) throws IOException {
        Path beside = folder.resolve("part");
        Hashes.deleteTree(beside);
        writer.write(Files.createDirectories(beside));
        List<Checkpoint> older = saved();
        Path whole = folder.resolve(Long.toString(step));
        Hashes.deleteTree(whole);
        Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
        for (Checkpoint checkpoint : older) {
            if (checkpoint.step() != step) {
                Hashes.deleteTree(checkpoint.folder());
            }
        }
        lastSave = System.nanoTime();
    }

    private List<Checkpoint> saved() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(path ->
                            new Checkpoint(Long.parseLong(path.getFileName().toString()), path))
                    .toList();
        }
    }
}
