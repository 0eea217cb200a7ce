// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Remembers that a large file was verified, by path, size and modification time, so that gigabytes are not hashed at
 * every start. Small files are hashed each time: that takes milliseconds.
 */
final class Stamps {
    static final long SMALL = 64L << 20;

    private Stamps() {}

    static boolean known(Path file, ModelInfo info) {
        try {
            Path stamp = stamp(info);
            return info.size() > SMALL
                    && Files.isRegularFile(stamp)
                    && Files.readString(stamp).equals(line(file));
        } catch (IOException | RuntimeException e) {
            return false; // an unreadable stamp only costs the hashing
        }
    }

    static void remember(Path file, ModelInfo info) {
        if (info.size() <= SMALL) {
            return;
        }
        try {
            Path stamp = stamp(info);
            Files.createDirectories(stamp.getParent());
            Files.writeString(stamp, line(file));
        } catch (IOException | RuntimeException e) {
            // A cache folder that cannot be written only costs the hashing next time.
        }
    }

    private static String line(Path file) throws IOException {
        return file.toRealPath() + "\n" + Files.size(file) + "\n"
                + Files.getLastModifiedTime(file).toInstant() + "\n";
    }

    private static Path stamp(ModelInfo info) {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("eidolon").resolve("verified").resolve(info.sha256());
    }
}
