// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.render.Cameras;
import org.eidolon.render.HeadRenderer;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.torch.Scope;

/** Normals of finished heads as a prior sees them, at any size: what the benchmark compares. No gradients. */
public final class NormalViews {
    private final int size;

    /** @param size width and height of the pictures */
    public NormalViews(int size) {
        this.size = size;
    }

    /**
     * Pictures of normals.
     *
     * @param size width and height
     * @param colours (N, 3, S, S) camera-space normals in -1…1 on black, which is -1
     * @param mask (N, S, S) share of each pixel that is covered
     */
    public record Seen(int size, float[] colours, float[] mask) {
        public int count() {
            return mask.length / (size * size);
        }

        /** Picture i alone, (3, S, S). */
        public float[] picture(int i) {
            return Arrays.copyOfRange(colours, i * 3 * size * size, (i + 1) * 3 * size * size);
        }
    }

    /** A mesh in each view. */
    public Seen render(Scope s, Mesh mesh, List<View> views) {
        long[] corners = Arrays.stream(mesh.triangles()).asLongStream().toArray();
        NDArray faces = s.of(corners, corners.length / 3, 3);
        return render(
                s,
                HeadRenderer.of(faces, mesh.vertexCount(), size),
                s.of(mesh.positions(), 1, mesh.vertexCount(), 3),
                views);
    }

    /**
     * Heads that share triangles, each in all views, those of the first head first.
     *
     * @param faces (F, 3) int64
     * @param positions (B, N, 3)
     */
    public Seen render(Scope s, NDArray faces, NDArray positions, List<View> views) {
        return render(s, HeadRenderer.of(faces, positions.getShape().get(1), size), positions, views);
    }

    private Seen render(Scope s, HeadRenderer renderer, NDArray positions, List<View> views) {
        int heads = Math.toIntExact(positions.getShape().get(0));
        var cameras = Collections.nCopies(heads, views).stream()
                .flatMap(List::stream)
                .map(View::camera)
                .toList();
        try (Scope inner = s.child()) {
            HeadRenderer.Images images = renderer.render(
                    inner,
                    positions,
                    null,
                    inner.zeros(positions.getShape().getShape()),
                    new Cameras(cameras),
                    new Lights(Collections.nCopies(cameras.size(), Light.FLAT)));
            return new Seen(
                    size,
                    HeadField.KERNELS.call(inner, "pictures", images.normals()).toFloatArray(),
                    images.mask().toFloatArray());
        }
    }
}
