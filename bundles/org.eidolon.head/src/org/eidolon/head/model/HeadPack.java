// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A head model in one small file: offsets quantised to eight bits, each mode with a scale of its own (largest error
 * 0.4% of the mode's largest offset), deflated. What `eidolon train pack` writes.
 */
public final class HeadPack {
    private static final int MAGIC = 0x45484431; // "EHD1"
    private static final int MOST = 1 << 20; // vertices, triangles, modes: refuses files that would exhaust memory

    private HeadPack() {}

    /** Reads a pack, or the ICT-FaceKit folder itself. */
    public static HeadModel open(Path file) throws IOException {
        if (Files.isDirectory(file)) return IctFaceKit.read(file);
        if (!Files.exists(file)) {
            throw new IOException("there is no head model at " + file
                    + ": give an ICT-FaceKit folder or a file made by `eidolon train pack`");
        }
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file)), 1 << 16))) {
            return read(in, file);
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

    private static HeadModel read(DataInputStream in, Path file) throws IOException {
        if (in.readInt() != MAGIC) throw new IOException(file + " is not a head pack (made by `eidolon train pack`)");
        int vertices = count(in, file);
        float[] neutral = new float[vertices * 3];
        for (int i = 0; i < neutral.length; i++) neutral[i] = in.readFloat();
        int[] triangles = readInts(in, file);
        int[] landmarks = readInts(in, file);
        byte[] parts = in.readNBytes(vertices);
        List<float[]> identities = new ArrayList<>();
        for (int n = count(in, file); n > 0; n--) identities.add(readMode(in, vertices));
        List<String> names = new ArrayList<>();
        List<float[]> shapes = new ArrayList<>();
        for (int n = count(in, file); n > 0; n--) {
            names.add(in.readUTF());
            shapes.add(readMode(in, vertices));
        }
        return new HeadModel(neutral, identities, names, shapes, triangles, parts, landmarks);
    }

    private static int count(DataInputStream in, Path file) throws IOException {
        int n = in.readInt();
        if (n < 0 || n > MOST) throw new IOException(file + " is damaged: it declares " + n + " entries");
        return n;
    }

    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int v : values) out.writeInt(v);
    }

    private static int[] readInts(DataInputStream in, Path file) throws IOException {
        int[] values = new int[count(in, file)];
        for (int i = 0; i < values.length; i++) values[i] = in.readInt();
        return values;
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

    private static float[] readMode(DataInputStream in, int vertices) throws IOException {
        float scale = in.readFloat();
        byte[] quantised = in.readNBytes(vertices * 3);
        float[] mode = new float[vertices * 3];
        for (int i = 0; i < quantised.length; i++) mode[i] = quantised[i] * scale;
        return mode;
    }
}
