// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.eidolon.api.Hashes;

/**
 * Files for the user. Whatever node has such an output, the engine copies the files into the run's out folder, under
 * their relative names, after the node has run and likewise when it is answered from the cache.
 *
 * @param folder where the files lie
 * @param names their names relative to it, with {@code /}, sorted
 */
public record Artifacts(Path folder, List<String> names) {
    /** All files below a folder, such as one in {@link org.eidolon.api.Run#scratch()}. */
    public static Artifacts of(Path folder) throws IOException {
        return new Artifacts(folder, Hashes.files(folder));
    }

    /** Copies them below another folder, over files that are there. */
    public void copyTo(Path target) throws IOException {
        for (String name : names) {
            Path to = target.resolve(name).normalize();
            if (!to.startsWith(target.normalize())) {
                throw new IOException("the artifact '" + name + "' would leave the folder " + target);
            }
            Files.createDirectories(target);
            for (Path parent = to.getParent(); !parent.equals(target.normalize()); parent = parent.getParent()) {
                if (Files.isSymbolicLink(parent)) {
                    throw new FileSystemException(parent.toString(), null, "a link would lead out of the folder");
                }
            }
            Files.createDirectories(to.getParent());
            Path beside = to.resolveSibling(to.getFileName() + ".part");
            try {
                copy(folder.resolve(name), beside);
                Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    /** By streams: what Java copies by itself gets the source's mode, and a cache is private where an out folder is not. */
    private static void copy(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            in.transferTo(out);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            var named = new FileSystemException(to.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}
