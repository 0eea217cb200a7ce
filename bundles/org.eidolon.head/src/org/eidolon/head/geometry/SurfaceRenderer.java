// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eidolon.head.view.View;
import org.eidolon.render.Cameras;
import org.eidolon.render.Fragments;
import org.eidolon.render.Meshes;
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

    /** Surfaces packed one after another: positions (ΣK, 3) with gradients, and who owns which triangle. */
    record Packed(NDArray vertices, NDArray cell, NDArray edges, Meshes meshes) {
        static Packed of(Scope s, List<HeadField.Surface> surfaces) {
            int n = surfaces.size();
            long[] vertexCounts = new long[n], faceCounts = new long[n];
            List<NDArray> vertices = new ArrayList<>(), cells = new ArrayList<>();
            int corners = 0;
            for (int i = 0; i < n; i++) {
                vertices.add(surfaces.get(i).vertices());
                cells.add(surfaces.get(i).cell());
                vertexCounts[i] = surfaces.get(i).vertices().getShape().get(0);
                faceCounts[i] = surfaces.get(i).triangles().length / 3;
                corners += surfaces.get(i).triangles().length;
            }
            // in a closed surface every edge has two triangles, which run along it in opposite directions
            long[] faces = new long[corners], edges = new long[corners];
            int at = 0, ends = 0;
            long first = 0;
            for (int i = 0; i < n; i++) {
                int[] triangles = surfaces.get(i).triangles();
                for (int c = 0; c < triangles.length; c++) {
                    int a = triangles[c], b = triangles[c % 3 == 2 ? c - 2 : c + 1];
                    faces[at++] = a;
                    if (a < b) {
                        edges[ends++] = first + a;
                        edges[ends++] = first + b;
                    }
                }
                first += vertexCounts[i];
            }
            return new Packed(
                    HeadField.KERNELS.call(s, "stack", vertices),
                    HeadField.KERNELS.call(s, "stack", cells),
                    s.of(Arrays.copyOf(edges, ends), ends / 2, 2),
                    Meshes.packed(s.of(faces, corners / 3, 3), faceCounts, vertexCounts));
        }
    }

    /** Pictures (surfaces × views, 3, S, S) in -1…1, the views of the first surface first. */
    NDArray normals(Scope s, Packed packed, List<View> views) {
        int surfaces = packed.meshes().count();
        List<View> all = new ArrayList<>();
        for (int i = 0; i < surfaces; i++) all.addAll(views);
        Cameras cameras = new Cameras(all.stream().map(View::camera).toList());
        Fragments fragments =
                rasteriser.rasterise(s, Views.repeated(packed.meshes(), views.size()), packed.vertices(), cameras);
        NDArray normals = Shading.normals(s, packed.meshes(), packed.vertices());
        NDArray colours = Shading.normalColours(s, Shading.cameraNormals(s, fragments, normals, cameras));
        NDArray images = fragments.antialias(s, fragments.image(s, colours, 0));
        return HeadField.KERNELS.call(s, "pictures", Rasteriser.half(s, images));
    }
}
