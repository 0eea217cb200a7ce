// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked once and then read where it lies: it is mapped, and kept are places of the
 * tensors in it and in the data, 28 to 42 bytes for each; the shortest that a header can say of a tensor has 51.
 */
public final class SafeIndex {
    /** PyTorch's largest number of dimensions. */
    private static final int DIMENSIONS = 64;

    /** Letters of a name that errors show. */
    private static final int SHOWN = 200;

    private static final String METADATA = "__metadata__";

    private final Path file;
    private final ByteBuffer text;
    private final long start;
    private final long size;

    private int count;
    /** Where the header names each, and hashes of the names. */
    private int[] places = new int[16], hashes = new int[16];
    /** From where to where its data goes. */
    private long[] begins = new long[16], ends = new long[16];
    /** The tensors in the order of their names. */
    private int[] named;

    private int metadata = -1;

    private SafeIndex(Path file, ByteBuffer text, long size) {
        this.file = file;
        this.text = text;
        this.start = 8 + text.limit();
        this.size = size;
    }

    /**
     * Checks the header of a file: lengths, offsets, shapes.
     *
     * @throws IOException naming the file, the tensor, and what is wrong
     */
    public static SafeIndex read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 10) {
            throw new IOException(file + ": too short for a safetensors file (" + size + " bytes)");
        }
        ByteBuffer first = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        while (first.hasRemaining()) {
            if (channel.read(first, first.position()) < 0) {
                throw new IOException(file + ": ends early");
            }
        }
        long length = first.getLong(0);
        if (length < 2 || length > SafeHeader.LIMIT || length > size - 8) {
            throw new IOException(file + ": declares a header of " + Long.toUnsignedString(length)
                    + " bytes in a file of " + size + "; this is no safetensors file, or it is cut off");
        }
        SafeIndex index = new SafeIndex(file, channel.map(FileChannel.MapMode.READ_ONLY, 8, length), size);
        if (index.text.get(0) != '{') {
            throw new IOException(file + ": the header is no JSON object");
        }
        try {
            index.scan();
        } catch (JsonScanner.Malformed | JsonScanner.Unexpected | ArithmeticException e) {
            throw new IOException(file + ": malformed header: " + e.getMessage(), e);
        }
        index.byData();
        index.byName();
        return index;
    }

    private void scan() throws IOException {
        JsonScanner in = new JsonScanner(text);
        Row row = new Row();
        in.enter('{');
        while (in.more('}')) {
            in.peek();
            int place = in.position();
            in.key();
            if (in.is(METADATA)) {
                if (metadata >= 0) {
                    throw twice(METADATA);
                }
                in.peek();
                metadata = in.position();
                in.enter('{');
                while (in.more('}')) {
                    in.key();
                    in.text();
                }
            } else {
                int hash = in.hash();
                row.read(in, place);
                if (count == places.length) {
                    int larger = count + count / 2;
                    places = Arrays.copyOf(places, larger);
                    hashes = Arrays.copyOf(hashes, larger);
                    begins = Arrays.copyOf(begins, larger);
                    ends = Arrays.copyOf(ends, larger);
                }
                places[count] = place;
                hashes[count] = hash;
                begins[count] = row.begin;
                ends[count++] = row.end;
            }
        }
        in.end();
    }

    private IOException twice(String name) {
        return new IOException(file + ": the header names " + name + " twice");
    }

    /** What a header says of a tensor. */
    private final class Row {
        private long[] shape = new long[8];
        private final long[] range = new long[2];
        private String type;
        private int dimensions, given;
        private long begin, end;

        void read(JsonScanner in, int place) throws IOException {
            type = null;
            dimensions = -1;
            given = -1;
            in.enter('{');
            while (in.more('}')) {
                in.key();
                if (in.is("dtype")) {
                    in.text();
                    type = SafeHeader.known(in);
                    if (type == null) {
                        throw new IOException(where(place) + " has unknown type " + in.string(SHOWN));
                    }
                } else if (in.is("shape")) {
                    int from = in.position();
                    dimensions = numbers(in, shape);
                    if (dimensions > shape.length && dimensions <= DIMENSIONS) {
                        shape = new long[DIMENSIONS];
                        in.seek(from);
                        numbers(in, shape);
                    }
                } else if (in.is("data_offsets")) {
                    given = numbers(in, range);
                } else {
                    in.skip();
                }
            }
            if (dimensions > DIMENSIONS) {
                throw new IOException(where(place) + " has more than " + DIMENSIONS + " dimensions");
            }
            if (type == null || dimensions < 0 || given != 2) {
                throw new IOException(where(place) + " lacks dtype, shape or two data_offsets");
            }
            begin = range[0];
            end = range[1];
            if (begin < 0 || end < begin || end > size - start) {
                throw new IOException(where(place) + ": data from " + begin + " to " + end + " lies outside the file's "
                        + (size - start) + " bytes of data");
            }
            long bytes = SafeHeader.size(type);
            for (int i = 0; i < dimensions; i++) {
                if (shape[i] < 0) {
                    throw new IOException(where(place) + " has a negative dimension in its shape " + shape());
                }
                bytes = Math.multiplyExact(bytes, shape[i]);
            }
            if (bytes != end - begin) {
                throw new IOException(where(place) + ": shape " + shape() + " of " + type + " needs " + bytes
                        + " bytes, has " + (end - begin));
            }
        }

        List<Long> shape() {
            return Arrays.stream(shape, 0, dimensions).boxed().toList();
        }
    }

    /** How many numbers a list has; only as many as have room are kept. */
    private static int numbers(JsonScanner in, long[] into) throws IOException {
        int n = 0;
        in.enter('[');
        while (in.more(']')) {
            long number = in.whole();
            if (n < into.length) {
                into[n] = number;
            }
            n++;
        }
        return n;
    }

    private String where(int place) throws IOException {
        return file + ": tensor " + name(place);
    }

    private String name(int place) throws IOException {
        return at(place).string(SHOWN);
    }

    private JsonScanner at(int place) throws IOException {
        JsonScanner in = new JsonScanner(text);
        in.seek(place);
        in.key();
        return in;
    }

    /** Puts tensors into the order of their data, and checks that these follow one another to the file's end. */
    private void byData() throws IOException {
        HeapSort.sort(count, new HeapSort.Rows() {
            @Override
            public int compare(int a, int b) {
                int order = Long.compare(begins[a], begins[b]);
                order = order != 0 ? order : Long.compare(ends[a], ends[b]);
                return order != 0 ? order : Integer.compare(places[a], places[b]);
            }

            @Override
            public void swap(int a, int b) {
                SafeIndex.swap(places, a, b);
                SafeIndex.swap(hashes, a, b);
                long begin = begins[a], end = ends[a];
                begins[a] = begins[b];
                ends[a] = ends[b];
                begins[b] = begin;
                ends[b] = end;
            }
        });
        long expected = 0;
        for (int i = 0; i < count; i++) {
            if (begins[i] != expected) {
                throw new IOException(where(places[i])
                        + (begins[i] < expected ? " overlaps the one before it" : " leaves a hole before it"));
            }
            expected = ends[i];
        }
        if (start + expected != size) {
            throw new IOException(file + ": " + (size - start - expected) + " bytes after the last tensor");
        }
    }

    private static void swap(int[] table, int a, int b) {
        int value = table[a];
        table[a] = table[b];
        table[b] = value;
    }

    private void byName() throws IOException {
        named = new int[count];
        Arrays.setAll(named, i -> i);
        JsonScanner one = new JsonScanner(text), other = new JsonScanner(text);
        HeapSort.sort(count, new HeapSort.Rows() {
            @Override
            public int compare(int a, int b) {
                int order = Integer.compare(hashes[named[a]], hashes[named[b]]);
                if (order != 0) {
                    return order;
                }
                try {
                    return SafeIndex.this.compare(one, named[a], other, named[b]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void swap(int a, int b) {
                SafeIndex.swap(named, a, b);
            }
        });
        for (int i = 1; i < count; i++) {
            if (hashes[named[i]] == hashes[named[i - 1]] && compare(one, named[i], other, named[i - 1]) == 0) {
                throw twice(name(places[named[i]]));
            }
        }
    }

    private int compare(JsonScanner one, int a, JsonScanner other, int b) throws IOException {
        one.seek(places[a]);
        one.text();
        other.seek(places[b]);
        other.text();
        return one.compare(other);
    }

    /** How many tensors there are. */
    public int count() {
        return count;
    }

    /** Which tensor has a name, or -1. */
    public int find(String name) {
        int wanted = JsonScanner.hash(name), from = 0, to = count;
        try {
            while (from < to) {
                int middle = (from + to) >>> 1, hash = hashes[named[middle]];
                int order = hash != wanted
                        ? Integer.compare(hash, wanted)
                        : at(places[named[middle]]).compare(name);
                if (order == 0) {
                    return named[middle];
                }
                from = order < 0 ? middle + 1 : from;
                to = order < 0 ? to : middle;
            }
        } catch (IOException e) {
            throw changed(e);
        }
        return -1;
    }

    /** A tensor, counted in the order of data. */
    public SafeHeader.Entry entry(int index) {
        try {
            JsonScanner in = at(places[index]);
            String name = in.string();
            Row row = new Row();
            row.read(in, places[index]);
            return new SafeHeader.Entry(
                    name, row.type, row.shape(), start + begins[index], ends[index] - begins[index]);
        } catch (IOException e) {
            throw changed(e);
        }
    }

    /** The header's free text, by key: each read when it is asked for. */
    public Map<String, String> metadata() {
        return metadata < 0 ? Map.of() : new HeaderTexts(file, text, metadata);
    }

    /** The header was good when it was opened, and is mapped. */
    private IllegalStateException changed(IOException e) {
        return HeaderTexts.changed(file, e);
    }
}
