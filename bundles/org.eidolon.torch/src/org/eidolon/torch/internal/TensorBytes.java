// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The stored bytes of a tensor, in the order of its shape, a piece at a time. */
public interface TensorBytes {
    /** Numbers in a piece: a model has a thousand million of them, and only the result is that large. */
    int PIECE = 1 << 18;

    /** The next bytes, little-endian; they stay until the next call. */
    ByteBuffer next(int length) throws IOException;

    /** Bytes that lie in one buffer. */
    static TensorBytes of(ByteBuffer all) {
        ByteBuffer rest = all.duplicate();
        return length -> {
            ByteBuffer piece = rest.slice(rest.position(), length).order(all.order());
            rest.position(rest.position() + length);
            return piece;
        };
    }

    /**
     * All numbers of a floating type as float32.
     *
     * @param where how errors call the tensor
     */
    default float[] floats(String where, String type, int count) throws IOException {
        int width = floating(where, type);
        float[] values = new float[count];
        Widening widening = new Widening(type, Math.min(count, PIECE));
        for (int from = 0; from < count; from += PIECE) {
            int n = Math.min(PIECE, count - from);
            widening.put(next(n * width), values, from, n);
        }
        return values;
    }

    /** Bytes of a floating type's number; an error for other types. */
    static int floating(String where, String type) throws IOException {
        return switch (type) {
            case "F16", "BF16" -> 2;
            case "F32" -> 4;
            case "F64" -> 8;
            default -> throw new IOException(where + " has type " + type + ", which is no floating type");
        };
    }

    /** Makes float32 of pieces of a floating type, in plain loops over arrays, which are quick. */
    final class Widening {
        private final String type;
        private final short[] halves;
        private final double[] doubles;

        public Widening(String type, int most) {
            this.type = type;
            halves = new short[type.endsWith("F16") ? most : 0];
            doubles = new double[type.equals("F64") ? most : 0];
        }

        public void put(ByteBuffer bytes, float[] out, int from, int n) {
            switch (type) {
                case "F32" -> bytes.asFloatBuffer().get(out, from, n);
                case "F64" -> {
                    bytes.asDoubleBuffer().get(doubles, 0, n);
                    for (int i = 0; i < n; i++) {
                        out[from + i] = (float) doubles[i];
                    }
                }
                case "F16" -> {
                    bytes.asShortBuffer().get(halves, 0, n);
                    for (int i = 0; i < n; i++) {
                        out[from + i] = Float.float16ToFloat(halves[i]);
                    }
                }
                default -> {
                    bytes.asShortBuffer().get(halves, 0, n);
                    for (int i = 0; i < n; i++) {
                        out[from + i] = Float.intBitsToFloat(halves[i] << 16);
                    }
                }
            }
        }
    }
}
