// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.eidolon.models.Models;

/**
 * 468 points of a detected face (Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on Mobile
 * GPUs", 2019). The network wants an upright crop 1.5 times as large as the points' box, and its points say where that
 * is: so it looks, moves the crop, and looks again until the points rest. Each look is at the crop and its mirror image,
 * and the two are averaged: the points of a mirrored photo are the mirrored points, and noise falls.
 *
 * <p>The five points of the detector are off for faces that lie on their side or upside down, and then the points do not
 * come to rest or the two looks differ; such a face is looked for again from four sides. Safe to use from several
 * threads; a look takes some 20 ms, a face some 0.1 s.
 */
public final class FaceMesh implements AutoCloseable {
    /** The network that ships with Eidolon. */
    public static final String STARTER = "landmarks/face-mesh";

    /** Points of less presence are no face's. */
    public static final float MIN_PRESENCE = 0.5f;

    private static final int SIDE = 192;
    private static final int PIXELS = SIDE * SIDE;
    private static final int NUMBERS = FacePoints.COUNT * 3;
    private static final double ROOM = 1.5;

    /** Side of the first crop in distances between the eyes, or from them to the mouth. */
    private static final double FIRST = 3.4;

    private static final int LEAST_LOOKS = 3;
    private static final int MOST_LOOKS = 8;

    /** Moves of the points, as a share of the face's width: at rest; too restless to be a face. */
    private static final double REST = 0.003;

    private static final double RESTLESS = 0.02;
    private static final double DISAGREE = 0.03;

    private final OrtSession session;

    private FaceMesh(OrtSession session) {
        this.session = session;
    }

    public static FaceMesh open(Models models) {
        return new FaceMesh(Onnx.open(models.get(STARTER), 1));
    }

    /** Where the network looks: a square of the photo, turned. */
    private record Crop(double x, double y, double side, double roll) {
        Similarity toCrop() {
            double a = side / SIDE * Math.cos(roll);
            double b = side / SIDE * Math.sin(roll);
            double c = (SIDE - 1) / 2.0;
            return new Similarity(a, b, x - (a * c - b * c), y - (b * c + a * c)).inverse();
        }
    }

    private record Attempt(FacePoints points, double move) {
        boolean good() {
            return points.presence() >= MIN_PRESENCE && points.disagreement() < DISAGREE && move < RESTLESS;
        }

        double worth() {
            return points.presence() - 10 * points.disagreement() - 5 * move;
        }
    }

    /**
     * The points of a face that the detector found. Where there is no face after all the presence is low (see
     * {@link #MIN_PRESENCE}); this throws nothing for it.
     */
    public FacePoints find(Photo photo, Face face) {
        Attempt best = settle(photo, first(face));
        for (int quarter = 0; quarter < 4 && !best.good(); quarter++) {
            Crop crop = new Crop(
                    (face.left() + face.right()) / 2,
                    (face.top() + face.bottom()) / 2,
                    ROOM * Math.max(Math.max(face.width(), face.height()), 1),
                    quarter * Math.PI / 2);
            Attempt next = settle(photo, crop);
            best = next.worth() > best.worth() ? next : best;
        }
        return best.points;
    }

    private Attempt settle(Photo photo, Crop first) {
        FacePoints points = look(photo, first);
        double move = Double.POSITIVE_INFINITY;
        for (int looks = 1; looks < MOST_LOOKS && !(looks >= LEAST_LOOKS && move < REST); looks++) {
            Crop crop = around(points);
            if (!(crop.side > 1) || !(crop.side < 1e6)) {
                return new Attempt(points, Double.POSITIVE_INFINITY);
            }
            FacePoints next = look(photo, crop);
            move = points.distance(next);
            points = next;
        }
        return new Attempt(points, move);
    }

    /** Turned by the eyes and, as these come close together in a turned face, by the way from them to the mouth. */
    private static Crop first(Face face) {
        float[] p = face.points();
        double ex = p[2] - p[0];
        double ey = p[3] - p[1];
        double mx = (p[0] + p[2]) / 2;
        double my = (p[1] + p[3]) / 2;
        double dx = (p[6] + p[8]) / 2 - mx;
        double dy = (p[7] + p[9]) / 2 - my;
        double side = FIRST * Math.max(1, Math.max(Math.hypot(ex, ey), Math.hypot(dx, dy)));
        return new Crop(mx + dx / 2, my + dy / 2, side, Math.atan2(ey - dx, ex + dy));
    }

    /** Upright by the outer corners of the eyes and the line from forehead to chin. */
    private static Crop around(FacePoints p) {
        double ex = p.x(FacePoints.EYE_RIGHT) - p.x(FacePoints.EYE_LEFT);
        double ey = p.y(FacePoints.EYE_RIGHT) - p.y(FacePoints.EYE_LEFT);
        double dx = p.x(FacePoints.CHIN) - p.x(FacePoints.FOREHEAD);
        double dy = p.y(FacePoints.CHIN) - p.y(FacePoints.FOREHEAD);
        double e = Math.max(Math.hypot(ex, ey), 1e-6);
        double d = Math.max(Math.hypot(dx, dy), 1e-6);
        double roll = Math.atan2(ey / e - dx / d, ex / e + dy / d);
        double cos = Math.cos(roll);
        double sin = Math.sin(roll);
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < FacePoints.COUNT; i++) {
            double u = p.x(i) * cos + p.y(i) * sin;
            double v = p.y(i) * cos - p.x(i) * sin;
            left = Math.min(left, u);
            right = Math.max(right, u);
            top = Math.min(top, v);
            bottom = Math.max(bottom, v);
        }
        double u = (left + right) / 2;
        double v = (top + bottom) / 2;
        return new Crop(u * cos - v * sin, u * sin + v * cos, ROOM * Math.max(right - left, bottom - top), roll);
    }

    private FacePoints look(Photo photo, Crop crop) {
        Similarity toCrop = crop.toCrop();
        byte[] rgb = FaceAlignment.warp(photo, toCrop, SIDE, SIDE).raw();
        float[] input = new float[2 * 3 * PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            int mirrored = 3 * PIXELS + i / SIDE * SIDE + SIDE - 1 - i % SIDE;
            for (int c = 0; c < 3; c++) {
                float value = (rgb[3 * i + c] & 0xff) / 255f;
                input[c * PIXELS + i] = value;
                input[c * PIXELS + mirrored] = value;
            }
        }
        float[] raw = new float[2 * NUMBERS];
        float[] presence = new float[2];
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        Onnx.environment(), FloatBuffer.wrap(input), new long[] {2, 3, SIDE, SIDE});
                OrtSession.Result result = session.run(Map.of("face", tensor))) {
            ((OnnxTensor) result.get("points").orElseThrow()).getFloatBuffer().get(raw);
            ((OnnxTensor) result.get("presence").orElseThrow()).getFloatBuffer().get(presence);
        } catch (OrtException e) {
            throw Onnx.failed("the face's points", e);
        }
        return merge(raw, Math.min(presence[0], presence[1]), toCrop.inverse());
    }

    /** The network counts from the crop's corner: centres of pixels lie at halves. */
    private static FacePoints merge(float[] raw, float presence, Similarity toPhoto) {
        float[] points = new float[NUMBERS];
        double apart = 0;
        for (int i = 0; i < FacePoints.COUNT; i++) {
            int at = 3 * i;
            int other = NUMBERS + 3 * FacePoints.partner(i);
            double x = raw[at];
            double y = raw[at + 1];
            double mx = SIDE - raw[other];
            double my = raw[other + 1];
            apart += Math.hypot(x - mx, y - my);
            double u = (x + mx) / 2 - 0.5;
            double v = (y + my) / 2 - 0.5;
            points[at] = (float) toPhoto.x(u, v);
            points[at + 1] = (float) toPhoto.y(u, v);
            points[at + 2] = (float) ((raw[at + 2] + raw[other + 2]) / 2 * toPhoto.scale());
        }
        FacePoints merged = new FacePoints(points, presence, 0);
        double width = merged.width() / toPhoto.scale();
        return new FacePoints(points, presence, (float) (apart / FacePoints.COUNT / Math.max(width, 1e-3)));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw Onnx.failed("closing the face's points", e);
        }
    }
}
