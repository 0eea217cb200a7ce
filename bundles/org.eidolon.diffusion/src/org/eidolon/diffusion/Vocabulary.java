// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.eidolon.torch.internal.HeapSort;
import org.eidolon.torch.internal.JsonScanner;

/**
 * A tokenizer's vocabulary, of {@code vocab.json} or {@code tokenizer.json}: pieces and their numbers, in two tables. A piece takes its letters and eight bytes, a map
 * of objects takes a hundred.
 */
final class Vocabulary {
    private static final int NUMBERS = 1 << 20;
    private static final int SHOWN = 80;
    private static final int LONGEST = (1 << 16) - 1;

    /** The pieces' letters, one after another. */
    private final byte[] letters;
    /** In the order of letters: where they begin, how many they are (16 bits), the piece's number (20 bits). */
    private final long[] pieces;

    private Vocabulary(byte[] letters, long[] pieces) {
        this.letters = letters;
        this.pieces = pieces;
    }

    /**
     * Reads a file of up to 16 MiB.
     *
     * @throws IOException naming the file, and what is malformed
     */
    static Vocabulary read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer text = channel.size() == 0
                    ? ByteBuffer.allocate(0)
                    : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            JsonScanner in = new JsonScanner(text);
            Vocabulary read = read(file, in);
            in.end();
            return read;
        } catch (JsonScanner.Malformed e) {
            throw new IOException(file + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    /** The same of what a scanner stands before; it is behind it then. */
    static Vocabulary read(Path file, JsonScanner in) throws IOException {
        try {
            int from = in.position();
            // twice: once to know how many there are
            int[] sizes = new int[2];
            walk(file, in, number -> {
                sizes[0]++;
                sizes[1] += in.length();
            });
            byte[] letters = new byte[sizes[1]];
            long[] pieces = new long[sizes[0]];
            int[] filled = new int[2];
            in.seek(from);
            walk(file, in, number -> {
                in.bytes(letters, filled[1]);
                pieces[filled[0]++] = (long) filled[1] << 36 | (long) in.length() << 20 | number;
                filled[1] += in.length();
            });
            return new Vocabulary(letters, pieces).sorted(file);
        } catch (JsonScanner.Unexpected e) {
            throw new IOException(
                    file + ": expected one JSON object of pieces and their numbers: " + e.getMessage(), e);
        } catch (JsonScanner.Malformed e) {
            throw new IOException(file + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    private interface Piece {
        void take(int number) throws IOException;
    }

    private static void walk(Path file, JsonScanner in, Piece each) throws IOException {
        in.enter('{');
        while (in.more('}')) {
            in.key();
            long number = in.whole();
            if (number < 0 || number >= NUMBERS) {
                throw new IOException(file + ": the number " + number + " of '" + in.string(SHOWN) + "' is outside 0…"
                        + (NUMBERS - 1));
            }
            if (in.length() > LONGEST) {
                throw new IOException(file + ": the piece '" + in.string(SHOWN) + "' is longer than " + LONGEST
                        + " bytes, which no piece of CLIP's is");
            }
            each.take((int) number);
        }
    }

    private Vocabulary sorted(Path file) throws IOException {
        HeapSort.sort(pieces.length, new HeapSort.Rows() {
            @Override
            public int compare(int a, int b) {
                return Arrays.compareUnsigned(letters, from(a), to(a), letters, from(b), to(b));
            }

            @Override
            public void swap(int a, int b) {
                long piece = pieces[a];
                pieces[a] = pieces[b];
                pieces[b] = piece;
            }
        });
        for (int i = 1; i < pieces.length; i++) {
            if (Arrays.equals(letters, from(i), to(i), letters, from(i - 1), to(i - 1))) {
                int length = Math.min(to(i) - from(i), SHOWN);
                throw new IOException(file + ": '" + new String(letters, from(i), length, StandardCharsets.UTF_8)
                        + "' stands there twice");
            }
        }
        return this;
    }

    /** How many pieces there are. */
    int size() {
        return pieces.length;
    }

    /** One more than the largest number. */
    int end() {
        int end = 0;
        for (long piece : pieces) {
            end = Math.max(end, (int) (piece & NUMBERS - 1) + 1);
        }
        return end;
    }

    private int from(int piece) {
        return (int) (pieces[piece] >>> 36);
    }

    private int to(int piece) {
        return from(piece) + (int) (pieces[piece] >>> 20 & LONGEST);
    }

    /** A piece's number, or -1. */
    int number(String piece) {
        byte[] wanted = piece.getBytes(StandardCharsets.UTF_8);
        int low = 0, high = pieces.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(letters, from(middle), to(middle), wanted, 0, wanted.length);
            if (order == 0) {
                return (int) (pieces[middle] & NUMBERS - 1);
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle;
        }
        return -1;
    }
}
