// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eidolon.torch.internal.Native;

/** The tensor engine: start-up, devices, random numbers and gradients. */
public final class Torch {
    static final String ENGINE = "PyTorch";
    private static final Object LOCK = new Object();
    private static final ThreadLocal<Boolean> PREPARED = new ThreadLocal<>();
    private static volatile boolean started;

    private Torch() {}

    /** Restores a thread's gradient mode when closed. */
    public static final class Mode implements AutoCloseable {
        private final boolean before;

        private Mode(boolean before) {
            this.before = before;
        }

        @Override
        public void close() {
            JniUtils.setGradMode(before);
        }
    }

    /**
     * Starts the engine once for the process. Idempotent and safe for several threads.
     *
     * @throws EngineException if the library is missing or does not fit, with advice
     */
    public static void start() {
        if (started) {
            return;
        }
        synchronized (LOCK) {
            if (started) {
                return;
            }
            Libtorch.configure();
            // DJL turns gradients off in the thread that starts the engine, so a thread of its own starts it
            Throwable[] failure = new Throwable[1];
            Thread starter = new Thread(
                    () -> {
                        try {
                            Engine.getEngine(ENGINE);
                        } catch (Throwable e) {
                            failure[0] = e;
                        }
                    },
                    "torch-start");
            starter.setContextClassLoader(Libtorch.loader());
            starter.start();
            try {
                starter.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the tensor engine started", e);
            }
            if (failure[0] != null) {
                throw new EngineException(Libtorch.advice(failure[0]), failure[0]);
            }
            started = true;
        }
    }

    /**
     * The device that a specification names.
     *
     * @param spec {@code auto} (the first GPU if the library sees one, else the CPU), {@code cpu} or {@code cuda:N}
     * @throws IllegalArgumentException if it is malformed or the device is absent
     */
    public static Device device(String spec) {
        String wanted = spec.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return Device.cpu();
        }
        start();
        if (wanted.equals("auto")) {
            return present(Device.gpu(0)) == null ? Device.gpu(0) : Device.cpu();
        }
        if (!wanted.matches("cuda(:\\d{1,3})?")) {
            throw new IllegalArgumentException("device \"" + spec + "\" is none of auto, cpu, cuda:N");
        }
        Device device = Device.gpu(wanted.length() > 5 ? Integer.parseInt(wanted.substring(5)) : 0);
        String problem = present(device);
        if (problem != null) {
            throw new IllegalArgumentException("device " + wanted + " is not available: " + problem
                    + ". Use --device cpu, or point --libtorch at a CUDA build (eidolon doctor says more)");
        }
        return device;
    }

    private static String present(Device device) {
        if (!Libtorch.mayHaveCuda()) {
            return "the library in use has no CUDA support";
        }
        try (NDManager manager = NDManager.newBaseManager(device, ENGINE)) {
            manager.zeros(new Shape(1)).close();
            return null;
        } catch (EngineException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf('\n');
            return end < 0 ? message : message.substring(0, end);
        }
    }

    /** Seeds the random generators of all devices. */
    public static void seed(long seed) {
        start();
        JniUtils.setSeed(seed);
    }

    /** Sets the calling thread's gradient mode and returns what it was. */
    public static boolean gradients(boolean on) {
        start();
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(on);
        return before;
    }

    /** Turns gradients off in the calling thread until the result is closed. */
    public static Mode noGradient() {
        return new Mode(gradients(false));
    }

    /** Turns gradients on in the calling thread until the result is closed. */
    public static Mode gradient() {
        return new Mode(gradients(true));
    }

    /** Adds the gradients of a loss (one element) to the leaves it depends on. */
    public static void backward(NDArray loss) {
        if (loss.getShape().size() != 1) {
            throw new IllegalArgumentException("a loss has one element, got shape " + loss.getShape());
        }
        try (NDArray one = loss.onesLike()) {
            backward(loss, one);
        }
    }

    /** Adds to the leaves' gradients the product of an upstream gradient (same shape) with the tensor's Jacobian. */
    public static void backward(NDArray tensor, NDArray upstream) {
        JniUtils.backward((PtNDArray) tensor, (PtNDArray) upstream, false, false);
    }

    /** The gradient of a leaf, zeros if it has none yet; it belongs to the leaf's scope, so close it after use. */
    public static NDArray gradient(NDArray leaf) {
        return leaf.getGradient();
    }

    /** The gradient of a leaf, zeros if it has none yet; it belongs to the scope given. */
    public static NDArray gradient(Scope scope, NDArray leaf) {
        long handle = Native.grad(((PtNDArray) leaf).getHandle());
        return handle == 0
                ? scope.manager().zeros(leaf.getShape(), leaf.getDataType())
                : new PtNDArray(scope.pytorch(), handle);
    }

    /** Whether a backward pass has reached the leaf. */
    public static boolean hasGradient(NDArray leaf) {
        long handle = Native.grad(((PtNDArray) leaf).getHandle());
        if (handle == 0) {
            return false;
        }
        Native.deleteTensor(handle);
        return true;
    }

    /**
     * The gradients of an output by leaves, without touching what the leaves have collected.
     *
     * @param upstream the gradient by the output, or null for an output of one element
     * @throws EngineException if a leaf does not take part
     */
    public static List<NDArray> gradients(Scope scope, NDArray output, NDArray upstream, List<NDArray> leaves) {
        return Optimise.KERNELS.callAll(scope, "gradients", output, upstream, leaves);
    }

    private static final class Optimise {
        static final Script KERNELS = Script.load(Torch.class, "optimise.py");
    }

    /** Sets a leaf's gradient to zero, if it has one. */
    public static void zeroGradient(NDArray leaf) {
        JniUtils.zeroGrad((PtNDArray) leaf);
    }

    /** The same values, cut from the graph; belongs to the tensor's scope. */
    public static NDArray detach(NDArray tensor) {
        return JniUtils.detachGradient((PtNDArray) tensor);
    }

    /** The same values, cut from the graph; belongs to the scope given. */
    public static NDArray detach(Scope scope, NDArray tensor) {
        return new PtNDArray(scope.pytorch(), Native.detach(((PtNDArray) tensor).getHandle()));
    }

    /** Makes a tensor that no graph made into a leaf that collects gradients, and returns it. */
    public static NDArray parameter(NDArray tensor) {
        tensor.setRequiresGradient(true);
        return tensor;
    }

    /** A GPU: its number, the driver's name for it, and memory in bytes (−1 where unknown). */
    public record Gpu(int index, String model, long usedBytes, long totalBytes) {}

    /** What is loaded: libtorch's version, where from, its capabilities, CPU threads, and the GPUs it can use. */
    public record Description(String version, String folder, List<String> capabilities, int threads, List<Gpu> gpus) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("libtorch " + version + " from " + folder + ", "
                    + String.join(" ", capabilities) + ", " + threads + " CPU threads");
            for (Gpu gpu : gpus) {
                text.append(String.format("%ncuda:%d %s", gpu.index(), gpu.model()));
                if (gpu.totalBytes() >= 0) {
                    text.append(String.format(
                            Locale.ROOT,
                            ", %.1f of %.1f GiB used",
                            gpu.usedBytes() / 0x1p30,
                            gpu.totalBytes() / 0x1p30));
                }
            }
            return gpus.isEmpty() ? text + ", no GPU" : text.toString();
        }
    }

    /** Describes what is loaded; starts the engine if need be. */
    public static Description describe() {
        start();
        List<Gpu> gpus = new ArrayList<>();
        if (Libtorch.mayHaveCuda()) {
            // the driver lists more than CUDA_VISIBLE_DEVICES shows, and asking for one of those breaks every later
            // call
            for (Gpu gpu : Gpus.expected()) {
                long used = -1;
                long total = -1;
                try {
                    MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu(gpu.index()));
                    used = memory.getUsed();
                    total = memory.getMax();
                } catch (RuntimeException e) {
                    // no CUDA runtime library in the system: libtorch can bring its own, out of this one's reach
                }
                gpus.add(new Gpu(gpu.index(), gpu.model(), used, total));
            }
        }
        List<String> capabilities = JniUtils.getFeatures().stream().sorted().toList();
        String version = Engine.getEngine(ENGINE).getVersion();
        return new Description(version, Libtorch.chosen(), capabilities, JniUtils.getNumThreads(), gpus);
    }

    /** Returns cached GPU memory to the driver. */
    public static void emptyCache() {
        if (started && Libtorch.mayHaveCuda()) {
            JniUtils.emptyCudaCache();
        }
    }

    /** Waits until a device has done what was asked of it. */
    public static void await(Scope scope) {
        try (NDArray one = scope.zeros(1)) {
            one.toFloatArray();
        }
    }

    /**
     * Whether cuDNN tries algorithms out at the first convolution of each shape and keeps the fastest; for the whole process.
     * Worth it where shapes stay the same.
     */
    public static void tryConvolutions(boolean on) {
        start();
        JniUtils.setBenchmarkCuDNN(on);
    }

    /**
     * Whether the graph executor profiles scripts and fuses pointwise operators, in the calling thread. Off unless asked for:
     * see {@link #prepareThread}.
     */
    public static void fuse(boolean on) {
        start();
        PREPARED.set(true);
        JniUtils.setGraphExecutorOptimize(on);
    }

    /**
     * Turns the graph executor's profiling off in the calling thread (it is set per thread): it re-specialises for each
     * new shape, which cost far more than it gained.
     */
    static void prepareThread() {
        if (PREPARED.get() == null) {
            JniUtils.setGraphExecutorOptimize(false);
            PREPARED.set(true);
        }
    }
}
