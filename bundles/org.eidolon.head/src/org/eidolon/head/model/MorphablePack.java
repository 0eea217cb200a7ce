// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.Models;

/**
 * A {@link MorphableHead} in one small file. Offsets are kept in steps of 5 µm, so none is off by more than half of
 * that; a vertex's steps are guessed from those of its neighbours with lower numbers, and what is left of the guess is
 * deflated. What `eidolon train pack --whole` writes.
 */
public final class MorphablePack {
    /** The head model that ships with Eidolon. */
    public static final String STARTER = "head/ict-whole";

    /** Metres at life size between two offsets that a pack tells apart. */
    public static final double STEP_METRES = 5e-6;

    private static final int MAGIC = 0x45484d31; // "EHM1"
    private static final int MOST_NAMES = 127;
    private static final int LANDMARKS = 68;
    private static final int MOST_STEPS = 1 << 22; // 21 m: sums of a few stay whole numbers of int

    private MorphablePack() {}

    /** The starter's. */
    public static MorphableHead open(Models models) {
        return open(models.get(STARTER));
    }

    /**
     * A pack by its weights.
     *
     * @throws ModelException if the file is missing, has another hash, is no pack or damaged
     */
    public static MorphableHead open(Model model) {
        try {
            return read(new ByteArrayInputStream(model.bytes()), model.location());
        } catch (IOException e) {
            throw new ModelException("weights '" + model.info().id() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Reads a pack.
     *
     * @throws IOException if there is nothing, or the file is no such pack, damaged or cut off; the message says which
     */
    public static MorphableHead open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "there is no head model at " + file + ": give a file made by `eidolon train pack --whole`");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    private static MorphableHead read(InputStream packed, String name) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new InflaterInputStream(packed), 1 << 16))) {
            return new Reader(new PackInput(in, name)).read();
        } catch (ZipException e) {
            throw new IOException(
                    name + " is not a whole head model (made by `eidolon train pack --whole`), or is damaged", e);
        } catch (EOFException e) {
            throw new IOException(name + " is cut off: it ends in the middle of the head model; pack it again", e);
        } catch (IllegalArgumentException | UTFDataFormatException e) {
            throw new IOException(name + " is damaged: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if the file cannot be written, or an offset is too large for a pack */
    public static void write(MorphableHead head, Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        HeadTopology topology = head.topology();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                new DeflaterOutputStream(Files.newOutputStream(beside), deflater, 1 << 16), 1 << 16))) {
            out.writeInt(MAGIC);
            out.writeInt(topology.vertexCount());
            writeInts(out, topology.polygons());
            out.writeInt(topology.uv().length);
            for (float c : topology.uv()) out.writeFloat(c);
            writeInts(out, topology.corners());
            writeNames(out, topology.sheets());
            out.write(topology.sheetOf());
            List<String> regions = new ArrayList<>();
            for (HeadRegion region : HeadRegion.values()) regions.add(region.id());
            writeNames(out, regions);
            out.write(topology.regionOf());
            writeInts(out, head.landmarks());
            for (float v : head.neutral()) out.writeFloat(v);
            int[][] lower = topology.lowerNeighbours();
            out.writeInt(head.identities().size());
            for (float[] mode : head.identities()) writeMode(out, mode, lower);
            out.writeInt(head.shapes().size());
            for (int i = 0; i < head.shapes().size(); i++) {
                out.writeUTF(head.shapeNames().get(i));
                writeMode(out, head.shapes().get(i), lower);
            }
        } finally {
            deflater.end();
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeNames(DataOutputStream out, List<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) out.writeUTF(name);
    }

    /** Differences from one to the next: small, and so deflated well. */
    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        int before = 0;
        for (int v : values) {
            out.writeInt(v - before);
            before = v;
        }
    }

    private static float step() {
        return (float) (STEP_METRES / HeadSpace.METRES);
    }

    /** For each axis the low bytes of all vertices, then the high ones, of which nearly all are zero. */
    private static void writeMode(DataOutputStream out, float[] mode, int[][] lower) throws IOException {
        int n = lower.length;
        int[] steps = new int[n];
        byte[] bytes = new byte[2 * n];
        for (int axis = 0; axis < 3; axis++) {
            for (int v = 0; v < n; v++) {
                steps[v] = Math.round(mode[3 * v + axis] / step());
                int left = steps[v] - guess(steps, lower[v]);
                int folded = left << 1 ^ left >> 31; // the sign in the lowest bit
                if (folded >>> 16 != 0 || Math.abs(steps[v]) > MOST_STEPS) {
                    throw new IOException("vertex " + v + " moves by " + mode[3 * v + axis]
                            + " in one mode: more than a head pack holds");
                }
                bytes[v] = (byte) folded;
                bytes[n + v] = (byte) (folded >> 8);
            }
            out.write(bytes);
        }
    }

    private static int guess(int[] steps, int[] lower) {
        if (lower.length == 0) return 0;
        int sum = 0;
        for (int v : lower) sum += steps[v];
        return Math.floorDiv(sum + lower.length / 2, lower.length);
    }

    private record Reader(PackInput pack) {
        MorphableHead read() throws IOException {
            if (pack.in().readInt() != MAGIC) {
                throw new IOException(
                        pack.name() + " is not a whole head model (made by `eidolon train pack --whole`)");
            }
            int vertices = pack.count("vertices", PackInput.MOST_ENTRIES);
            int[] polygons = ints("corners", 4 * PackInput.MOST_ENTRIES);
            float[] uv = floats(pack.count("texture coordinates", 4 * PackInput.MOST_ENTRIES));
            int[] corners = ints("texture corners", 4 * PackInput.MOST_ENTRIES);
            List<String> sheets = names("sheets");
            byte[] sheetOf = pack.bytes(polygons.length / 4);
            byte[] regionOf = regions(names("regions"), pack.bytes(vertices));
            HeadTopology topology = new HeadTopology(vertices, polygons, uv, corners, sheets, sheetOf, regionOf);
            int[] landmarks = ints("landmarks", LANDMARKS);
            float[] neutral = floats(3 * vertices);
            int[][] lower = topology.lowerNeighbours();
            List<float[]> identities = new ArrayList<>();
            for (int n = pack.modes(vertices); n > 0; n--) identities.add(mode(lower));
            List<String> shapeNames = new ArrayList<>();
            List<float[]> shapes = new ArrayList<>();
            for (int n = pack.modes(vertices); n > 0; n--) {
                shapeNames.add(pack.in().readUTF());
                shapes.add(mode(lower));
            }
            pack.end();
            return new MorphableHead(topology, neutral, identities, shapeNames, shapes, landmarks);
        }

        /** Regions by name, so that a file of another version's order is read as it was meant. */
        private byte[] regions(List<String> names, byte[] raw) throws IOException {
            byte[] ordinal = new byte[names.size()];
            for (int i = 0; i < ordinal.length; i++) {
                ordinal[i] = -1;
                for (HeadRegion region : HeadRegion.values()) {
                    if (region.id().equals(names.get(i))) ordinal[i] = (byte) region.ordinal();
                }
                if (ordinal[i] < 0) {
                    throw new IOException(pack.name() + " has a region '" + names.get(i)
                            + "' that this version does not know: take a newer Eidolon, or pack the model again");
                }
            }
            byte[] out = new byte[raw.length];
            for (int v = 0; v < raw.length; v++) {
                if (raw[v] < 0 || raw[v] >= ordinal.length) throw pack.damaged("a vertex is of region " + raw[v]);
                out[v] = ordinal[raw[v]];
            }
            return out;
        }

        private List<String> names(String what) throws IOException {
            List<String> names = new ArrayList<>();
            for (int n = pack.count(what, MOST_NAMES); n > 0; n--)
                names.add(pack.in().readUTF());
            return names;
        }

        private int[] ints(String what, int most) throws IOException {
            int n = pack.count(what, most);
            ByteBuffer raw = ByteBuffer.wrap(pack.bytes(n * 4));
            int[] values = new int[n];
            for (int i = 0; i < n; i++) values[i] = raw.getInt() + (i == 0 ? 0 : values[i - 1]);
            return values;
        }

        private float[] floats(int n) throws IOException {
            ByteBuffer raw = ByteBuffer.wrap(pack.bytes(n * 4));
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = pack.finite(raw.getFloat());
            }
            return values;
        }

        private float[] mode(int[][] lower) throws IOException {
            int n = lower.length;
            float[] mode = new float[3 * n];
            int[] steps = new int[n];
            for (int axis = 0; axis < 3; axis++) {
                byte[] raw = pack.bytes(2 * n);
                for (int v = 0; v < n; v++) {
                    int folded = raw[v] & 0xff | (raw[n + v] & 0xff) << 8;
                    steps[v] = guess(steps, lower[v]) + (folded >>> 1 ^ -(folded & 1));
                    if (Math.abs(steps[v]) > MOST_STEPS) throw pack.damaged("an offset is larger than any head");
                    mode[3 * v + axis] = steps[v] * step();
                }
            }
            return mode;
        }
    }
}
