// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Renders training data: many heads that share their triangles, without gradients, at twice the size and averaged down.
 * The same fragments serve normals, albedo and the lit picture. Back faces are culled. Works in chunks of heads, so
 * that the memory held is bounded whatever the batch.
 */
public final class HeadRenderer {
    private static final Script RASTERISE = Script.load(Rasteriser.class, "rasterise.py");
    private static final Script SHADING = Script.load(Shading.class, "shading.py");
    private static final Script VISIBILITY = Script.load(TorchVisibility.class, "visibility.py");

    /**
     * Pictures in [0, 1], row 0 on top.
     *
     * @param normals (B, S, S, 3) camera-space normals as (n + 1) / 2 on black
     * @param albedo (B, S, S, 3) on black
     * @param lit (B, S, S, 3) albedo under the view's light, on black
     * @param mask (B, S, S, 1) coverage
     */
    public record Images(NDArray normals, NDArray albedo, NDArray lit, NDArray mask) {
        private List<NDArray> all() {
            return List.of(normals, albedo, lit, mask);
        }
    }

    private final Meshes meshes;
    private final Visibility visibility;
    private final int size;
    private final long chunk;

    /**
     * @param faces (F, 3) int64, shared by all heads; must outlive this
     * @param vertices of a head
     * @param size of the pictures; rendered at twice that
     * @param visibility the backend
     * @param chunkTriangles how many triangles are worked on at a time (at least one head's), about 600 bytes each
     */
    public HeadRenderer(NDArray faces, long vertices, int size, Visibility visibility, long chunkTriangles) {
        this.meshes = Meshes.shared(faces, 1, vertices);
        this.size = size;
        this.visibility = visibility;
        this.chunk = Math.max(1, chunkTriangles / Math.max(1, faces.getShape().get(0)));
    }

    /** The backend and chunk that fit the device of the faces. */
    public static HeadRenderer of(NDArray faces, long vertices, int size) {
        boolean gpu = faces.getDevice().isGpu();
        Visibility visibility = Visibility.forDevice(faces.getDevice());
        return new HeadRenderer(faces, vertices, size, visibility, gpu ? 6 << 20 : 1 << 19);
    }

    /**
     * Renders heads, each from one or several views in a row.
     *
     * @param scope owns the pictures
     * @param positions (B, V, 3)
     * @param normals (B, V, 3) unit vertex normals, or null: computed from the triangles
     * @param colours (B, V, 3) vertex albedo
     * @param cameras B · k of them: view i shows head i / k
     * @param lights as many as cameras
     */
    public Images render(
            Scope scope, NDArray positions, NDArray normals, NDArray colours, Cameras cameras, Lights lights) {
        int heads = Math.toIntExact(positions.getShape().get(0));
        int views = cameras.count();
        if (heads == 0 || views % heads != 0 || lights.count() != views) {
            throw new IllegalArgumentException(
                    heads + " heads, " + views + " cameras and " + lights.count() + " lights do not fit");
        }
        int per = views / heads;
        int step = (int) Math.max(1, Math.min(heads, chunk / per));
        try (Torch.Mode off = Torch.noGradient()) {
            if (step == heads) {
                return part(scope, positions, normals, colours, cameras, lights, per);
            }
            List<NDList> parts = List.of(new NDList(), new NDList(), new NDList(), new NDList());
            try (Scope inner = scope.child()) {
                for (int from = 0; from < heads; from += step) {
                    int to = Math.min(heads, from + step);
                    try (Scope one = inner.child()) {
                        String rows = from + ":" + to;
                        List<NDArray> images = part(
                                        one,
                                        one.adopt(positions.get(rows)),
                                        normals == null ? null : one.adopt(normals.get(rows)),
                                        one.adopt(colours.get(rows)),
                                        cameras.slice(from * per, to * per),
                                        lights.slice(from * per, to * per),
                                        per)
                                .all();
                        for (int i = 0; i < images.size(); i++) {
                            parts.get(i).add(one.keep(images.get(i)));
                        }
                    }
                }
                List<NDArray> whole = new ArrayList<>();
                parts.forEach(p -> whole.add(scope.adopt(NDArrays.concat(p, 0))));
                return new Images(whole.get(0), whole.get(1), whole.get(2), whole.get(3));
            }
        }
    }

    private Images part(
            Scope scope, NDArray positions, NDArray normals, NDArray colours, Cameras cameras, Lights lights, int per) {
        int heads = Math.toIntExact(positions.getShape().get(0));
        int views = cameras.count();
        int twice = 2 * size;
        try (Scope inner = scope.child()) {
            NDArray faces = meshes.faces();
            NDArray clip = RASTERISE.call(inner, "transform_repeated", cameras.viewProjection(inner), positions, per);
            NDArray snapped = VISIBILITY.call(inner, "snap", clip.reshape(-1, 4), twice, twice);
            NDArray ids = visibility.triangles(inner, snapped, Views.each(meshes.times(views)), twice, twice, true);
            NDArray n = normals == null ? SHADING.call(inner, "shared_normals", positions, faces) : normals;
            List<NDArray> images = SHADING.callAll(
                    inner, "heads", ids, clip, faces, n, colours, cameras.rotation(inner), lights.tensor(inner), per);
            inner.keep(images);
            return new Images(images.get(0), images.get(1), images.get(2), images.get(3));
        }
    }
}
