// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;

/**
 * Published ArcFace networks (Deng et al., CVPR 2019) as ONNX, which give 512 numbers for a face: what
 * IP-Adapter-FaceID was trained with. Crops are aligned as {@link FaceAlignment} does and brought to [−1, 1]; networks
 * that scale pixels themselves (those converted from MXNet) are not told apart and give other numbers. Safe to use from
 * many threads.
 */
public final class ArcFace implements AutoCloseable {
    /** Length of an embedding. */
    public static final int EMBEDDING = 512;

    private static final int SIDE = FaceAlignment.SIZE;
    private static final int PIXELS = SIDE * SIDE;

    private final Model model;
    private final OrtSession session;
    private final String input;

    private ArcFace(Model model) {
        this.model = model;
        this.session = Onnx.open(model, 1);
        try {
            input = checked(session);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens a network.
     *
     * @throws ModelException when its input is not (batch, 3, 112, 112) or its output not (batch, 512)
     */
    public static ArcFace open(Model model) {
        return new ArcFace(model);
    }

    private String checked(OrtSession session) {
        try {
            if (session.getInputInfo().size() != 1 || session.getOutputInfo().size() != 1) {
                throw new ModelException("weights '" + model.info().id() + "' have "
                        + session.getInputInfo().size() + " inputs and "
                        + session.getOutputInfo().size() + " outputs; ArcFace has one of each");
            }
            NodeInfo in = session.getInputInfo().values().iterator().next();
            expect(in, "input", 3, SIDE, SIDE);
            expect(session.getOutputInfo().values().iterator().next(), "output", EMBEDDING);
            return in.getName();
        } catch (OrtException e) {
            throw Onnx.failed("looking at '" + model.info().id() + "'", e);
        }
    }

    /** The shape behind the batch. */
    private void expect(NodeInfo node, String what, long... shape) {
        long[] is = node.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
        boolean fits = is.length == shape.length + 1 && (is[0] < 0 || is[0] == 1);
        for (int i = 0; fits && i < shape.length; i++) {
            fits = is[i + 1] == shape[i] || is[i + 1] < 0;
        }
        if (!fits) {
            throw new ModelException("weights '" + model.info().id() + "' are no ArcFace: their " + what + " '"
                    + node.getName() + "' has shape " + Arrays.toString(is) + ", expected (batch, "
                    + Arrays.toString(shape).replaceAll("[\\[\\]]", "") + ")");
        }
    }

    /** Logical id of the weights. */
    public String id() {
        return model.info().id();
    }

    /** Hash of the weights. */
    public String sha256() {
        return model.info().sha256();
    }

    /**
     * The embedding of an aligned crop, of unit length.
     *
     * @throws PhotoException when the network makes none of it
     */
    public float[] encode(Photo crop) {
        if (crop.width() != SIDE || crop.height() != SIDE) {
            throw new IllegalArgumentException("a crop of " + crop.width() + "×" + crop.height()
                    + " is not aligned: use FaceAlignment, which makes " + SIDE + "×" + SIDE);
        }
        float[] planes = new float[3 * PIXELS];
        byte[] rgb = crop.raw();
        for (int p = 0; p < PIXELS; p++) {
            for (int c = 0; c < 3; c++) {
                planes[c * PIXELS + p] = ((rgb[p * 3 + c] & 0xff) - 127.5f) / 127.5f;
            }
        }
        float[] embedding = new float[EMBEDDING];
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        Onnx.environment(), FloatBuffer.wrap(planes), new long[] {1, 3, SIDE, SIDE});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer out = ((OnnxTensor) result.get(0)).getFloatBuffer();
            if (out.remaining() != EMBEDDING) {
                throw new ModelException(
                        "weights '" + model.info().id() + "' gave " + out.remaining() + " numbers, not " + EMBEDDING);
            }
            out.get(embedding);
        } catch (OrtException e) {
            throw Onnx.failed("ArcFace", e);
        }
        if (!Identity.unit(embedding, 0, EMBEDDING)) {
            throw new PhotoException("the crop has no identity: its pixels hold no face");
        }
        return embedding;
    }

    /**
     * One identity of several photos of one person: the mean of their embeddings, made unit length, and nothing else.
     *
     * @throws PhotoException when the embeddings cancel out, which those of one person never do
     */
    public static Identity identity(ArcFace encoder, List<float[]> embeddings) {
        if (embeddings.isEmpty()) {
            throw new IllegalArgumentException("an identity needs at least one photo");
        }
        float[] mean = new float[EMBEDDING];
        for (float[] embedding : embeddings) {
            for (int i = 0; i < EMBEDDING; i++) {
                mean[i] += embedding[i];
            }
        }
        if (!Identity.unit(mean, 0, EMBEDDING)) {
            throw new PhotoException("the photos cancel each other out: they show different people; give one person's");
        }
        return new Identity(encoder.id(), encoder.sha256(), embeddings.size(), mean, new float[0], new float[0]);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw Onnx.failed("closing ArcFace", e);
        }
    }
}
