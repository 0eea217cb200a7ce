// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.head.view.Framing;
import org.eidolon.mesh.Box;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;

/**
 * Albedo over head space for all expressions of a head: feature grids that all share, over the whole head and a finer
 * one over the face, a small grid of each expression's own over the face (an open mouth shows teeth where the neutral
 * has lips), and one small network to sRGB. A place in space can stand for a place on the head because only the face's
 * middle moves between expressions. It starts in one skin tone.
 */
public final class AlbedoField {
    static final Script KERNELS = Script.load(AlbedoField.class, "texture.py");

    /**
     * How fine a field is: cells of each grid along x, y and z.
     *
     * @param coarse over the whole head
     * @param whole the same, finer
     * @param face over the face
     * @param own over the face, of each expression
     */
    public record Grids(int[] coarse, int[] whole, int[] face, int[] own) {
        /** What pictures of 64² can tell. */
        public static final Grids STARTER = new Grids(
                new int[] {20, 20, 20}, new int[] {64, 64, 64}, new int[] {88, 88, 64}, new int[] {36, 36, 24});

        /** For pictures of such a side: a cell of the face is two of a face crop's pixels wide. */
        static Grids forPictures(int side) {
            int face = Math.max(8, side / 2), half = Math.max(8, side / 4), own = Math.max(8, 3 * side / 16);
            return new Grids(STARTER.coarse(), new int[] {half, half, half}, new int[] {face, face, half}, new int[] {
                own, own, Math.max(8, own / 2)
            });
        }

        /** Those of an albedo's values. */
        static Grids of(Albedo albedo) {
            return new Grids(
                    size(albedo, "shared.0"),
                    size(albedo, "shared.1"),
                    size(albedo, "shared.2"),
                    size(albedo, "own.0"));
        }

        private static int[] size(Albedo albedo, String name) {
            long[] shape = albedo.shapes().get(name);
            if (shape == null || shape.length != 5) {
                throw new IllegalArgumentException("the albedo is of another version: '" + name + "' is "
                        + Arrays.toString(shape) + ", not a grid; run the texture stage again");
            }
            return new int[] {(int) shape[4], (int) shape[3], (int) shape[2]};
        }

        List<int[]> shared() {
            return List.of(coarse, whole, face);
        }

        /** Numbers of a field of so many expressions. */
        public long count(int expressions) {
            long shared = shared().stream().mapToLong(Grids::cells).sum();
            return FEATURES * (shared + expressions * cells(own));
        }

        private static long cells(int[] size) {
            return (long) size[0] * size[1] * size[2];
        }
    }

    private static final int FEATURES = 4;
    private static final int HIDDEN = 32;
    private static final float PADDING = 0.02f;
    private static final int CHUNK = 1 << 17;

    /** Middle of the skins that priors are trained on, sRGB. */
    private static final float[] TONE = {0.64f, 0.48f, 0.39f};

    private final Box box;
    private final int expressions;
    private final List<NDArray> shared = new ArrayList<>();
    private final List<NDArray> own = new ArrayList<>();
    private final NDArray tone;
    private final List<NDArray> mlp = new ArrayList<>();
    private final NDArray sharedBoxes;
    private final NDArray ownBoxes;

    /** A field of one skin tone over the box, its weights in the scope. */
    public AlbedoField(Scope scope, Box box, int expressions, long seed) {
        this(scope, box, expressions, Grids.STARTER, seed);
    }

    /** The same with grids of other sizes. */
    public AlbedoField(Scope scope, Box box, int expressions, Grids grids, long seed) {
        if (expressions < 1 || expressions > 256) {
            throw new IllegalArgumentException("1 to 256 expressions, not " + expressions);
        }
        this.box = box;
        this.expressions = expressions;
        Torch.seed(seed);
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            for (int[] size : grids.shared()) shared.add(grid(s, 1, size, 0.01f));
            own.add(grid(s, expressions, grids.own(), 0));
            tone = s.keep(s.of(logits(TONE)));
            layer(s, HIDDEN, FEATURES * (shared.size() + own.size()), 1);
            layer(s, 3, HIDDEN, 0.5);
        }
        parameters().values().forEach(Torch::parameter);
        sharedBoxes = boxes(scope, box, box, face(box));
        ownBoxes = boxes(scope, face(box));
    }

    /**
     * A field from its values.
     *
     * @throws IllegalArgumentException if they are of another make
     */
    public static AlbedoField of(Scope scope, Albedo albedo) {
        AlbedoField field = new AlbedoField(scope, albedo.box(), albedo.expressions(), Grids.of(albedo), 0);
        field.set(scope, albedo);
        return field;
    }

    private void set(Scope scope, Albedo albedo) {
        try (Scope s = scope.child()) {
            Weights weights = new Weights();
            Map<String, NDArray> values = new LinkedHashMap<>();
            parameters().forEach((name, t) -> {
                long[] shape = albedo.shapes().get(name);
                if (!Arrays.equals(shape, t.getShape().getShape())) {
                    throw new IllegalArgumentException("the albedo is of another version: '" + name + "' is "
                            + Arrays.toString(shape) + ", not " + t.getShape() + "; run the texture stage again");
                }
                weights.put(name, t);
                values.put(name, s.of(albedo.values().get(name), shape));
            });
            weights.set(values);
        }
    }

    /** Gives the whole head another tone, sRGB, each within 0…1 exclusively. */
    void tone(Scope scope, float[] srgb) {
        try (Scope s = scope.child()) {
            KERNELS.run(s, "copy", tone, s.of(logits(srgb)));
        }
    }

    private static float[] logits(float[] srgb) {
        float[] logits = new float[3];
        for (int c = 0; c < 3; c++) logits[c] = (float) Math.log(srgb[c] / (1 - srgb[c]));
        return logits;
    }

    private static NDArray grid(Scope s, int count, int[] size, float scale) {
        return s.keep(
                s.adopt(s.randn(count, FEATURES, size[2], size[1], size[0]).mul(scale)));
    }

    private void layer(Scope s, int rows, int columns, double gain) {
        mlp.add(s.keep(s.adopt(s.randn(rows, columns).mul((float) (gain / Math.sqrt(columns))))));
        mlp.add(s.keep(s.zeros(rows)));
    }

    /** The smallest box around all meshes, a little wider. */
    public static Box around(List<Mesh> meshes) {
        float[] corners = new float[6 * meshes.size()];
        for (int i = 0; i < meshes.size(); i++) {
            Box b = meshes.get(i).bounds();
            float[] both = {b.minX(), b.minY(), b.minZ(), b.maxX(), b.maxY(), b.maxZ()};
            System.arraycopy(both, 0, corners, 6 * i, 6);
        }
        Box b = Box.of(corners);
        float p = PADDING * b.diagonal();
        return new Box(b.minX() - p, b.minY() - p, b.minZ() - p, b.maxX() + p, b.maxY() + p, b.maxZ() + p);
    }

    /** What face crops show, as deep as the head reaches forward. */
    private static Box face(Box box) {
        float[] c = Framing.FACE.target();
        float h = 1.05f * Framing.FACE.halfHeight();
        return new Box(c[0] - h, c[1] - h, c[2] - 0.3f, c[0] + h, c[1] + h, Math.max(box.maxZ(), c[2] + 0.1f));
    }

    private static NDArray boxes(Scope scope, Box... boxes) {
        float[] all = new float[6 * boxes.length];
        for (int i = 0; i < boxes.length; i++) {
            Box b = boxes[i];
            float[] one = {b.minX(), b.minY(), b.minZ(), b.sizeX(), b.sizeY(), b.sizeZ()};
            System.arraycopy(one, 0, all, 6 * i, 6);
        }
        return scope.of(all, boxes.length, 6);
    }

    public int expressions() {
        return expressions;
    }

    /** Grids that all expressions share, and the overall tone. */
    List<NDArray> sharedGrids() {
        List<NDArray> all = new ArrayList<>(shared);
        all.add(tone);
        return all;
    }

    List<NDArray> ownGrids() {
        return own;
    }

    List<NDArray> network() {
        return mlp;
    }

    /** All weights by name. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> all = new LinkedHashMap<>();
        for (int i = 0; i < shared.size(); i++) all.put("shared." + i, shared.get(i));
        for (int i = 0; i < own.size(); i++) all.put("own." + i, own.get(i));
        all.put("tone", tone);
        for (int i = 0; i < mlp.size(); i++) all.put("network." + i, mlp.get(i));
        return all;
    }

    /**
     * Albedo at surface points; gradients flow to the weights.
     *
     * @param positions (N, 3) in head space
     * @param on which expressions they lie on, one after another
     * @param counts how many of them on each
     * @return (N, 3), sRGB in 0…1
     */
    public NDArray albedo(Scope s, NDArray positions, long[] on, long[] counts) {
        return KERNELS.call(s, "albedo", shared, sharedBoxes, own, ownBoxes, tone, mlp, positions, on, counts);
    }

    /** Albedo of an expression at points (3N, head space): 3N numbers, sRGB in 0…1. */
    public float[] colours(Scope scope, float[] positions, int expression) {
        float[] colours = new float[positions.length];
        for (int from = 0; from < positions.length; from += 3 * CHUNK) {
            int length = Math.min(3 * CHUNK, positions.length - from);
            float[] part = Arrays.copyOfRange(positions, from, from + length);
            try (Scope s = scope.child();
                    var off = Torch.noGradient()) {
                float[] some = albedo(s, s.of(part, length / 3, 3), new long[] {expression}, new long[] {length / 3})
                        .toFloatArray();
                System.arraycopy(some, 0, colours, from, length);
            }
        }
        return colours;
    }

    /** A copy of all values, off the device. */
    public Albedo values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        parameters().forEach((name, t) -> {
            values.put(name, t.toFloatArray());
            shapes.put(name, t.getShape().getShape());
        });
        return new Albedo(box, expressions, values, shapes);
    }
}
