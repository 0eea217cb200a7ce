// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eidolon.api.Checkpoints;
import org.eidolon.api.Hashes;
import org.eidolon.api.PrivateFiles;

/**
 * Checkpoints as folders named by their step, written beside and renamed. In each lies the hash of what a node has written:
 * a stage that went on from damaged numbers would end with a wrong head that nobody could tell from a right one.
 *
 * <pre>
 * STEP/state/…      what the node wrote
 * STEP/sha256       of all that
 * damaged-STEP/…    what had other bytes when a run wanted to go on from it
 * </pre>
 */
final class CheckpointFolder implements Checkpoints {
    /** How much work may be lost; tests of killed runs want more checkpoints than people do. */
    private static final long INTERVAL_MILLIS = Long.getLong("eidolon.checkpointMillis", 15_000);

    private static final String STATE = "state";
    private static final String HASH = "sha256";
    private static final String DAMAGED = "damaged-";

    /** One more than is needed, so that damage costs the time between two of them and not all. */
    private static final int KEPT = 2;

    private final Path folder;
    private final Consumer<String> warnings;
    private long lastSave = System.nanoTime();

    /** @param warnings told when a checkpoint cannot be used */
    CheckpointFolder(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    @Override
    public synchronized Optional<Checkpoint> latest() {
        for (Path step : steps()) {
            if (isWhole(step)) {
                return Optional.of(new Checkpoint(step(step), step.resolve(STATE)));
            }
            setAside(step);
        }
        return Optional.empty();
    }

    private static boolean isWhole(Path step) {
        try {
            return Hashes.ofTree(step.resolve(STATE)).equals(Files.readString(step.resolve(HASH)));
        } catch (IOException | RuntimeException e) {
            return false; // cannot be read, or was written by a version that kept no hashes
        }
    }

    private void setAside(Path step) {
        Path aside = folder.resolve(DAMAGED + step.getFileName());
        try {
            Hashes.deleteTree(aside);
            Files.move(step, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // it is not used, wherever it lies
        }
        warnings.accept(
                "the checkpoint of step " + step(step) + " is damaged and is not used; it was put aside as " + aside);
    }

    @Override
    public synchronized boolean isDue() {
        return System.nanoTime() - lastSave >= INTERVAL_MILLIS * 1_000_000;
    }

    @Override
    public synchronized void save(long step, Writer writer) throws IOException {
        Path beside = folder.resolve("part");
        Hashes.deleteTree(beside);
        Path state = PrivateFiles.createFolders(beside.resolve(STATE));
        writer.write(state);
        PrivateFiles.write(beside.resolve(HASH), Hashes.ofTree(state));
        PrivateFiles.protect(beside);
        Path whole = folder.resolve(Long.toString(step));
        Hashes.deleteTree(whole);
        Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
        List<Path> all = steps();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Hashes.deleteTree(old);
        }
        lastSave = System.nanoTime();
    }

    private static long step(Path folder) {
        return Long.parseLong(folder.getFileName().toString());
    }

    /** Folders of steps, the newest first. */
    private List<Path> steps() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.filter(path -> path.getFileName().toString().matches("\\d{1,18}"))
                    .sorted(Comparator.comparingLong(CheckpointFolder::step).reversed())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
