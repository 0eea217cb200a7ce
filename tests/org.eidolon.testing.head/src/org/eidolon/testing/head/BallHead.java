// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing.head;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/** A head model for tests: an ellipsoid where a head would be, with one expression that pushes out a snout. */
public final class BallHead {
    public static final int EXPRESSIONS = 2;
    private static final int RINGS = 24, SEGMENTS = 32;

    private BallHead() {}

    /** The model: its identity modes are none. */
    public static HeadModel model() {
        int n = 2 + (RINGS - 1) * SEGMENTS;
        float[] at = new float[3 * n], snout = new float[3 * n];
        for (int v = 0; v < n; v++) {
            double polar = v == 0 ? 0 : v == n - 1 ? Math.PI : Math.PI * (1 + (v - 1) / SEGMENTS) / RINGS;
            double around = 2 * Math.PI * ((v - 1) % SEGMENTS) / SEGMENTS;
            double x = Math.sin(polar) * Math.sin(around), y = Math.cos(polar), z = Math.sin(polar) * Math.cos(around);
            at[3 * v] = (float) (0.45 * x);
            at[3 * v + 1] = (float) (0.2 + 0.6 * y);
            at[3 * v + 2] = (float) (0.55 * z);
            snout[3 * v + 2] = (float) (0.25 * Math.exp(-(x * x + y * y) / 0.12) * (z > 0 ? 1 : 0));
        }
        List<Integer> faces = new ArrayList<>();
        for (int r = 0; r < RINGS; r++) {
            for (int k = 0; k < SEGMENTS; k++) {
                int a = vertex(r, k, n), b = vertex(r + 1, k, n), c = vertex(r + 1, k + 1, n), d = vertex(r, k + 1, n);
                if (r < RINGS - 1) faces.addAll(List.of(a, b, c));
                if (r > 0) faces.addAll(List.of(a, c, d));
            }
        }
        int[] triangles = faces.stream().mapToInt(i -> i).toArray();
        return new HeadModel(at, List.of(), List.of("snout"), List.of(snout), triangles, new byte[n], new int[68]);
    }

    private static int vertex(int ring, int segment, int n) {
        return ring == 0 ? 0 : ring == RINGS ? n - 1 : 1 + (ring - 1) * SEGMENTS + segment % SEGMENTS;
    }

    /** Its surface in one of the two expressions. */
    public static Mesh mesh(int expression) {
        HeadModel model = model();
        return Mesh.of(model.vertices(new float[0], new float[] {expression}), model.triangles());
    }

    /** True pictures of a size, (expressions × views, 3, S, S), views of the first expression first. */
    public static NDArray pictures(Scope s, int size, int[] expressions, List<View> views) {
        NormalViews renderer = new NormalViews(size);
        float[] all = new float[expressions.length * views.size() * 3 * size * size];
        for (int i = 0; i < expressions.length; i++) {
            float[] own = renderer.render(s, mesh(expressions[i]), views).colours();
            System.arraycopy(own, 0, all, i * own.length, own.length);
        }
        return s.of(all, (long) expressions.length * views.size(), 3, size, size);
    }

    /** Small and quick. */
    public static GeometrySettings settings(int steps) {
        return GeometrySettings.draft(5).withResolution(16).withSteps(steps).withRates(2e-2, 4e-3);
    }
}
