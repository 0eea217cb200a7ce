// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that nobody but their user may read: photos, vectors of faces, words. Folders get the mode 700, files 600. A file
 * system without such modes keeps them as it does.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** What a file is created with, where one is opened. */
    public static FileAttribute<Set<PosixFilePermission>> ofFile() {
        return PosixFilePermissions.asFileAttribute(FILE);
    }

    /** Makes a folder and those above it that are missing; one that is there stays as it is. */
    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    /** Writes a new file; one that is there is replaced and keeps its mode. */
    public static void write(Path file, String text) throws IOException {
        var how = Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, how, ofFile())) {
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Whether others may neither look into a file or folder nor change it, as far as its mode says. */
    public static boolean isPrivate(Path path) {
        try {
            var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            return view == null || FOLDER.containsAll(view.readAttributes().permissions());
        } catch (IOException e) {
            return true; // gone
        }
    }

    /**
     * Takes a file, or a folder with all in it, from others. The folder itself comes last, so that one that is private has
     * nothing in it that was not looked at. Links are not followed, and what belongs to somebody else is left alone.
     */
    public static void protect(Path path) throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    set(file, FILE);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // gone meanwhile, or somebody else's
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                set(folder, FOLDER);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Takes a folder alone from others: what is in it cannot be reached then, whatever its mode. */
    public static void protectFolder(Path folder) throws IOException {
        set(folder, FOLDER);
    }

    private static void set(Path path, Set<PosixFilePermission> mode) throws IOException {
        try {
            var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null && !view.readAttributes().permissions().equals(mode)) {
                view.setPermissions(mode);
            }
        } catch (NoSuchFileException e) {
            // gone meanwhile
        } catch (FileSystemException e) {
            // somebody else's, or a file system that has one mode for all
        }
    }
}
