// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eidolon.engine.Faults;

/**
 * Standard output, which remembers why it could not be written: a {@link PrintStream} by itself says nothing, and a result
 * that a full disk or a reader that went away has swallowed would look like one that was delivered.
 */
public final class Results extends PrintStream {
    private final Remembering target;

    /** Writes UTF-8 into a stream. */
    public Results(OutputStream target) {
        this(new Remembering(target));
    }

    private Results(Remembering target) {
        super(new BufferedOutputStream(target), false, StandardCharsets.UTF_8);
        this.target = target;
    }

    /** Prints to another stream as text may be printed; of one that is of this kind already, itself. */
    public static Results over(PrintStream out) {
        return out instanceof Results results ? results : new Results(out);
    }

    /** The process's own. */
    public static Results ofProcess() {
        return new Results(new FileOutputStream(FileDescriptor.out));
    }

    /** Why what was printed did not arrive, as people say it; null if all of it did. */
    public String failure() {
        if (!checkError() && !target.lostSilently()) { // writes what it still holds first
            return null;
        }
        String reason = target.failure == null ? "" : Faults.describe(target.failure);
        return switch (reason) {
            case "" -> "it cannot be written";
            case "Bad file descriptor", "Stream Closed" -> "it is closed";
            case "Broken pipe" -> "what reads it has ended (Broken pipe)";
            default -> reason;
        };
    }

    /** Standard output is text, and some of it is from strangers. */
    @Override
    public void print(String text) {
        super.print(Visible.of(String.valueOf(text)));
    }

    @Override
    public void print(Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char[] text) {
        print(new String(text));
    }

    private static final class Remembering extends FilterOutputStream {
        private volatile IOException failure;

        Remembering(OutputStream target) {
            super(target);
        }

        /** Whether it is a stream that swallows what goes wrong, and something has. */
        boolean lostSilently() {
            return out instanceof PrintStream silent && silent.checkError();
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }
    }
}
