// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A zip file with a graph, the files it needs and a preview. Its first entry, {@code eidolon-pack/pack.json}, lists the
 * others with their sha256. Packs come from strangers: one is read in order, entry by entry, and nothing is believed but
 * what was counted and hashed; an entry that the list does not have, or has otherwise, ends it.
 */
public final class GraphPack {
    /** Folder of what is the pack's own. */
    public static final String OWN = "eidolon-pack/";

    public static final String PREVIEW = OWN + "preview.png";
    private static final String LIST = OWN + "pack.json";
    private static final int VERSION = 1;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final GraphLimits LIST_LIMITS = new GraphLimits(4L << 20, 50_000, 8, Integer.MAX_VALUE);

    /**
     * What is read at most.
     *
     * @param entries files in a pack
     * @param bytes of all of them, unpacked
     */
    public record Limits(int entries, long bytes) {
        public static final Limits DEFAULT = new Limits(10_000, 2L << 30);
    }

    private GraphPack() {}

    /** True where a file begins as a zip file does. */
    static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }

    /** Something to pack. */
    public interface Content {
        InputStream open() throws IOException;
    }

    /**
     * Writes a pack: beside, then renamed. The same content gives the same bytes.
     *
     * @param graph name of the graph among the files; null for a pack of results, which has none
     */
    public static void write(Path pack, String graph, SortedMap<String, Content> files) throws IOException {
        var hashes = new JsonObject();
        for (var file : files.entrySet()) {
            try (InputStream in = file.getValue().open()) {
                hashes.addProperty(file.getKey(), hash(in, OutputStream.nullOutputStream(), Long.MAX_VALUE));
            }
        }
        var list = new JsonObject();
        list.addProperty("pack", VERSION);
        if (graph != null) {
            list.addProperty("graph", graph);
        }
        list.add("files", hashes);
        Path beside = pack.resolveSibling("." + pack.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
        try {
            try (var zip = new ZipOutputStream(
                    Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                put(zip, LIST);
                String text = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(list);
                zip.write((text + "\n").getBytes(StandardCharsets.UTF_8));
                for (var file : files.entrySet()) {
                    put(zip, file.getKey());
                    try (InputStream in = file.getValue().open()) {
                        in.transferTo(zip);
                    }
                }
            }
            Files.move(beside, pack, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void put(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    /**
     * Unpacks into an empty folder.
     *
     * @return the graph's file in it
     * @throws GraphFormatException where it is no pack, is damaged, or would do what a pack must not
     */
    public static Path unpack(Path pack, Path folder, Limits limits) throws IOException {
        try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(pack)))) {
            ZipEntry first = zip.getNextEntry();
            if (first == null || !first.getName().equals(LIST)) {
                throw fault(
                        "",
                        "this zip file is no pack",
                        "Packs are made by 'eidolon pack'; or unpack it and name the " + ".eidolon file in it");
            }
            byte[] text = zip.readNBytes((int) LIST_LIMITS.bytes() + 1);
            if (text.length > LIST_LIMITS.bytes()) {
                throw fault(LIST, "the list is larger than " + (LIST_LIMITS.bytes() >> 20) + " MiB", "");
            }
            JsonObject list = list(new JsonText(GraphFiles.decode(text), LIST_LIMITS).parse());
            Map<String, String> hashes = hashes(list, limits);
            if (!(list.get("graph") instanceof JsonPrimitive graph) || !hashes.containsKey(graph.getAsString())) {
                throw fault("", "the pack holds results and no graph", "Unpack it, and name a .glb in it");
            }
            Path root = folder.toRealPath();
            long left = limits.bytes();
            var missing = new HashSet<>(hashes.keySet());
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (!missing.remove(name)) {
                    throw fault(
                            name, "the pack holds a file that its list does not name, or names once", "Get it anew");
                }
                Path file = root.resolve(name);
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                    if (!hash(zip, out, left).equals(hashes.get(name))) {
                        throw fault(
                                name, "the file is not what the pack's list says", "Was the pack damaged? Get it anew");
                    }
                }
                left -= Files.size(file);
            }
            if (!missing.isEmpty()) {
                throw fault(missing.iterator().next(), "the pack lacks this file", "Was it cut short? Get it anew");
            }
            return root.resolve(graph.getAsString());
        } catch (TooLarge e) {
            throw fault(
                    "", "unpacked, it is larger than " + (limits.bytes() >> 20) + " MiB", "Do you trust who made it?");
        } catch (ZipException | java.io.EOFException e) {
            throw fault("", "the pack is damaged: " + e.getMessage(), "Was it cut short? Get it anew");
        } catch (IllegalArgumentException e) { // a name that is not UTF-8
            throw fault("", "the pack has a file name that cannot be read", "");
        }
    }

    private static JsonObject list(JsonElement value) throws GraphFormatException {
        if (!(value instanceof JsonObject list && list.get("pack") instanceof JsonPrimitive version)) {
            throw fault(LIST, "this is no list of a pack", "");
        }
        if (!version.getAsString().equals(Integer.toString(VERSION))) {
            throw fault(
                    LIST,
                    "the pack has version " + version.getAsString() + ", this program knows " + VERSION,
                    "Open it with a newer Eidolon");
        }
        return list;
    }

    private static Map<String, String> hashes(JsonObject list, Limits limits) throws GraphFormatException {
        if (!(list.get("files") instanceof JsonObject files)) {
            throw fault(LIST, "the list names no files", "");
        }
        if (files.size() > limits.entries()) {
            throw fault(LIST, "the pack holds more than " + limits.entries() + " files", "");
        }
        var hashes = new LinkedHashMap<String, String>();
        var folded = new HashSet<String>();
        for (var file : files.entrySet()) {
            String name = file.getKey();
            String fault = GraphPaths.fault(name).orElse(null);
            if (fault == null && (name.length() > 400 || !folded.add(name.toLowerCase(Locale.ROOT)))) {
                fault = name.length() > 400 ? "the path is too long" : "two paths differ by capitals only";
            }
            if (fault != null) {
                throw fault(LIST, "'" + name + "': " + fault, "Do you trust who made it?");
            }
            if (!(file.getValue() instanceof JsonPrimitive hash)) {
                throw fault(LIST, "'" + name + "' has no hash", "");
            }
            hashes.put(name, hash.getAsString());
        }
        return hashes;
    }

    /** More than may be unpacked. */
    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Copies, and gives the sha256. */
    private static String hash(InputStream in, OutputStream out, long most) throws IOException {
        try {
            var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            var buffer = new byte[1 << 16];
            long count = 0;
            for (int n = digest.read(buffer); n >= 0; n = digest.read(buffer)) {
                count += n;
                if (count > most) {
                    throw new TooLarge();
                }
                out.write(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e); // every Java has SHA-256
        }
    }

    private static GraphFormatException fault(String where, String message, String advice) {
        return new GraphFormatException(List.of(Problem.error(where, null, message, advice)));
    }
}
