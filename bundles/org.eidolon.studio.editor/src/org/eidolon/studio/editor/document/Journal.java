// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.widgets.Display;
import org.eidolon.api.Hashes;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.model.Graph;

/**
 * What has been edited and not saved, written aside while one works: if the program is killed, the next opening of the
 * file begins with it. Saving and closing remove it.
 */
public final class Journal {
    /** Time after an edit until it is written. */
    private static final int DELAY_MS = 500;

    private final GraphDocument document;
    private final Path file;
    private final Runnable write = this::write;

    private Journal(GraphDocument document) {
        this.document = document;
        this.file = place(document.file());
    }

    private static Path place(Path graph) {
        Path folder = Platform.getStateLocation(Platform.getBundle("org.eidolon.studio.editor"))
                .toPath()
                .resolve("journal");
        return folder.resolve(Hashes.of(graph.toString()).substring(0, 32) + ".eidolon");
    }

    /** What was left of an earlier time at this file. */
    public static Optional<Graph> left(Path graph) {
        Path file = place(graph.toAbsolutePath().normalize());
        try {
            return Files.exists(file) ? Optional.of(GraphFiles.load(file)) : Optional.empty();
        } catch (IOException e) {
            ILog.of(Journal.class).warn("the journal of " + graph + " cannot be read", e);
            return Optional.empty();
        }
    }

    /** Begins to write. To be called on the user interface's thread. */
    public static Journal of(GraphDocument document) {
        var journal = new Journal(document);
        document.onChange(change -> Display.getCurrent().timerExec(DELAY_MS, journal.write));
        return journal;
    }

    private void write() {
        if (document.isDirty()) {
            byte[] text = GraphWriter.write(document.graph()).getBytes(StandardCharsets.UTF_8);
            Thread.ofVirtual().start(() -> put(text));
        } else {
            forget();
        }
    }

    private synchronized void put(byte[] text) {
        try {
            Files.createDirectories(file.getParent());
            GraphFiles.replace(file, text);
        } catch (IOException e) {
            ILog.of(Journal.class).warn("the journal cannot be written", e);
        }
    }

    /** What is saved, or given up by closing, need not be kept. */
    public synchronized void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            ILog.of(Journal.class).warn("the journal cannot be removed", e);
        }
    }

    /** Ends writing. */
    public void close() {
        Display.getCurrent().timerExec(-1, write);
        forget();
    }
}
