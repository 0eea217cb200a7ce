// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.eidolon.torch.internal.SafeHeader;
import org.eidolon.torch.internal.TensorBytes;

/** From stored bytes to a tensor: beside the tensor itself there is one piece of it. */
final class TensorReading {
    private TensorReading() {}

    /** The tensor engine's type for a stored one: float32 for all floating types, BOOL as uint8. */
    static DataType type(Path file, SafeTensors.Info info) throws IOException {
        return switch (info.type()) {
            case "F32", "F16", "BF16", "F64" -> DataType.FLOAT32;
            case "I64" -> DataType.INT64;
            case "I32" -> DataType.INT32;
            case "I8" -> DataType.INT8;
            case "U8", "BOOL" -> DataType.UINT8;
            default ->
                throw new IOException(
                        file + ": tensor " + info.name() + " has type " + info.type() + ", which is not supported");
        };
    }

    static float[] floats(Path file, SafeTensors.Info info, TensorBytes bytes) throws IOException {
        return bytes.floats(file + ": tensor " + info.name(), info.type(), Math.toIntExact(info.count()));
    }

    /** A tensor of bytes that come a piece at a time. */
    static NDArray tensor(Scope scope, Path file, SafeTensors.Info info, TensorBytes bytes) throws IOException {
        DataType type = type(file, info);
        int count = Math.toIntExact(info.count());
        boolean half = info.type().equals("F16");
        if (count <= TensorBytes.PIECE && (!half || count == 0)) {
            return piece(scope, info.type(), type, count, bytes, info.shape());
        }
        Script script = Script.load(SafeTensors.class, "optimise.py");
        try (Scope inner = scope.child()) {
            NDArray flat = inner.manager().create(new Shape(count), type);
            for (int from = 0; from < count; from += TensorBytes.PIECE) {
                try (Scope step = inner.child()) {
                    int n = Math.min(TensorBytes.PIECE, count - from);
                    // half precision is widened by the engine, which is quicker at it
                    script.call(
                            step,
                            "place",
                            flat,
                            piece(step, info.type(), half ? DataType.FLOAT16 : type, n, bytes, n),
                            from);
                }
            }
            return inner.keep(flat.reshape(new Shape(info.shape())));
        }
    }

    private static NDArray piece(Scope scope, String stored, DataType type, int n, TensorBytes bytes, long... shape)
            throws IOException {
        ByteBuffer next = bytes.next(n * SafeHeader.size(stored));
        if (type != DataType.FLOAT32 || stored.equals("F32")) {
            return scope.of(next, type, shape);
        }
        float[] wide = new float[n];
        new TensorBytes.Widening(stored, n).put(next, wide, 0, n);
        ByteBuffer direct = ByteBuffer.allocateDirect(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        direct.asFloatBuffer().put(wide);
        return scope.of(direct, type, shape);
    }
}
