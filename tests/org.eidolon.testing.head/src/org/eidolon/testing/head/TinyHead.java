// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.model.HeadSpace;

/**
 * A head model that tests can make in a moment where ICT-FaceKit is absent: an ellipsoid of a head's size with nose,
 * eyeballs, a little mouth inside, the 68 landmarks about where a face has them, four identity modes and all
 * expression shapes of ICT-FaceKit by name, each a small offset where its name says. So everything that takes a
 * {@link HeadModel} runs on it: {@code Expression.standard()}, {@code SkinRegions}, portraits, training. It looks like
 * no one: figures of likeness measured on it mean nothing.
 *
 * <pre>
 * HeadModel model = TinyHead.model();                       // about 2,300 vertices
 * float[] smile = model.shapeWeights(Expression.standard().get(1).weights());
 * Mesh head = Mesh.of(model.vertices(new float[] {1, 0, 0, -1}, smile), model.triangles());
 * HeadPack.write(model, file);                              // for code that wants a file
 * </pre>
 */
public final class TinyHead {
    /** Names without a side stand for themselves; the others come as _L and _R. */
    private static final List<String> MIDDLE = List.of(
            "jawForward",
            "jawLeft",
            "jawOpen",
            "jawRight",
            "mouthClose",
            "mouthFunnel",
            "mouthLeft",
            "mouthPucker",
            "mouthRight",
            "mouthRollLower",
            "mouthRollUpper",
            "mouthShrugLower",
            "mouthShrugUpper");

    private static final List<String> SIDED = List.of(
            "browDown",
            "browInnerUp",
            "browOuterUp",
            "cheekPuff",
            "cheekSquint",
            "eyeBlink",
            "eyeLookDown",
            "eyeLookIn",
            "eyeLookOut",
            "eyeLookUp",
            "eyeSquint",
            "eyeWide",
            "mouthDimple",
            "mouthFrown",
            "mouthLowerDown",
            "mouthPress",
            "mouthSmile",
            "mouthStretch",
            "mouthUpperUp",
            "noseSneer");

    /** Half axes and centre of the head in centimetres of ICT-FaceKit. */
    private static final double[] AXES = {8.2, 11.5, 11};

    private static final double[] CENTRE = {0, 2, 0.5};
    private static final int RINGS = 34;
    private static final int SEGMENTS = 64;

    private static final HeadModel MODEL = new TinyHead().build();

    private final List<double[]> points = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> corners = new ArrayList<>();

    private TinyHead() {}

    /** The model; always the same one. */
    public static HeadModel model() {
        return MODEL;
    }

    /** The 53 names of the expression shapes. */
    public static List<String> shapeNames() {
        return Stream.concat(MIDDLE.stream(), SIDED.stream().flatMap(n -> Stream.of(n + "_L", n + "_R")))
                .sorted()
                .toList();
    }

    private HeadModel build() {
        ellipsoid(CENTRE, AXES, RINGS, SEGMENTS, Part.FACE);
        int skin = points.size();
        for (int v = 0; v < skin; v++) {
            double[] p = points.get(v);
            if (p[2] > 0) p[2] += 2.4 * bump(p[0], p[1] - 0.6, 1.3, 2.2) + 0.7 * bump(p[0], p[1] + 3.4, 2.2, 0.9);
            if (p[1] < -6.5 && p[2] < 6) parts.set(v, Part.NECK);
        }
        for (int side = -1; side <= 1; side += 2) {
            ellipsoid(new double[] {3.1 * side, 3.5, 9.3}, new double[] {1.4, 1.4, 1.4}, 8, 12, Part.EYE);
        }
        ellipsoid(new double[] {0, -3, 8}, new double[] {2, 1, 1}, 3, 6, Part.MOUTH);
        ellipsoid(new double[] {0, -2.6, 9}, new double[] {1.5, 0.4, 0.3}, 3, 6, Part.TEETH);
        ellipsoid(new double[] {0, -2, 8.8}, new double[] {1.5, 0.3, 0.3}, 3, 6, Part.GUMS);

        List<float[]> identities = List.of(
                mode(p -> new double[] {0.08 * p[0], 0, 0}),
                mode(p -> new double[] {0, 0.05 * (p[1] - 2), 0}),
                mode(p -> new double[] {0, 0, p[2] > 0 ? 0.8 * bump(p[0], p[1] - 0.6, 1.6, 2.4) : 0}),
                mode(p -> new double[] {0.12 * p[0] * bump(0, p[1] + 6, 1, 4), 0, 0}));
        List<String> names = shapeNames();
        List<float[]> shapes = names.stream().map(this::shape).toList();
        float[] neutral = new float[3 * points.size()];
        for (int i = 0; i < neutral.length; i++) {
            neutral[i] = HeadSpace.fromCentimetres((float) points.get(i / 3)[i % 3], i % 3);
        }
        byte[] ordinals = new byte[parts.size()];
        for (int v = 0; v < ordinals.length; v++)
            ordinals[v] = (byte) parts.get(v).ordinal();
        int[] triangles = corners.stream().mapToInt(i -> i).toArray();
        return new HeadModel(neutral, identities, names, shapes, triangles, ordinals, landmarks(skin));
    }

    /** A ball whose poles lie on the z axis, facing outward. */
    private void ellipsoid(double[] centre, double[] axes, int rings, int segments, Part part) {
        int first = points.size();
        for (int r = 0; r <= rings; r++) {
            for (int s = 0; s < (r == 0 || r == rings ? 1 : segments); s++) {
                double polar = Math.PI * r / rings, around = 2 * Math.PI * s / segments;
                points.add(new double[] {
                    centre[0] + axes[0] * Math.sin(polar) * Math.cos(around),
                    centre[1] + axes[1] * Math.sin(polar) * Math.sin(around),
                    centre[2] + axes[2] * Math.cos(polar)
                });
                parts.add(part);
            }
        }
        int last = points.size() - 1;
        for (int s = 0; s < segments; s++) {
            int next = (s + 1) % segments;
            corners.addAll(List.of(first, first + 1 + s, first + 1 + next));
            for (int r = 0; r < rings - 2; r++) {
                int a = first + 1 + r * segments, b = a + segments;
                corners.addAll(List.of(a + s, b + s, b + next, a + s, b + next, a + next));
            }
            int a = last - segments;
            corners.addAll(List.of(a + s, last, a + next));
        }
    }

    private interface Offset {
        double[] at(double[] point);
    }

    private float[] mode(Offset offset) {
        float[] out = new float[3 * points.size()];
        for (int v = 0; v < points.size(); v++) {
            double[] d = offset.at(points.get(v));
            for (int i = 0; i < 3; i++) out[3 * v + i] = (float) (d[i] / HeadSpace.CENTIMETRES);
        }
        return out;
    }

    /** A bump where the name says, in a direction that is the shape's own. */
    private float[] shape(String name) {
        double side = name.endsWith("_L") ? 1 : name.endsWith("_R") ? -1 : 0;
        double[] at = name.startsWith("brow")
                ? new double[] {2.8, 6, 1.5}
                : name.startsWith("eye")
                        ? new double[] {3.1, 4, 1.2}
                        : name.startsWith("cheek")
                                ? new double[] {4.5, -1, 2}
                                : name.startsWith("nose")
                                        ? new double[] {1, 0, 1.2}
                                        : name.startsWith("jaw")
                                                ? new double[] {0, -7, 3}
                                                : new double[] {2, -3.4, 1.6};
        int turn = Math.floorMod(name.hashCode(), 360);
        double dx = 0.5 * Math.cos(Math.toRadians(turn)), dy = 0.5 * Math.sin(Math.toRadians(turn));
        double dz = name.startsWith("cheekPuff") || name.startsWith("mouthPucker") ? 1 : 0.15;
        return mode(p -> {
            double w = p[2] > 2 ? bump(p[0] - side * at[0], p[1] - at[1], at[2], at[2]) : 0;
            return new double[] {w * dx, w * dy, w * dz};
        });
    }

    /** The vertices of the skin that lie nearest to where a face has its landmarks, as seen from the front. */
    private int[] landmarks(int skin) {
        int[] all = new int[68];
        boolean[] used = new boolean[skin];
        List<double[]> wanted = wanted();
        for (int i = 0; i < all.length; i++) {
            double nearest = Double.MAX_VALUE;
            for (int v = 0; v < skin; v++) {
                double[] p = points.get(v), w = wanted.get(i);
                double d = Math.hypot(p[0] - w[0], p[1] - w[1]);
                if (!used[v] && p[2] > 2 && d < nearest) {
                    nearest = d;
                    all[i] = v;
                }
            }
            used[all[i]] = true;
        }
        return all;
    }

    /** A schematic face in iBUG's order, (x, y) in centimetres: jaw, brows, nose, eyes, outer and inner lips. */
    private static List<double[]> wanted() {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            double turn = Math.PI * (1 + i / 16.0);
            all.add(new double[] {7.4 * Math.cos(turn), 3.5 + 10.8 * Math.sin(turn)});
        }
        for (int i = 0; i < 10; i++) {
            double x = i < 5 ? -5.6 + 1.1 * i : 1.2 + 1.1 * (i - 5);
            all.add(new double[] {x, 6.2 - 0.15 * Math.pow(Math.abs(x) - 3.2, 2)});
        }
        for (int i = 0; i < 4; i++) all.add(new double[] {0, 3.7 - 1.1 * i});
        for (int i = -2; i <= 2; i++) all.add(new double[] {0.65 * i, -1.1});
        for (int side = -1; side <= 1; side += 2) {
            double x = 3.1 * side;
            all.add(new double[] {x - 1.4, 3.5});
            all.add(new double[] {x - 0.6, 4.1});
            all.add(new double[] {x + 0.6, 4.1});
            all.add(new double[] {x + 1.4, 3.5});
            all.add(new double[] {x + 0.6, 2.9});
            all.add(new double[] {x - 0.6, 2.9});
        }
        for (int i = 0; i < 12; i++) {
            double turn = Math.PI * (1 - i / 6.0);
            all.add(new double[] {2.5 * Math.cos(turn), -3.5 + 1 * Math.sin(turn)});
        }
        for (int i = 0; i < 8; i++) {
            double turn = Math.PI * (1 - i / 4.0);
            all.add(new double[] {2 * Math.cos(turn), -3.5 + 0.3 * Math.sin(turn)});
        }
        return all;
    }

    private static double bump(double x, double y, double width, double height) {
        return Math.exp(-(x * x / (width * width) + y * y / (height * height)));
    }

    /** Vertices of a part. */
    public static int[] vertices(Part part) {
        HeadModel model = model();
        return Arrays.stream(range(model.vertexCount()))
                .filter(v -> model.part(v) == part)
                .toArray();
    }

    private static int[] range(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }
}
