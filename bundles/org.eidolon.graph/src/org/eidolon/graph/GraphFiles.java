// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import org.eidolon.graph.model.Graph;

/** Graph files on disk. */
public final class GraphFiles {
    private GraphFiles() {}

    /** In what a graph comes. */
    public enum Kind {
        /** A graph file. */
        TEXT,
        /** A zip file, see {@link GraphPack}. */
        PACK,
        /** A binary glTF file, see {@link GlbFile}. */
        GLB
    }

    /** Most bytes of a pack or a GLB that comes through a pipe. */
    private static final long LONGEST_PIPED = 1L << 30;

    private static final int HEAD = 4;

    /** Told by how a file begins, not by its name. */
    public static Kind kind(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return Kind.TEXT;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return kind(in.readNBytes(HEAD));
        }
    }

    private static Kind kind(byte[] head) {
        return GlbFile.isGlb(head) ? Kind.GLB : GraphPack.isZip(head) ? Kind.PACK : Kind.TEXT;
    }

    /**
     * Keeps what comes through a pipe or from a device, which can be read only once, in a file. Of what never ends no more
     * is read than a graph may have.
     *
     * @param copy where to write it
     * @throws IOException also when it is longer than any pack or GLB
     */
    public static void keep(Path pipe, Path copy) throws IOException {
        try (InputStream in = Files.newInputStream(pipe);
                OutputStream out = Files.newOutputStream(copy)) {
            byte[] head = in.readNBytes(HEAD);
            out.write(head);
            boolean text = kind(head) == Kind.TEXT;
            long left = text ? GraphLimits.DEFAULT.bytes() : LONGEST_PIPED;
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                left -= n;
                if (left < 0 && text) {
                    return; // too long: whoever reads the copy says so
                }
                if (left < 0) {
                    throw new IOException("more than " + (LONGEST_PIPED >> 20) + " MiB come from " + pipe);
                }
            }
        }
    }

    /**
     * Reads a graph file.
     *
     * @throws GraphFormatException with every problem found
     * @throws NoSuchFileException if there is no such file
     */
    public static Graph load(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new GraphFormatException(List.of(
                    Problem.error("", null, "this is a folder, not a graph file", "Name the .eidolon file in it")));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return load(in);
        }
    }

    /** Reads a graph from UTF-8; the stream is left open. */
    public static Graph load(InputStream in) throws IOException {
        long limit = GraphLimits.DEFAULT.bytes();
        byte[] bytes = in.readNBytes((int) limit + 1);
        if (bytes.length > limit) {
            throw new GraphFormatException(List.of(Problem.error(
                    "",
                    null,
                    "the file is larger than " + (limit >> 20) + " MiB",
                    "No graph is: is it the right file?")));
        }
        return GraphReader.read(decode(bytes));
    }

    static String decode(byte[] bytes) throws GraphFormatException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new GraphFormatException(List.of(
                    Problem.error("", null, "the file is not UTF-8 text", "Is it the right file? Was it damaged?")));
        }
    }

    /**
     * Writes a graph's canonical text: beside the file, to the disk, then renamed, so that a crash leaves the old file or
     * the new one. A symbolic link stays and what it points to is written.
     */
    public static void save(Graph graph, Path file) throws IOException {
        replace(file, GraphWriter.write(graph).getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file's content as {@link #save} does. */
    public static void replace(Path file, byte[] content) throws IOException {
        put(Files.exists(file) ? file.toRealPath() : file, content);
    }

    /** The same, but that a symbolic link is itself replaced: for folders into which others may have put one. */
    public static void put(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
        try {
            try (var channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            keepPermissions(target, beside);
            move(beside, target);
        } finally {
            Files.deleteIfExists(beside);
        }
        syncFolder(target.getParent());
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        // not by the file store, which Java does not find where / is no mount point, as in a chroot
        var before = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        var after = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (before != null && after != null && Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            after.setPermissions(before.readAttributes().permissions());
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void syncFolder(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not every file system lets a folder be synced; the rename itself is done
        }
    }
}
