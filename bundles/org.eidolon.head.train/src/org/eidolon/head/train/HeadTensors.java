// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.skin.Region;
import org.eidolon.head.skin.Skin;
import org.eidolon.head.skin.SkinRegions;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/** A head model on a device: batches of vertices and of painted skins. */
public final class HeadTensors {
    static final Script KERNELS = Script.load(HeadTensors.class, "heads.py");

    private final HeadModel model;
    private final NDArray neutral;
    private final NDArray modes;
    private final NDArray masks;
    private final NDArray faces;

    public HeadTensors(Scope scope, HeadModel model) {
        this.model = model;
        int n = model.neutral().length;
        int identities = model.identities().size();
        float[] all = new float[(identities + model.shapes().size()) * n];
        for (int i = 0; i < identities; i++) System.arraycopy(model.identities().get(i), 0, all, i * n, n);
        for (int i = 0; i < model.shapes().size(); i++) {
            System.arraycopy(model.shapes().get(i), 0, all, (identities + i) * n, n);
        }
        neutral = scope.of(model.neutral());
        modes = scope.of(all, identities + model.shapes().size(), n);
        float[][] regions = new SkinRegions(model).masks();
        float[] flat = new float[regions.length * model.vertexCount()];
        for (int r = 0; r < regions.length; r++) {
            System.arraycopy(regions[r], 0, flat, r * model.vertexCount(), model.vertexCount());
        }
        masks = scope.of(flat, regions.length, model.vertexCount());
        long[] corners = Arrays.stream(model.triangles()).asLongStream().toArray();
        faces = scope.of(corners, corners.length / 3, 3);
    }

    public HeadModel model() {
        return model;
    }

    /** Triangles (F, 3), int64. */
    public NDArray faces() {
        return faces;
    }

    /** Positions (B, V, 3) of identities wearing expressions; rows of weights as {@link HeadModel#vertices} takes. */
    public NDArray vertices(Scope scope, List<float[]> identities, List<float[]> shapes) {
        int m = model.identities().size();
        int width = m + model.shapes().size();
        float[] weights = new float[identities.size() * width];
        for (int b = 0; b < identities.size(); b++) {
            System.arraycopy(identities.get(b), 0, weights, b * width, identities.get(b).length);
            System.arraycopy(shapes.get(b), 0, weights, b * width + m, shapes.get(b).length);
        }
        return KERNELS.call(scope, "vertices", neutral, modes, scope.of(weights, identities.size(), width));
    }

    /** Linear albedo (B, V, 3) of painted skins. */
    public NDArray paint(Scope scope, List<Skin> skins) {
        int regions = Region.values().length;
        float[] colours = new float[skins.size() * (1 + regions) * 3];
        float[] opacity = new float[skins.size() * regions];
        for (int b = 0; b < skins.size(); b++) {
            System.arraycopy(skins.get(b).colourTable(), 0, colours, b * (1 + regions) * 3, (1 + regions) * 3);
            System.arraycopy(skins.get(b).opacityTable(), 0, opacity, b * regions, regions);
        }
        return KERNELS.call(
                scope,
                "paint",
                masks,
                scope.of(colours, skins.size(), 1 + regions, 3),
                scope.of(opacity, skins.size(), regions));
    }
}
