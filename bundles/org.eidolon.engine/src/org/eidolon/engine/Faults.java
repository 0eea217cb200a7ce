// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Java's words for failing input and output, which are often a bare path, as a sentence. */
public final class Faults {
    private Faults() {}

    /** What went wrong, with the file where it is known. */
    public static String describe(IOException e) {
        String what =
                switch (e) {
                    case AccessDeniedException denied -> "writing or reading is not allowed";
                    case NoSuchFileException gone -> "there is no such file or folder";
                    case FileAlreadyExistsException there -> "a file is in the way";
                    case NotDirectoryException file -> "it is a file, not a folder";
                    case FileSystemException other -> other.getReason();
                    default -> e.getMessage();
                };
        if (what == null) {
            what = e.getClass().getSimpleName();
        }
        return e instanceof FileSystemException named && named.getFile() != null ? named.getFile() + ": " + what : what;
    }
}
