// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Owns the native memory of tensors: everything made inside is freed when the scope closes, except what was
 * {@linkplain #keep kept}. A training step opens a child scope; parameters live in the parent. A scope may be used by
 * one thread at a time.
 */
public final class Scope implements AutoCloseable {
    private static final int STAGING_LIMIT = 8 << 20;
    private static final ThreadLocal<ByteBuffer> STAGING = new ThreadLocal<>();

    private final Scope parent;
    private final PtNDManager manager;

    private Scope(Scope parent, PtNDManager manager) {
        this.parent = parent;
        this.manager = manager;
    }

    /** Opens a scope of its own on a device; starts the engine if need be. */
    public static Scope open(Device device) {
        Torch.start();
        return new Scope(null, (PtNDManager) NDManager.newBaseManager(device, Torch.ENGINE));
    }

    /** Opens a scope inside this one, on the same device; closing this one closes it too. */
    public Scope child() {
        return new Scope(this, (PtNDManager) manager.newSubManager());
    }

    public Device device() {
        return manager.getDevice();
    }

    /** DJL's manager of this scope, for operations of {@code NDArray} that take one. */
    public NDManager manager() {
        return manager;
    }

    /** A float32 tensor with a copy of the values; without a shape, a vector. */
    public NDArray of(float[] values, long... shape) {
        ByteBuffer staging = staging(values.length, Float.BYTES);
        staging.asFloatBuffer().put(values);
        return create(staging, values.length, DataType.FLOAT32, orVector(values.length, shape));
    }

    /** An int32 tensor with a copy of the values; without a shape, a vector. */
    public NDArray of(int[] values, long... shape) {
        ByteBuffer staging = staging(values.length, Integer.BYTES);
        staging.asIntBuffer().put(values);
        return create(staging, values.length, DataType.INT32, orVector(values.length, shape));
    }

    /** An int64 tensor with a copy of the values; without a shape, a vector. */
    public NDArray of(long[] values, long... shape) {
        ByteBuffer staging = staging(values.length, Long.BYTES);
        staging.asLongBuffer().put(values);
        return create(staging, values.length, DataType.INT64, orVector(values.length, shape));
    }

    /** A uint8 tensor with a copy of the values; without a shape, a vector. */
    public NDArray of(byte[] values, long... shape) {
        ByteBuffer staging = staging(values.length, 1);
        staging.duplicate().put(values);
        return create(staging, values.length, DataType.UINT8, orVector(values.length, shape));
    }

    /**
     * A tensor with a copy of a buffer's remaining bytes, which are little-endian values of the type; without a shape, one
     * of no dimension.
     */
    public NDArray of(ByteBuffer bytes, DataType type, long... shape) {
        int count = bytes.remaining() / type.getNumOfBytes();
        if (bytes.isDirect()) {
            return create(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), count, type, shape);
        }
        ByteBuffer staging = staging(count, type.getNumOfBytes());
        staging.duplicate().put(bytes.duplicate());
        return create(staging, count, type, shape);
    }

    public NDArray zeros(long... shape) {
        return manager.zeros(new Shape(shape));
    }

    public NDArray full(float value, long... shape) {
        return manager.full(new Shape(shape), value);
    }

    /** Standard normal numbers from the generator of this scope's device. */
    public NDArray randn(long... shape) {
        return manager.randomNormal(new Shape(shape));
    }

    /** Uniform numbers in [0, 1). */
    public NDArray rand(long... shape) {
        return manager.randomUniform(0f, 1f, new Shape(shape));
    }

    /** Moves a tensor to the parent scope, so that it survives this one's close. */
    public NDArray keep(NDArray tensor) {
        if (parent == null) {
            throw new IllegalStateException("this scope has no parent that could keep a tensor; use adopt on another");
        }
        tensor.attach(parent.manager);
        return tensor;
    }

    /** Moves tensors to the parent scope. */
    public List<NDArray> keep(List<NDArray> tensors) {
        tensors.forEach(this::keep);
        return tensors;
    }

    /** Moves a tensor from wherever it is to this scope. */
    public NDArray adopt(NDArray tensor) {
        tensor.attach(manager);
        return tensor;
    }

    @Override
    public void close() {
        manager.close();
    }

    PtNDManager pytorch() {
        return manager;
    }

    private static long[] orVector(int count, long[] shape) {
        return shape.length == 0 ? new long[] {count} : shape;
    }

    private NDArray create(ByteBuffer bytes, int count, DataType type, long... shape) {
        Shape wanted = new Shape(shape);
        if (wanted.size() != count) {
            throw new IllegalArgumentException("shape " + wanted + " has " + wanted.size() + " elements, got " + count);
        }
        if (count == 0) {
            return manager.zeros(wanted, type);
        }
        NDArray tensor = manager.create(bytes, wanted, type);
        if (device().isGpu()) {
            return tensor;
        }
        // on a CPU the tensor borrows the buffer: views of it, and the autograd graph, could outlive the buffer
        try (tensor) {
            return tensor.duplicate();
        }
    }

    private static ByteBuffer staging(int count, int size) {
        int bytes = Math.multiplyExact(Math.max(count, 1), size);
        ByteBuffer buffer = STAGING.get();
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(Math.max(bytes, 1 << 16)).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes <= STAGING_LIMIT) {
                STAGING.set(buffer);
            }
        }
        return buffer.clear().limit(bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
