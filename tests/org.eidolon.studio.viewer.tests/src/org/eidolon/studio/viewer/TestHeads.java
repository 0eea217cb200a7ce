// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;

/** Small heads: an egg with a nose, and a square. */
public final class TestHeads {
    private TestHeads() {}

    /** Texture of {@link #square}: red, green over blue, yellow. */
    public static final int[] CORNERS = {0xd02010, 0x10c040, 0x2030e0, 0xe0d020};

    /**
     * An egg of 8 n (n − 1) triangles whose nose points to +z, with texture coordinates around it.
     *
     * @param smile widens it, to tell expressions apart
     */
    public static Mesh egg(int n, double smile) {
        int columns = 4 * n;
        float[] positions = new float[3 * (n + 1) * (columns + 1)];
        float[] uvs = new float[2 * (n + 1) * (columns + 1)];
        for (int i = 0, v = 0; i <= n; i++) {
            for (int j = 0; j <= columns; j++, v++) {
                double t = Math.PI * i / n;
                double p = 2 * Math.PI * j / columns - Math.PI;
                double nose = 0.25 * Math.exp(-18 * (p * p + (t - 1.7) * (t - 1.7)));
                double r = 1 + nose;
                positions[3 * v] = (float) (0.7 * (1 + smile) * r * Math.sin(t) * Math.sin(p));
                positions[3 * v + 1] = (float) (0.95 * Math.cos(t));
                positions[3 * v + 2] = (float) (0.8 * r * Math.sin(t) * Math.cos(p));
                uvs[2 * v] = (float) j / columns;
                uvs[2 * v + 1] = (float) i / n;
            }
        }
        int[] triangles = new int[6 * columns * (n - 1)];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                int a = i * (columns + 1) + j;
                int c = a + columns + 1;
                if (i > 0) {
                    at = put(triangles, at, a, c, a + 1);
                }
                if (i < n - 1) {
                    at = put(triangles, at, i > 0 ? a + 1 : a, c, c + 1);
                }
            }
        }
        return new Mesh(positions, triangles, uvs, null).withVertexNormals();
    }

    private static int put(int[] triangles, int at, int a, int b, int c) {
        triangles[at] = a;
        triangles[at + 1] = b;
        triangles[at + 2] = c;
        return at + 3;
    }

    /** A square from -1 to 1 that looks along +z, the texture upright on it. */
    public static Mesh square() {
        return new Mesh(
                new float[] {-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0},
                new int[] {0, 1, 2, 0, 2, 3},
                new float[] {0, 1, 1, 1, 1, 0, 0, 0},
                new float[] {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1});
    }

    /** The square with a texture of four colours, one in each quarter, or with one colour. */
    public static Glb squares(int... colours) {
        var scene = new Glb.Scene("square", square(), 0, 0.6f);
        return new Glb(List.of(scene), 0, List.of(png(colours)), null);
    }

    /** Two expressions of an egg, white. */
    public static Glb eggs(int n) {
        var rest = new Glb.Scene("neutral", egg(n, 0), 0, 0.6f);
        var smile = new Glb.Scene("smile", egg(n, 0.2), 0, 0.6f);
        return new Glb(List.of(rest, smile), 0, List.of(png(0xffffff)), null);
    }

    private static byte[] png(int... colours) {
        var picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                picture.setRGB(x, y, colours[colours.length == 1 ? 0 : x / 32 + 2 * (y / 32)]);
            }
        }
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
