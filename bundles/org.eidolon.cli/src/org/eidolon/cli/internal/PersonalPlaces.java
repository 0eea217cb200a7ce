// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.api.UserPath;

/**
 * Every place outside the cache's own folders where this program keeps something of a person: of the studio the queue,
 * edits that are not saved, names of files; reports of crashes; what killed processes left in the folder for temporary
 * files. Out folders are the user's own and are not among them.
 */
final class PersonalPlaces {
    /** By which an open studio locks its folder. */
    private static final String STUDIO_LOCK = ".metadata/.lock";

    private final Path state;
    private final Path start;
    private final Path temporary;

    /** @param cache folder of the cache */
    PersonalPlaces(Map<String, String> environment, Path cache, Path temporary) {
        String given = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = given.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : UserPath.of(Path.of("").toAbsolutePath(), given);
        this.state = base.resolve("eidolon");
        this.start = cache.resolve("start");
        this.temporary = temporary;
    }

    /** Folders of studios; there is more than one where several were open at once. */
    List<Path> studios() throws IOException {
        return matching(state, "studio*");
    }

    /** Whether a studio works in a folder. */
    static boolean isOpen(Path studio) throws IOException {
        Path file = studio.resolve(STUDIO_LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Reports of crashes and logs of the framework: command lines and names of files stand in them. */
    List<Path> logs() throws IOException {
        var logs = new ArrayList<Path>();
        for (Path installation : matching(start, "*")) {
            logs.addAll(matching(installation, "*.log"));
        }
        return logs;
    }

    /** What processes of this user left in the folder for temporary files. */
    List<Path> temporary() throws IOException {
        var own = new ArrayList<Path>();
        Object user = Files.getOwner(Path.of(System.getProperty("user.home")));
        for (Path path : matching(temporary, "eidolon-*")) {
            if (Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                own.add(path);
            }
        }
        return own;
    }

    /** Deletes a place; gives the bytes that it took. */
    static long delete(Path place) throws IOException {
        long bytes = 0;
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            for (String file : Hashes.files(place)) {
                bytes += Files.size(place.resolve(file));
            }
            Hashes.deleteTree(place);
        } else {
            bytes = Files.size(place);
            Files.deleteIfExists(place);
        }
        return bytes;
    }

    private static List<Path> matching(Path folder, String glob) throws IOException {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, glob)) {
            paths.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
