// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.torch.Scope;

/** Cameras of a batch of views as tensors; images are square. */
public record Cameras(List<Camera> cameras) {

    public Cameras {
        cameras = List.copyOf(cameras);
        if (cameras.isEmpty()) {
            throw new IllegalArgumentException("a batch of views needs at least one camera");
        }
    }

    public static Cameras of(Camera... cameras) {
        return new Cameras(List.of(cameras));
    }

    public int count() {
        return cameras.size();
    }

    /** (B, 4, 4) world to camera space. */
    public NDArray view(Scope scope) {
        return scope.of(pack(16, Camera::view), count(), 4, 4);
    }

    /** (B, 4, 4) camera to clip space. */
    public NDArray projection(Scope scope) {
        return scope.of(pack(16, Camera::projection), count(), 4, 4);
    }

    /** (B, 4, 4) world to clip space, multiplied in double precision. */
    public NDArray viewProjection(Scope scope) {
        return scope.of(pack(16, c -> multiply(c.projection(), c.view())), count(), 4, 4);
    }

    /** (B, 3, 3) world to camera directions. */
    public NDArray rotation(Scope scope) {
        return scope.of(pack(9, Camera::rotation), count(), 3, 3);
    }

    /** (B, 3) eye positions in the world. */
    public NDArray eye(Scope scope) {
        return scope.of(pack(3, Camera::eye), count(), 3);
    }

    /** (B, 3) unit directions from the eye to the target, in the world. */
    public NDArray direction(Scope scope) {
        return scope.of(
                pack(3, c -> {
                    double[] r = c.rotation();
                    return new double[] {-r[6], -r[7], -r[8]};
                }),
                count(),
                3);
    }

    public Cameras slice(int from, int to) {
        return new Cameras(cameras.subList(from, to));
    }

    private float[] pack(int width, java.util.function.Function<Camera, double[]> part) {
        float[] all = new float[width * count()];
        for (int i = 0; i < count(); i++) {
            double[] one = part.apply(cameras.get(i));
            for (int k = 0; k < width; k++) {
                all[width * i + k] = (float) one[k];
            }
        }
        return all;
    }

    private static double[] multiply(double[] a, double[] b) {
        double[] m = new double[16];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 4; k++) {
                    m[4 * i + j] += a[4 * i + k] * b[4 * k + j];
                }
            }
        }
        return m;
    }
}
