// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Little-endian bytes of floating tensors, as float32. */
public final class TensorBytes {
    private static final int PIECE = 1 << 16;

    private TensorBytes() {}

    /**
     * Values of F16, BF16 or F64 as float32.
     *
     * @param name how errors call the tensor
     */
    public static ByteBuffer widen(String name, String type, int count, ByteBuffer bytes) throws IOException {
        if (count > Integer.MAX_VALUE / Float.BYTES) {
            throw new IOException("tensor " + name + " is larger than 2 GiB as float32");
        }
        ByteBuffer wide = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer out = wide.asFloatBuffer();
        // in pieces, each in a plain loop over arrays: a model has a thousand million numbers
        float[] piece = new float[Math.min(count, PIECE)];
        for (int from = 0; from < count; from += PIECE) {
            int n = Math.min(PIECE, count - from);
            switch (type) {
                case "F16" -> half(bytes, from, n, piece);
                case "BF16" -> brain(bytes, from, n, piece);
                case "F64" -> twice(bytes, from, n, piece);
                default ->
                    throw new IOException("tensor " + name + " has type " + type + ", which is no floating type");
            }
            out.put(piece, 0, n);
        }
        return wide;
    }

    private static short[] shorts(ByteBuffer bytes, int from, int n) {
        short[] stored = new short[n];
        little(bytes).asShortBuffer().get(from, stored);
        return stored;
    }

    private static void half(ByteBuffer bytes, int from, int n, float[] out) {
        short[] stored = shorts(bytes, from, n);
        for (int i = 0; i < n; i++) {
            out[i] = Float.float16ToFloat(stored[i]);
        }
    }

    private static void brain(ByteBuffer bytes, int from, int n, float[] out) {
        short[] stored = shorts(bytes, from, n);
        for (int i = 0; i < n; i++) {
            out[i] = Float.intBitsToFloat(stored[i] << 16);
        }
    }

    private static void twice(ByteBuffer bytes, int from, int n, float[] out) {
        double[] stored = new double[n];
        little(bytes).asDoubleBuffer().get(from, stored);
        for (int i = 0; i < n; i++) {
            out[i] = (float) stored[i];
        }
    }

    private static ByteBuffer little(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
