// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eidolon.models.Models;

/**
 * Finds faces and their five points (Deng et al., "RetinaFace: Single-stage Dense Face Localisation in the Wild", CVPR
 * 2020; the small network). A photo is looked at with its long side at 640 pixels; when nothing is found, also smaller
 * (for faces that fill or leave the frame) and larger (for tiny ones). Safe to use from several threads.
 */
public final class FaceDetector implements AutoCloseable {
    /** The detector that ships with Eidolon. */
    public static final String STARTER = "detector/retinaface-mnet25";

    /** Lowest confidence of a face that is reported. */
    public static final float MIN_SCORE = 0.6f;

    private static final int[] STRIDES = {32, 16, 8};
    private static final int[][] ANCHORS = {{512, 256}, {128, 64}, {32, 16}};
    private static final float CENTRE = 7.5f;
    private static final float POINT_SCALE = 0.2f;
    private static final float MAX_OVERLAP = 0.4f;
    private static final float MAX_INSIDE = 0.8f;
    private static final int FIRST = 640;
    private static final int[] FURTHER = {320, 1280, 2048};
    private static final double MAX_ENLARGEMENT = 2;

    private final OrtSession session;

    private FaceDetector(OrtSession session) {
        this.session = session;
    }

    public static FaceDetector open(Models models) {
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        return new FaceDetector(Onnx.open(models.get(STARTER), threads));
    }

    /** Faces in the photo, from left to right; empty when there is none. */
    public List<Face> detect(Photo photo) {
        return detect(photo, MIN_SCORE);
    }

    /** Faces of at least the given confidence (0 to 1), from left to right; empty when there is none. */
    public List<Face> detect(Photo photo, float minScore) {
        List<Face> faces = look(photo, FIRST, minScore);
        int longSide = Math.max(photo.width(), photo.height());
        for (int i = 0; faces.isEmpty() && i < FURTHER.length; i++) {
            if (FURTHER[i] < FIRST || FURTHER[i] <= longSide * MAX_ENLARGEMENT) {
                faces = look(photo, FURTHER[i], minScore);
            }
        }
        return faces.stream().sorted(Comparator.comparingDouble(Face::left)).toList();
    }

    private List<Face> look(Photo photo, int longSide, float minScore) {
        double scale = (double) longSide / Math.max(photo.width(), photo.height());
        int w = (int) Math.ceil(photo.width() * scale);
        int h = (int) Math.ceil(photo.height() * scale);
        // A smaller look goes into the middle of a full frame: a face without room around it is found better with it.
        int width = roundUp(longSide < FIRST ? FIRST : w);
        int height = roundUp(longSide < FIRST ? FIRST : h);
        int left = longSide < FIRST ? (width - w) / 2 : 0;
        int top = longSide < FIRST ? (height - h) / 2 : 0;
        // Pixel centres at whole numbers: (x + 0.5) scale − 0.5.
        Similarity toFrame = new Similarity(scale, 0, 0.5 * scale - 0.5 + left, 0.5 * scale - 0.5 + top);
        byte[] rgb = FaceAlignment.warp(photo, toFrame, width, height).raw();
        int pixels = width * height;
        float[] planes = new float[3 * pixels];
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < 3; c++) {
                planes[c * pixels + p] = rgb[p * 3 + c] & 0xff;
            }
        }
        List<Face> found = new ArrayList<>();
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        Onnx.environment(), FloatBuffer.wrap(planes), new long[] {1, 3, height, width});
                OrtSession.Result result = session.run(Map.of("data", tensor))) {
            for (int level = 0; level < STRIDES.length; level++) {
                decode(result, level, width / STRIDES[level], height / STRIDES[level], minScore, found);
            }
        } catch (OrtException e) {
            throw Onnx.failed("the face detector", e);
        }
        Similarity toPhoto = toFrame.inverse();
        return suppress(found).stream().map(f -> move(f, toPhoto)).toList();
    }

    private static int roundUp(int size) {
        return (size + 31) / 32 * 32;
    }

    private static FloatBuffer output(OrtSession.Result result, String name, int stride) {
        return ((OnnxTensor) result.get("face_rpn_" + name + "_stride" + stride).orElseThrow()).getFloatBuffer();
    }

    /** Anchors of two sizes at each cell; box and points are offsets from the anchor in units of its size. */
    private static void decode(
            OrtSession.Result result, int level, int columns, int rows, float minScore, List<Face> found) {
        int stride = STRIDES[level];
        FloatBuffer scores = output(result, "cls_prob_reshape", stride);
        FloatBuffer boxes = output(result, "bbox_pred", stride);
        FloatBuffer points = output(result, "landmark_pred", stride);
        int cells = rows * columns;
        for (int a = 0; a < 2; a++) {
            float size = ANCHORS[level][a];
            for (int cell = 0; cell < cells; cell++) {
                float score = scores.get((2 + a) * cells + cell);
                if (!(score >= minScore)) {
                    continue;
                }
                float cx = CENTRE + cell % columns * stride;
                float cy = CENTRE + cell / columns * stride;
                int box = a * 4 * cells + cell;
                float x = cx + boxes.get(box) * size;
                float y = cy + boxes.get(box + cells) * size;
                float w = (float) Math.exp(boxes.get(box + 2 * cells)) * size;
                float h = (float) Math.exp(boxes.get(box + 3 * cells)) * size;
                float[] five = new float[10];
                for (int k = 0; k < 10; k++) {
                    float delta = points.get((a * 10 + k) * cells + cell) * POINT_SCALE * size;
                    five[k] = (k % 2 == 0 ? cx : cy) + delta;
                }
                found.add(new Face(x - w / 2, y - h / 2, x + w / 2, y + h / 2, five, score));
            }
        }
    }

    /** Keeps the surest of overlapping faces, and none that lies mostly inside a surer one. */
    static List<Face> suppress(List<Face> faces) {
        List<Face> kept = new ArrayList<>();
        faces.stream()
                .sorted(Comparator.comparingDouble(Face::score).reversed())
                .forEach(face -> {
                    for (Face other : kept) {
                        float common = common(face, other);
                        float union = face.area() + other.area() - common;
                        if (common > MAX_OVERLAP * union || common > MAX_INSIDE * Math.min(face.area(), other.area())) {
                            return;
                        }
                    }
                    kept.add(face);
                });
        return kept;
    }

    private static float common(Face a, Face b) {
        float w = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
        float h = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
        return Math.max(0, w) * Math.max(0, h);
    }

    private static Face move(Face f, Similarity s) {
        float[] p = f.points();
        float[] q = new float[10];
        for (int k = 0; k < 10; k += 2) {
            q[k] = (float) s.x(p[k], p[k + 1]);
            q[k + 1] = (float) s.y(p[k], p[k + 1]);
        }
        return new Face(
                (float) s.x(f.left(), f.top()),
                (float) s.y(f.left(), f.top()),
                (float) s.x(f.right(), f.bottom()),
                (float) s.y(f.right(), f.bottom()),
                q,
                f.score());
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw Onnx.failed("closing the face detector", e);
        }
    }
}
