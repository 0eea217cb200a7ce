// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.eidolon.models.Models;

/**
 * Where people are in a photo, hair and clothes included (MediaPipe's selfie segmentation). The network looks at 256²
 * pixels. All people are one mask, and what they hold may belong to it. Safe to use from several threads.
 */
public final class PersonMask implements AutoCloseable {
    /** The network that ships with Eidolon. */
    public static final String STARTER = "mask/selfie-segmentation";

    /** Side of the square that the network looks at. */
    public static final int SIDE = 256;

    private static final int PIXELS = SIDE * SIDE;

    private final OrtSession session;

    private PersonMask(OrtSession session) {
        this.session = session;
    }

    public static PersonMask open(Models models) {
        return new PersonMask(Onnx.open(models.get(STARTER), 1));
    }

    /**
     * The whole photo's mask in the photo's own size: (height, width) numbers, rows from the top, 0 background to 1
     * person. The photo is looked at with its longer side at 256 pixels and its aspect kept, so an outline in a large
     * photo is smooth rather than fine; {@link #of(Photo, Similarity)} sees more of a part.
     */
    public float[] of(Photo photo) {
        double scale = (double) SIDE / Math.max(photo.width(), photo.height());
        // the photo's middle, in pixel centres, comes to the square's
        double middle = (SIDE - 1) / 2.0;
        Similarity toSquare = new Similarity(
                scale, 0, middle - scale * (photo.width() - 1) / 2, middle - scale * (photo.height() - 1) / 2);
        float[] square = of(photo, toSquare);
        float[] out = new float[photo.width() * photo.height()];
        for (int y = 0; y < photo.height(); y++) {
            for (int x = 0; x < photo.width(); x++) {
                out[y * photo.width() + x] = bilinear(square, toSquare.x(x, y), toSquare.y(x, y));
            }
        }
        return out;
    }

    /**
     * The mask of a part: 256 × 256 numbers in the square that {@code toSquare} takes photo pixels to. Outside the
     * photo the network sees black.
     */
    public float[] of(Photo photo, Similarity toSquare) {
        byte[] rgb = FaceAlignment.warp(photo, toSquare, SIDE, SIDE).raw();
        float[] input = new float[3 * PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            for (int c = 0; c < 3; c++) {
                input[c * PIXELS + i] = (rgb[3 * i + c] & 0xff) / 255f;
            }
        }
        float[] mask = new float[PIXELS];
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        Onnx.environment(), FloatBuffer.wrap(input), new long[] {1, 3, SIDE, SIDE});
                OrtSession.Result result = session.run(Map.of("picture", tensor))) {
            ((OnnxTensor) result.get("mask").orElseThrow()).getFloatBuffer().get(mask);
        } catch (OrtException e) {
            throw Onnx.failed("the person mask", e);
        }
        return mask;
    }

    /** A value between the square's pixels, of the nearest one beyond its border. */
    private static float bilinear(float[] square, double x, double y) {
        double u = Math.clamp(x, 0, SIDE - 1);
        double v = Math.clamp(y, 0, SIDE - 1);
        int x0 = Math.min((int) u, SIDE - 2);
        int y0 = Math.min((int) v, SIDE - 2);
        double fx = u - x0;
        double fy = v - y0;
        int at = y0 * SIDE + x0;
        double top = square[at] * (1 - fx) + square[at + 1] * fx;
        double bottom = square[at + SIDE] * (1 - fx) + square[at + SIDE + 1] * fx;
        return (float) (top * (1 - fy) + bottom * fy);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw Onnx.failed("closing the person mask", e);
        }
    }
}
