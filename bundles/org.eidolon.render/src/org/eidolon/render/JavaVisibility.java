// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.eidolon.torch.Scope;

/**
 * Visibility in plain Java on all cores: a view is a task, and when there are fewer views than cores, a band of rows of
 * a view. The arithmetic is that of {@code visibility.py}.
 */
public final class JavaVisibility implements Visibility {
    private static final long NOTHING = Long.MAX_VALUE;

    @Override
    public NDArray triangles(Scope scope, NDArray snapped, Views views, int width, int height, boolean cull) {
        return scope.of(triangles(snapped.toIntArray(), views, width, height, cull), views.count(), height, width);
    }

    static long[] triangles(int[] vertices, Views views, int width, int height, boolean cull) {
        int[] faces = views.meshes().host();
        long[] keys = new long[Math.multiplyExact(views.count(), Math.multiplyExact(width, height))];
        int bands = Math.max(1, Math.min(height / 16, Runtime.getRuntime().availableProcessors() / views.count()));
        IntStream.range(0, views.count() * bands).parallel().forEach(task -> {
            int view = task / bands;
            int band = task % bands;
            int top = height * band / bands;
            int bottom = height * (band + 1) / bands;
            int base = view * width * height;
            Arrays.fill(keys, base + top * width, base + bottom * width, NOTHING);
            draw(
                    vertices,
                    (int) views.viewStart()[view],
                    faces,
                    (int) views.faceStart()[view],
                    (int) views.faceCount()[view],
                    width,
                    top,
                    bottom,
                    cull,
                    keys,
                    base);
            for (int i = base + top * width; i < base + bottom * width; i++) {
                keys[i] = keys[i] == NOTHING ? 0 : (keys[i] & 0xFFFFFFFFL) + 1;
            }
        });
        return keys;
    }

    private static void draw(
            int[] p,
            int firstVertex,
            int[] faces,
            int firstFace,
            int count,
            int width,
            int top,
            int bottom,
            boolean cull,
            long[] keys,
            int base) {
        for (int f = 0; f < count; f++) {
            int at = 3 * (firstFace + f);
            int i = 3 * (faces[at] + firstVertex);
            int j = 3 * (faces[at + 1] + firstVertex);
            int k = 3 * (faces[at + 2] + firstVertex);
            int x0 = p[i];
            int x1 = p[j];
            int x2 = p[k];
            int left = Math.min(x0, Math.min(x1, x2));
            if (left == Integer.MIN_VALUE) {
                continue;
            }
            int firstColumn = Math.max(0, (left + 127) >> 8);
            int lastColumn = Math.min(width - 1, (Math.max(x0, Math.max(x1, x2)) - 128) >> 8);
            if (firstColumn > lastColumn) {
                continue;
            }
            int y0 = p[i + 1];
            int y1 = p[j + 1];
            int y2 = p[k + 1];
            int firstRow = Math.max(top, (Math.min(y0, Math.min(y1, y2)) + 127) >> 8);
            int lastRow = Math.min(bottom - 1, (Math.max(y0, Math.max(y1, y2)) - 128) >> 8);
            if (firstRow > lastRow) {
                continue;
            }
            long area = (long) (x1 - x0) * (y2 - y0) - (long) (x2 - x0) * (y1 - y0);
            if (area == 0 || cull && area > 0) {
                continue;
            }
            if (area < 0) {
                int t = x1;
                x1 = x2;
                x2 = t;
                t = y1;
                y1 = y2;
                y2 = t;
                t = j;
                j = k;
                k = t;
                area = -area;
            }
            fill(
                    x0,
                    y0,
                    p[i + 2],
                    x1,
                    y1,
                    p[j + 2],
                    x2,
                    y2,
                    p[k + 2],
                    64.0 / area,
                    firstColumn,
                    lastColumn,
                    firstRow,
                    lastRow,
                    f,
                    keys,
                    base,
                    width);
        }
    }

    private static void fill(
            int x0,
            int y0,
            double z0,
            int x1,
            int y1,
            double z1,
            int x2,
            int y2,
            double z2,
            double scale,
            int firstColumn,
            int lastColumn,
            int firstRow,
            int lastRow,
            int triangle,
            long[] keys,
            int base,
            int width) {
        // how much an edge function that is neither top nor left must exceed zero
        long b0 = bias(x2 - x1, y2 - y1);
        long b1 = bias(x0 - x2, y0 - y2);
        long b2 = bias(x1 - x0, y1 - y0);
        int px = firstColumn * 256 + 128;
        int py = firstRow * 256 + 128;
        long row0 = (long) (x2 - x1) * (py - y1) - (long) (y2 - y1) * (px - x1) - b0;
        long row1 = (long) (x0 - x2) * (py - y2) - (long) (y0 - y2) * (px - x2) - b1;
        long row2 = (long) (x1 - x0) * (py - y0) - (long) (y1 - y0) * (px - x0) - b2;
        long right0 = -256L * (y2 - y1);
        long right1 = -256L * (y0 - y2);
        long right2 = -256L * (y1 - y0);
        for (int row = firstRow; row <= lastRow; row++) {
            long e0 = row0;
            long e1 = row1;
            long e2 = row2;
            int pixel = base + row * width + firstColumn;
            for (int column = firstColumn; column <= lastColumn; column++, pixel++) {
                if ((e0 | e1 | e2) >= 0) {
                    double depth = (e0 + b0) * z0 + (e1 + b1) * z1 + (e2 + b2) * z2;
                    long key = (long) (depth * scale) << 32 | triangle;
                    if (key < keys[pixel]) {
                        keys[pixel] = key;
                    }
                }
                e0 += right0;
                e1 += right1;
                e2 += right2;
            }
            row0 += 256L * (x2 - x1);
            row1 += 256L * (x0 - x2);
            row2 += 256L * (x1 - x0);
        }
    }

    private static long bias(int dx, int dy) {
        return dy > 0 || dy == 0 && dx <= 0 ? 1 : 0;
    }
}
