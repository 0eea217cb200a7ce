// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * A head model in one small file: offsets quantised to eight bits, each mode with a scale of its own (largest error
 * 0.4% of the mode's largest offset), deflated. What `eidolon train pack` writes.
 */
public final class HeadPack {
    private static final int MAGIC = 0x45484431; // "EHD1"
    private static final int LANDMARKS = 68;

    private HeadPack() {}

    /**
     * Reads a pack, or the ICT-FaceKit folder itself.
     *
     * @throws IOException if there is nothing, or the file is no pack, damaged or cut off; the message says which
     */
    public static HeadModel open(Path file) throws IOException {
        if (Files.isDirectory(file)) return IctFaceKit.read(file);
        if (!Files.exists(file)) {
            throw new IOException("there is no head model at " + file
                    + ": give an ICT-FaceKit folder or a file made by `eidolon train pack`");
        }
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file)), 1 << 16))) {
            return new Reader(new PackInput(in, file.toString())).read();
        } catch (ZipException e) {
            throw new IOException(file + " is not a head pack (made by `eidolon train pack`), or is damaged", e);
        } catch (EOFException e) {
            throw new IOException(file + " is cut off: it ends in the middle of the head model; pack it again", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    public static void write(HeadModel model, Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new DeflaterOutputStream(Files.newOutputStream(beside)), 1 << 16))) {
            out.writeInt(MAGIC);
            out.writeInt(model.vertexCount());
            for (float v : model.neutral()) out.writeFloat(v);
            writeInts(out, model.triangles());
            writeInts(out, model.landmarks());
            out.write(model.parts());
            out.writeInt(model.identities().size());
            for (float[] mode : model.identities()) writeMode(out, mode);
            out.writeInt(model.shapes().size());
            for (int i = 0; i < model.shapes().size(); i++) {
                out.writeUTF(model.shapeNames().get(i));
                writeMode(out, model.shapes().get(i));
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int v : values) out.writeInt(v);
    }

    private static void writeMode(DataOutputStream out, float[] mode) throws IOException {
        float largest = 0;
        for (float v : mode) largest = Math.max(largest, Math.abs(v));
        float scale = largest / 127f;
        out.writeFloat(scale);
        byte[] quantised = new byte[mode.length];
        for (int i = 0; i < mode.length; i++) quantised[i] = (byte) (scale == 0 ? 0 : Math.round(mode[i] / scale));
        out.write(quantised);
    }

    private record Reader(PackInput pack) {
        HeadModel read() throws IOException {
            if (pack.in().readInt() != MAGIC) {
                throw new IOException(pack.name() + " is not a head pack (made by `eidolon train pack`)");
            }
            int vertices = pack.count("vertices", PackInput.MOST_ENTRIES);
            ByteBuffer raw = ByteBuffer.wrap(pack.bytes(vertices * 12));
            float[] neutral = new float[vertices * 3];
            for (int i = 0; i < neutral.length; i++) neutral[i] = pack.finite(raw.getFloat());
            int[] triangles = ints("corners", 6 * PackInput.MOST_ENTRIES);
            int[] landmarks = ints("landmarks", LANDMARKS);
            byte[] parts = pack.bytes(vertices);
            for (byte part : parts) {
                if (part < 0 || part >= HeadModel.Part.values().length)
                    throw pack.damaged("a vertex is of part " + part);
            }
            List<float[]> identities = new ArrayList<>();
            for (int n = pack.modes(vertices); n > 0; n--) identities.add(mode(vertices));
            List<String> names = new ArrayList<>();
            List<float[]> shapes = new ArrayList<>();
            for (int n = pack.modes(vertices); n > 0; n--) {
                names.add(pack.in().readUTF());
                shapes.add(mode(vertices));
            }
            pack.end();
            return new HeadModel(neutral, identities, names, shapes, triangles, parts, landmarks);
        }

        private int[] ints(String what, int most) throws IOException {
            int n = pack.count(what, most);
            ByteBuffer raw = ByteBuffer.wrap(pack.bytes(n * 4));
            int[] values = new int[n];
            for (int i = 0; i < n; i++) values[i] = raw.getInt();
            return values;
        }

        private float[] mode(int vertices) throws IOException {
            float scale = pack.finite(pack.in().readFloat());
            byte[] quantised = pack.bytes(vertices * 3);
            float[] mode = new float[quantised.length];
            for (int i = 0; i < quantised.length; i++) mode[i] = quantised[i] * scale;
            return mode;
        }
    }
}
