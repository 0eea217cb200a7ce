// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A kind of value that travels along links: immutable, and able to go to disk and back. Most are records, for which
 * {@link #ofRecord} is all that is needed.
 *
 * @param <T> Java class of the values; exactly this class is matched, not its subclasses
 */
public interface ValueType<T> {
    /** Short stable id: image, mesh. */
    String id();

    Class<T> type();

    /** Colour of its ports and links, as #rrggbb. */
    String colour();

    /** Writes the value into an empty folder, as files whose bytes depend on nothing but the value. */
    void write(T value, Path folder) throws IOException;

    /**
     * Reads what {@link #write} wrote. The folder stays as it is for as long as the process may use the value, so a
     * large value may keep a path into it instead of its bytes.
     */
    T read(Path folder) throws IOException;

    /** Sha256 of the value's files. */
    default String hash(T value) throws IOException {
        Path folder = java.nio.file.Files.createTempDirectory("eidolon-hash");
        try {
            write(value, folder);
            return Hashes.ofTree(folder);
        } finally {
            Hashes.deleteTree(folder);
        }
    }

    /**
     * A value type for a record made of numbers, strings, enums, primitive arrays, other such records, lists and maps
     * of these, and paths (files, which are copied along).
     */
    static <T extends Record> ValueType<T> ofRecord(String id, String colour, Class<T> type) {
        var codec = new RecordCodec<>(type);
        return of(id, colour, type, codec::write, codec::read);
    }

    static <T> ValueType<T> of(String id, String colour, Class<T> type, Writer<T> writer, Reader<T> reader) {
        return new ValueType<>() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Class<T> type() {
                return type;
            }

            @Override
            public String colour() {
                return colour;
            }

            @Override
            public void write(T value, Path folder) throws IOException {
                writer.write(value, folder);
            }

            @Override
            public T read(Path folder) throws IOException {
                return reader.read(folder);
            }

            @Override
            public String toString() {
                return id;
            }
        };
    }

    /** See {@link ValueType#write}. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T value, Path folder) throws IOException;
    }

    /** See {@link ValueType#read}. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Path folder) throws IOException;
    }
}
