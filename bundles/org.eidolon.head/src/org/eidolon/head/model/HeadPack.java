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
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int MOST_MODES = 4096;
    private static final int LANDMARKS = 68;
    private static final long MOST_NUMBERS = 1L << 26; // of identities or of shapes: 256 MiB

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
            return new Reader(in, file).read();
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

    /**
     * Counts are bounded, and space grows with what was really read, so that a few damaged bytes cannot ask for
     * gigabytes.
     */
    private record Reader(DataInputStream in, Path file) {
        HeadModel read() throws IOException {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is not a head pack (made by `eidolon train pack`)");
            }
            int vertices = count("vertices", MOST_ENTRIES);
            ByteBuffer raw = ByteBuffer.wrap(bytes(vertices * 12));
            float[] neutral = new float[vertices * 3];
            for (int i = 0; i < neutral.length; i++) neutral[i] = finite(raw.getFloat());
            int[] triangles = ints("corners", 6 * MOST_ENTRIES);
            int[] landmarks = ints("landmarks", LANDMARKS);
            byte[] parts = bytes(vertices);
            for (byte part : parts) {
                if (part < 0 || part >= HeadModel.Part.values().length) throw damaged("a vertex is of part " + part);
            }
            List<float[]> identities = new ArrayList<>();
            for (int n = modes(vertices); n > 0; n--) identities.add(mode(vertices));
            List<String> names = new ArrayList<>();
            List<float[]> shapes = new ArrayList<>();
            for (int n = modes(vertices); n > 0; n--) {
                names.add(in.readUTF());
                shapes.add(mode(vertices));
            }
            // the checksum at the end is read only on the way to it
            if (in.read() >= 0) throw damaged("it goes on behind the last shape");
            return new HeadModel(neutral, identities, names, shapes, triangles, parts, landmarks);
        }

        private int count(String what, int most) throws IOException {
            int n = in.readInt();
            if (n < 0 || n > most) throw damaged("it declares " + n + " " + what);
            return n;
        }

        private int modes(int vertices) throws IOException {
            int n = count("modes", MOST_MODES);
            if (3L * vertices * n > MOST_NUMBERS)
                throw damaged("it declares " + n + " modes of " + vertices + " vertices");
            return n;
        }

        private int[] ints(String what, int most) throws IOException {
            int n = count(what, most);
            ByteBuffer raw = ByteBuffer.wrap(bytes(n * 4));
            int[] values = new int[n];
            for (int i = 0; i < n; i++) values[i] = raw.getInt();
            return values;
        }

        private float[] mode(int vertices) throws IOException {
            float scale = finite(in.readFloat());
            byte[] quantised = bytes(vertices * 3);
            float[] mode = new float[quantised.length];
            for (int i = 0; i < quantised.length; i++) mode[i] = quantised[i] * scale;
            return mode;
        }

        /** Exactly so many bytes; `readNBytes` grows its array as they come, and ends early at the file's end. */
        private byte[] bytes(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) throw new EOFException();
            return bytes;
        }

        private float finite(float value) throws IOException {
            if (!Float.isFinite(value)) throw damaged("it holds a number that is not finite");
            return value;
        }

        private IOException damaged(String what) {
            return new IOException(file + " is damaged: " + what);
        }
    }
}
