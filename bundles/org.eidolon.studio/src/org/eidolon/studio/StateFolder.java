// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.osgi.service.datalocation.Location;
import org.eidolon.api.PrivateFiles;

/**
 * The folder in which a studio keeps its window, journals and queue. Two programs must not write into one, so the first
 * studio locks it, and a second on the same screen hands its files over and ends, as editors do. Where the first is on
 * another screen, or does not answer, the second works in a folder of its own beside.
 *
 * @param folder of this process
 */
record StateFolder(Path folder) {
    /** How long the studio that is open may take to answer: it may be starting itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String SCREEN = "screen";
    private static final String REQUESTS = "requests";
    private static final int MOST = 64;

    /** The folder that whoever started the framework chose. */
    static StateFolder chosen(Location location) {
        return new StateFolder(Path.of(URI.create(location.getURL().toString().replace(" ", "%20"))));
    }

    /**
     * Takes a folder for this process.
     *
     * @param first the usual one; those beside it are called the same with a number
     * @param screen on which this studio is to be seen
     * @param files that it is to open
     * @return empty when another studio has taken the files
     */
    static Optional<StateFolder> take(Location location, Path first, String screen, List<Path> files)
            throws IOException {
        for (int number = 1; number <= MOST; number++) {
            Path folder = number == 1 ? first : first.resolveSibling(first.getFileName() + "-" + number);
            PrivateFiles.createFolders(folder);
            if (!PrivateFiles.isPrivate(folder)) {
                PrivateFiles.protect(folder); // one that an older version, or the start script, has made
            }
            if (location.set(folder.toUri().toURL(), true)) {
                Files.writeString(folder.resolve(SCREEN), screen);
                return Optional.of(new StateFolder(folder));
            }
            if (isOn(folder, screen) && hand(folder, files)) {
                return Optional.empty();
            }
        }
        throw new IOException("there are " + MOST + " studios open already: close one");
    }

    private static boolean isOn(Path folder, String screen) {
        try {
            return Files.readString(folder.resolve(SCREEN)).equals(screen);
        } catch (IOException e) {
            return false; // it is just starting; a folder of one's own is always right
        }
    }

    /** @return false when nobody took the files */
    private static boolean hand(Path folder, List<Path> files) throws IOException {
        Path requests = Files.createDirectories(folder.resolve(REQUESTS));
        String name = UUID.randomUUID().toString();
        Path beside = requests.resolve(name + ".part");
        Files.write(beside, files.stream().map(Path::toString).toList(), StandardCharsets.UTF_8);
        Path request = Files.move(beside, requests.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(request) && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return !Files.deleteIfExists(request);
    }

    /** Where other studios leave their files for this one. */
    Requests requests() throws IOException {
        return new Requests(Files.createDirectories(folder.resolve(REQUESTS)));
    }
}
