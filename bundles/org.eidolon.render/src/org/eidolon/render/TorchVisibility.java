// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Visibility by tensor operators, on whatever device the tensors are: every triangle is expanded to the pixels of its
 * bounding box, and the nearest wins by a scatter-minimum of {@code depth << 32 | triangle}. Works through the views in
 * chunks, so that the memory held is bounded.
 */
public final class TorchVisibility implements Visibility {
    private static final Script SCRIPT = Script.load(TorchVisibility.class, "visibility.py");

    private final long triangles;
    private final long candidates;

    /** Chunks that hold at most about 3 GB on a GPU. */
    public TorchVisibility() {
        this(4 << 20, 8 << 20);
    }

    /**
     * @param triangles of how many views' triangles a chunk is made (at least one view's), about 300 bytes each
     * @param candidates how many pixels of bounding boxes are tested at once, about 250 bytes each
     */
    public TorchVisibility(long triangles, long candidates) {
        if (triangles < 1 || candidates < 1) {
            throw new IllegalArgumentException("chunk sizes must be positive");
        }
        this.triangles = triangles;
        this.candidates = candidates;
    }

    @Override
    public NDArray triangles(Scope scope, NDArray snapped, Views views, int width, int height, boolean cull) {
        NDList parts = new NDList();
        try (Torch.Mode off = Torch.noGradient();
                Scope inner = scope.child()) {
            int from = 0;
            while (from < views.count()) {
                int to = from;
                long sum = 0;
                while (to < views.count() && (to == from || sum + views.faceCount()[to] <= triangles)) {
                    sum += views.faceCount()[to++];
                }
                parts.add(inner.keep(chunk(inner, snapped, views, from, to, width, height, cull)));
                from = to;
            }
        }
        if (parts.size() == 1) {
            return parts.head();
        }
        NDArray all = ai.djl.ndarray.NDArrays.concat(parts, 0);
        scope.adopt(all);
        parts.close();
        return all;
    }

    private NDArray chunk(
            Scope scope, NDArray snapped, Views views, int from, int to, int width, int height, boolean cull) {
        try (Scope inner = scope.child()) {
            var expanded = Rasteriser.SCRIPT.callAll(
                    inner,
                    "expand",
                    views.meshes().faces(),
                    Arrays.copyOfRange(views.faceStart(), from, to),
                    Arrays.copyOfRange(views.faceCount(), from, to),
                    Arrays.copyOfRange(views.viewStart(), from, to));
            return inner.keep(SCRIPT.call(
                    inner,
                    "visible",
                    snapped,
                    expanded.get(0),
                    expanded.get(1),
                    expanded.get(2),
                    to - from,
                    width,
                    height,
                    cull,
                    candidates));
        }
    }
}
