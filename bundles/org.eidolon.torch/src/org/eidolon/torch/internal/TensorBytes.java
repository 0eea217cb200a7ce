// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian bytes of floating tensors, as float32. */
public final class TensorBytes {
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
        for (int i = 0; i < count; i++) {
            wide.putFloat(
                    switch (type) {
                        case "F16" -> Float.float16ToFloat(bytes.getShort(2 * i));
                        case "BF16" -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                        case "F64" -> (float) bytes.getDouble(8 * i);
                        default ->
                            throw new IOException(
                                    "tensor " + name + " has type " + type + ", which is no floating type");
                    });
        }
        return wide.flip();
    }
}
