// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eidolon.torch.internal.HeapSort;

/**
 * A tokenizer's {@code merges.txt}: pairs of pieces, a line for each, those learned first before the others. Kept are the
 * file's bytes, and the places of its lines in the order of their letters; a place is the pair's rank as well.
 */
final class Merges {
    private static final byte[] VERSION = "#version".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text;
    private final int[] lines;

    private Merges(byte[] text, int[] lines) {
        this.text = text;
        this.lines = lines;
    }

    /**
     * Reads a file.
     *
     * @throws IOException naming the file and the line that is no pair
     */
    static Merges read(Path file) throws IOException {
        return of(file, Files.readAllBytes(file));
    }

    /** The same of lines that stand elsewhere. */
    static Merges of(Path file, byte[] text) throws IOException {
        decodes(file, text);
        Merges counted = new Merges(text, new int[0]);
        int[] lines = new int[counted.walk(file, null)];
        counted.walk(file, lines);
        return new Merges(text, lines).sorted();
    }

    private static void decodes(Path file, byte[] text) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(4096);
        for (CoderResult result = CoderResult.OVERFLOW; result.isOverflow(); out.clear()) {
            result = decoder.decode(in, out, true);
            if (result.isError()) {
                throw new IOException(file + ": bytes that are not UTF-8 at byte " + in.position());
            }
        }
    }

    /** How many pairs there are; their places, where wanted. */
    private int walk(Path file, int[] places) throws IOException {
        int count = 0, number = 0;
        for (int from = 0; from < text.length; ) {
            int to = from;
            while (to < text.length && text[to] != '\n' && text[to] != '\r') {
                to++;
            }
            number++;
            boolean header =
                    number == 1 && Arrays.mismatch(text, from, to, VERSION, 0, VERSION.length) >= VERSION.length;
            if (!header && !blank(from, to)) {
                int spaces = 0, end = end(from);
                for (int i = from; i < end; i++) {
                    spaces += text[i] == ' ' ? 1 : 0;
                }
                if (spaces != 1) {
                    throw new IOException(file + ", line " + number + ": expected two pieces with a space between");
                }
                if (places != null) {
                    places[count] = from;
                }
                count++;
            }
            boolean both = to + 1 < text.length && text[to] == '\r' && text[to + 1] == '\n';
            from = to + (both ? 2 : 1);
        }
        return count;
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] < 0 || text[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Where the line that begins at a place ends, without spaces at its end. */
    private int end(int from) {
        int to = from;
        while (to < text.length && text[to] != '\n' && text[to] != '\r') {
            to++;
        }
        while (to > from && text[to - 1] == ' ') {
            to--;
        }
        return to;
    }

    private Merges sorted() {
        HeapSort.sort(lines.length, new HeapSort.Rows() {
            @Override
            public int compare(int a, int b) {
                int order = Merges.this.compare(lines[a], text, lines[b], end(lines[b]));
                return order != 0 ? order : Integer.compare(lines[a], lines[b]);
            }

            @Override
            public void swap(int a, int b) {
                int line = lines[a];
                lines[a] = lines[b];
                lines[b] = line;
            }
        });
        return this;
    }

    private int compare(int line, byte[] other, int from, int to) {
        return Arrays.compareUnsigned(text, line, end(line), other, from, to);
    }

    /** How early a pair was learned, the lower the earlier; the largest number for one that was not. */
    int rank(String left, String right) {
        byte[] wanted = (left + " " + right).getBytes(StandardCharsets.UTF_8);
        int low = 0, high = lines.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(lines[middle], wanted, 0, wanted.length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean found = low < lines.length && compare(lines[low], wanted, 0, wanted.length) == 0;
        return found ? lines[low] : Integer.MAX_VALUE;
    }
}
