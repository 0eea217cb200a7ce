// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.view.View;
import org.eidolon.render.Cameras;
import org.eidolon.render.Fragments;
import org.eidolon.render.Rasteriser;
import org.eidolon.render.Shading;
import org.eidolon.render.Views;
import org.eidolon.render.Visibility;
import org.eidolon.torch.Scope;

/**
 * Draws surfaces of several expressions as a prior sees them: camera-space normals on black, rendered at twice the size
 * and averaged down, which is what keeps marching tetrahedra from growing grid noise.
 */
final class SurfaceRenderer {
    private final Rasteriser rasteriser;

    /** @param size of the pictures */
    SurfaceRenderer(Device device, int size) {
        rasteriser = new Rasteriser(Visibility.forDevice(device), 2 * size, 2 * size, true);
    }

    /** Pictures (surfaces × views, 3, S, S) in -1…1, the views of the first surface first. */
    NDArray normals(Scope s, Surfaces shown, List<View> views) {
        return HeadField.KERNELS.call(s, "pictures", images(s, shown, views, false));
    }

    /**
     * The same with a fourth channel, 1 where the surface is and 0 elsewhere: what a prior of latents is shown as if it
     * were a latent (Chen et al. 2023, Fantasia3D, section 3.2).
     */
    NDArray latents(Scope s, Surfaces shown, List<View> views) {
        return HeadField.KERNELS.call(s, "latents", images(s, shown, views, true));
    }

    private NDArray images(Scope s, Surfaces shown, List<View> views, boolean outline) {
        int count = shown.meshes().count();
        List<View> all = new ArrayList<>();
        for (int i = 0; i < count; i++) all.addAll(views);
        Cameras cameras = new Cameras(all.stream().map(View::camera).toList());
        Fragments fragments =
                rasteriser.rasterise(s, Views.repeated(shown.meshes(), views.size()), shown.vertices(), cameras);
        NDArray normals = Shading.normals(s, shown.meshes(), shown.vertices());
        NDArray colours = Shading.normalColours(s, Shading.cameraNormals(s, fragments, normals, cameras));
        NDArray samples = outline ? HeadField.KERNELS.call(s, "outlined", colours) : colours;
        return Rasteriser.half(s, fragments.antialias(s, fragments.image(s, samples, 0)));
    }
}
