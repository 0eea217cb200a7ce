// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.render.Fragments;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.render.Meshes;
import org.eidolon.render.Shading;
import org.eidolon.render.Views;
import org.eidolon.torch.Scope;

/** Pictures of surfaces that wear an albedo, lit or flat, as the colour prior knows them. */
final class AlbedoRenderer {
    private final AlbedoField field;
    private final int size;

    AlbedoRenderer(AlbedoField field, int size) {
        this.field = field;
        this.size = size;
    }

    /**
     * Pictures (B, 3, S, S) in -1…1, black outside; gradients flow to the field.
     *
     * @param expressions of each picture; those of one expression must lie together
     * @param seen what each picture sees
     * @param lights of each picture; {@link Light#FLAT} shows the albedo
     */
    NDArray pictures(Scope s, int[] expressions, List<SurfaceViews.Seen> seen, List<Light> lights) {
        List<NDArray> positions = new ArrayList<>(), normals = new ArrayList<>(), pixels = new ArrayList<>();
        long[] on = new long[seen.size()], counts = new long[seen.size()];
        for (int i = 0; i < seen.size(); i++) {
            positions.add(seen.get(i).positions());
            normals.add(seen.get(i).normals());
            pixels.add(seen.get(i).pixel());
            on[i] = expressions[i];
            counts[i] = seen.get(i).pixel().getShape().get(0);
        }
        List<NDArray> numbered = AlbedoField.KERNELS.callAll(s, "numbered", pixels, 4L * size * size);
        NDArray albedo = field.albedo(s, join(s, positions), on, counts);
        NDArray colours = Shading.lit(
                s,
                covered(s, numbered, seen.size()),
                AlbedoField.KERNELS.call(s, "linear", albedo),
                join(s, normals),
                new Lights(lights).tensor(s));
        float[] flat = new float[lights.size()];
        for (int i = 0; i < flat.length; i++) flat[i] = lights.get(i).lit() ? 0 : 1;
        return AlbedoField.KERNELS.call(s, "pictures", colours, numbered.get(0), s.of(flat), size);
    }

    private static NDArray join(Scope s, List<NDArray> parts) {
        return AlbedoField.KERNELS.call(s, "join", parts);
    }

    /** Fragments that know which picture a sample belongs to, which is all that shading asks of them. */
    private static Fragments covered(Scope s, List<NDArray> numbered, int pictures) {
        Views views = Views.of(Meshes.packed(s.of(new long[0], 0, 3), new long[1], new long[1]), new int[pictures]);
        return new Fragments(views, true, null, null, numbered.get(0), numbered.get(1), null, null, null, null);
    }
}
