// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.Models;

/**
 * Turns aligned 112×112 crops into identity embeddings and feature maps (ArcFace: Deng et al., "ArcFace: Additive
 * Angular Margin Loss for Deep Face Recognition", CVPR 2019; MobileFaceNet: Chen et al., 2018). Safe to use from many
 * threads; a crop's result does not depend on what it is batched with.
 */
public final class IdentityEncoder implements AutoCloseable {
    /** The encoder that ships with Eidolon. */
    public static final String STARTER = "identity/mobilefacenet-arcface";

    /** Length of an embedding, number of feature tokens, length of a token. */
    public static final int EMBEDDING = 192;

    public static final int TOKENS = 49;
    public static final int TOKEN = 128;

    /** Cells along a side of the crop whose mean colours are kept, and the numbers they take. */
    public static final int CELLS = 14;

    public static final int COLOURS = CELLS * CELLS * 3;

    private static final int SIDE = FaceAlignment.SIZE;
    private static final int PIXELS = SIDE * SIDE;
    private static final int BATCH = 8;

    private final Model model;
    private final OrtSession session;

    private IdentityEncoder(Model model) {
        this.model = model;
        this.session = Onnx.open(model, 1);
        if (!session.getOutputNames().containsAll(List.of("embedding", "features"))) {
            close();
            throw new ModelException("weights '" + model.info().id() + "' are no identity encoder: they lack the"
                    + " outputs 'embedding' and 'features'");
        }
    }

    /** The starter encoder. */
    public static IdentityEncoder open(Models models) {
        return open(models.get(STARTER));
    }

    /** An encoder by its weights: input {@code face} (batch, 3, 112, 112); outputs as the starter's. */
    public static IdentityEncoder open(Model model) {
        return new IdentityEncoder(model);
    }

    /** Logical id of the weights, which a prior names. */
    public String id() {
        return model.info().id();
    }

    /** Hash of the weights, which a prior names. */
    public String sha256() {
        return model.info().sha256();
    }

    /** One aligned crop. */
    public Encoding encode(Photo crop) {
        return encode(List.of(crop)).getFirst();
    }

    /** Aligned crops, on all cores. */
    public List<Encoding> encode(List<Photo> crops) {
        for (Photo crop : crops) {
            if (crop.width() != SIDE || crop.height() != SIDE) {
                throw new IllegalArgumentException("a crop of " + crop.width() + "×" + crop.height()
                        + " is not aligned: use FaceAlignment, which makes " + SIDE + "×" + SIDE);
            }
        }
        Encodings packed =
                run(crops.size(), cores(), (i, out, at) -> planes(crops.get(i).raw(), out, at));
        List<Encoding> encodings = new ArrayList<>(crops.size());
        for (int i = 0; i < crops.size(); i++) {
            encodings.add(new Encoding(
                    Arrays.copyOfRange(packed.embeddings(), i * EMBEDDING, (i + 1) * EMBEDDING),
                    Arrays.copyOfRange(packed.features(), i * TOKENS * TOKEN, (i + 1) * TOKENS * TOKEN),
                    Arrays.copyOfRange(packed.colours(), i * COLOURS, (i + 1) * COLOURS)));
        }
        return encodings;
    }

    /** Many crops on all cores: {@code crops} is (count, 112, 112, 3), RGB in [0, 1], rows from the top. */
    public Encodings encode(float[] crops, int count) {
        return encode(crops, count, cores());
    }

    /** Many crops, each worker thread computing on its own: throughput grows with {@code threads}. */
    public Encodings encode(float[] crops, int count, int threads) {
        if (crops.length != Math.multiplyExact(count, PIXELS * 3)) {
            throw new IllegalArgumentException(
                    count + " crops of 112×112×3 are " + (long) count * PIXELS * 3 + " numbers, not " + crops.length);
        }
        return run(count, threads, (i, out, at) -> planes(crops, i * PIXELS * 3, out, at));
    }

    /** Many crops of 8 bits: {@code crops} is (count, 112, 112, 3), RGB, rows from the top. */
    public Encodings encode(byte[] crops, int count, int threads) {
        if (crops.length != Math.multiplyExact(count, PIXELS * 3)) {
            throw new IllegalArgumentException(
                    count + " crops of 112×112×3 are " + (long) count * PIXELS * 3 + " bytes, not " + crops.length);
        }
        return run(
                count,
                threads,
                (i, out, at) -> planes(Arrays.copyOfRange(crops, i * PIXELS * 3, (i + 1) * PIXELS * 3), out, at));
    }

    /** Embeddings as the network gives them; {@link #encode} makes them unit length. */
    List<float[]> raw(List<Photo> crops) {
        float[] input = new float[crops.size() * PIXELS * 3];
        for (int i = 0; i < crops.size(); i++) {
            planes(crops.get(i).raw(), input, i * PIXELS * 3);
        }
        float[] embeddings = new float[crops.size() * EMBEDDING];
        infer(input, 0, crops.size(), embeddings, new float[crops.size() * TOKENS * TOKEN]);
        List<float[]> list = new ArrayList<>();
        for (int i = 0; i < crops.size(); i++) {
            list.add(Arrays.copyOfRange(embeddings, i * EMBEDDING, (i + 1) * EMBEDDING));
        }
        return list;
    }

    private interface Filler {
        void fill(int crop, float[] out, int at);
    }

    private static void planes(byte[] rgb, float[] out, int at) {
        for (int p = 0; p < PIXELS; p++) {
            for (int c = 0; c < 3; c++) {
                out[at + c * PIXELS + p] = ((rgb[p * 3 + c] & 0xff) - 127.5f) / 128f;
            }
        }
    }

    private static void planes(float[] rgb, int from, float[] out, int at) {
        for (int p = 0; p < PIXELS; p++) {
            for (int c = 0; c < 3; c++) {
                out[at + c * PIXELS + p] = (rgb[from + p * 3 + c] * 255f - 127.5f) / 128f;
            }
        }
    }

    /** Mean colours of the cells of an encoder's input. */
    private static void cells(float[] input, int from, float[] out, int at) {
        int side = SIDE / CELLS;
        for (int p = 0; p < PIXELS; p++) {
            int cell = p / SIDE / side * CELLS + p % SIDE / side;
            for (int c = 0; c < 3; c++) {
                out[at + cell * 3 + c] += (input[from + c * PIXELS + p] * 128f + 127.5f) / (255f * side * side);
            }
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private Encodings run(int count, int threads, Filler filler) {
        float[] embeddings = new float[count * EMBEDDING];
        float[] features = new float[Math.multiplyExact(count, TOKENS * TOKEN)];
        float[] colours = new float[count * COLOURS];
        int batches = (count + BATCH - 1) / BATCH;
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            float[] input = new float[BATCH * PIXELS * 3];
            for (int b = next.getAndIncrement(); b < batches; b = next.getAndIncrement()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("encoding was cancelled");
                }
                int from = b * BATCH;
                int size = Math.min(BATCH, count - from);
                for (int i = 0; i < size; i++) {
                    filler.fill(from + i, input, i * PIXELS * 3);
                }
                for (int i = 0; i < size; i++) {
                    cells(input, i * PIXELS * 3, colours, (from + i) * COLOURS);
                }
                infer(input, from, size, embeddings, features);
                unit(embeddings, from, size);
            }
        };
        int workers = Math.max(1, Math.min(threads, batches));
        if (workers == 1) {
            worker.run();
        } else {
            parallel(worker, workers);
        }
        return new Encodings(count, embeddings, features, colours);
    }

    private static void parallel(Runnable worker, int workers) {
        try (ExecutorService pool = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(worker));
            }
            for (Future<?> future : running) {
                try {
                    future.get();
                } catch (InterruptedException e) {
                    pool.shutdownNow();
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("encoding was cancelled", e);
                } catch (ExecutionException e) {
                    pool.shutdownNow();
                    throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                }
            }
        }
    }

    private void infer(float[] input, int from, int size, float[] embeddings, float[] features) {
        FloatBuffer data = FloatBuffer.wrap(input, 0, size * PIXELS * 3);
        try (OnnxTensor tensor = OnnxTensor.createTensor(Onnx.environment(), data, new long[] {size, 3, SIDE, SIDE});
                OrtSession.Result result = session.run(Map.of("face", tensor))) {
            read(result, "embedding").get(embeddings, from * EMBEDDING, size * EMBEDDING);
            read(result, "features").get(features, from * TOKENS * TOKEN, size * TOKENS * TOKEN);
        } catch (OrtException e) {
            throw Onnx.failed("the identity encoder", e);
        }
    }

    private static void unit(float[] embeddings, int from, int size) {
        for (int i = from; i < from + size; i++) {
            if (!Identity.unit(embeddings, i * EMBEDDING, EMBEDDING)) {
                throw new PhotoException("crop " + i + " has no identity: its pixels are not finite or hold no face");
            }
        }
    }

    private static FloatBuffer read(OrtSession.Result result, String name) {
        return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw Onnx.failed("closing the identity encoder", e);
        }
    }
}
