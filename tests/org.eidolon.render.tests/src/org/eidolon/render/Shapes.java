// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Triangles to render, and pictures to look at. */
record Shapes(float[] positions, long[] faces) {

    int vertices() {
        return positions.length / 3;
    }

    int triangles() {
        return faces.length / 3;
    }

    /** A watertight latitude-longitude ellipsoid; n rings, 4 n (n - 1) triangles. */
    static Shapes ellipsoid(int n, double rx, double ry, double rz) {
        int m = 2 * n;
        List<double[]> v = new ArrayList<>();
        v.add(new double[] {0, ry, 0});
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double t = Math.PI * i / n;
                double p = 2 * Math.PI * j / m;
                v.add(new double[] {rx * Math.sin(t) * Math.sin(p), ry * Math.cos(t), rz * Math.sin(t) * Math.cos(p)});
            }
        }
        v.add(new double[] {0, -ry, 0});
        List<Long> f = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                long a = i == 0 ? 0 : 1 + (i - 1) * m + j;
                long b = i == 0 ? 0 : 1 + (i - 1) * m + (j + 1) % m;
                long c = i == n - 1 ? v.size() - 1 : 1 + i * m + j;
                long d = i == n - 1 ? v.size() - 1 : 1 + i * m + (j + 1) % m;
                if (i > 0) {
                    f.addAll(List.of(a, d, b));
                }
                if (i < n - 1) {
                    f.addAll(List.of(a, c, d));
                }
            }
        }
        float[] positions = new float[3 * v.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) v.get(i / 3)[i % 3];
        }
        return new Shapes(positions, f.stream().mapToLong(x -> x).toArray());
    }

    /** Triangles of all sizes, some of no area, some behind the camera, in a cube of side 2 · spread. */
    static Shapes soup(RandomGenerator random, int triangles, double spread) {
        float[] p = new float[9 * triangles];
        for (int t = 0; t < triangles; t++) {
            double size = Math.pow(10, -3 + 3 * random.nextDouble());
            for (int c = 0; c < 3; c++) {
                double centre = spread * (2 * random.nextDouble() - 1);
                for (int k = 0; k < 3; k++) {
                    p[9 * t + 3 * k + c] = (float) (centre + size * random.nextGaussian());
                }
            }
            if (t % 50 == 0) {
                System.arraycopy(p, 9 * t, p, 9 * t + 3, 3);
            }
        }
        long[] f = new long[3 * triangles];
        Arrays.setAll(f, i -> i);
        return new Shapes(p, f);
    }

    /** The polygons of an OBJ, fanned, moved and scaled into [-0.95, 0.95]³. */
    static Shapes obj(Path file) throws IOException {
        List<float[]> v = new ArrayList<>();
        List<long[]> f = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] p = line.trim().split("\\s+");
                if (p[0].equals("v")) {
                    v.add(new float[] {Float.parseFloat(p[1]), Float.parseFloat(p[2]), Float.parseFloat(p[3])});
                } else if (p[0].equals("f")) {
                    long[] c = Arrays.stream(p)
                            .skip(1)
                            .mapToLong(s -> Long.parseLong(s.split("/")[0]) - 1)
                            .toArray();
                    for (int k = 1; k + 1 < c.length; k++) {
                        f.add(new long[] {c[0], c[k], c[k + 1]});
                    }
                }
            }
        }
        float[] low = {1e9f, 1e9f, 1e9f};
        float[] high = {-1e9f, -1e9f, -1e9f};
        for (float[] q : v) {
            for (int c = 0; c < 3; c++) {
                low[c] = Math.min(low[c], q[c]);
                high[c] = Math.max(high[c], q[c]);
            }
        }
        float scale = 1.9f / Math.max(high[0] - low[0], Math.max(high[1] - low[1], high[2] - low[2]));
        float[] positions = new float[3 * v.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (v.get(i / 3)[i % 3] - (low[i % 3] + high[i % 3]) / 2) * scale;
        }
        return new Shapes(positions, f.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** (H, W, 1 or 3) in [0, 1] as a PNG. */
    static void png(NDArray image, Path file) throws IOException {
        int h = (int) image.getShape().get(0);
        int w = (int) image.getShape().get(1);
        int c = (int) image.getShape().get(2);
        float[] v = image.toFloatArray();
        BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < w * h; i++) {
            int rgb = 0;
            for (int k = 0; k < 3; k++) {
                rgb = rgb << 8 | Math.round(255 * Math.max(0, Math.min(1, v[i * c + k % c])));
            }
            out.setRGB(i % w, i / w, rgb);
        }
        ImageIO.write(out, "png", file.toFile());
    }
}
