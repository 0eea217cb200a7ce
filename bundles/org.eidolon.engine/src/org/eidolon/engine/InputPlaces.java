// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.eidolon.api.Hashes;
import org.eidolon.api.PrivateFiles;

/**
 * Where on this machine the files lay that runs have read, by sha256. Records go to others and so name no folders; a
 * replay finds a run's photo by this. Losing it costs nothing but that.
 */
public final class InputPlaces {
    static final String FOLDER = "places";

    private final Cache cache;

    InputPlaces(Cache cache) {
        this.cache = cache;
    }

    /** Notes where a file lies, without a word where that cannot be written. */
    void note(String sha256, Path file) {
        Path beside = cache.stagingName();
        try {
            Path at = at(sha256);
            String place = file.toAbsolutePath().normalize().toString();
            if (Files.exists(at) && Files.readString(at).equals(place)) {
                return;
            }
            PrivateFiles.createFolders(at.getParent());
            PrivateFiles.write(beside, place);
            Files.move(beside, at, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // a replay will ask for the file
        }
    }

    /** The file with these bytes, if it still lies where a run has read it. */
    public Optional<Path> find(String sha256) {
        try {
            Path file = Path.of(Files.readString(at(sha256)));
            return Hashes.ofFile(file).equals(sha256) ? Optional.of(file) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // never seen, gone, or damaged
        }
    }

    private Path at(String sha256) {
        return cache.root().resolve(FOLDER).resolve(sha256);
    }
}
