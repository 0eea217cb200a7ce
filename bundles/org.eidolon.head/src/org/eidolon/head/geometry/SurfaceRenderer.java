// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
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
            long[] vertexCounts = new long[surfaces.size()], faceCounts = new long[surfaces.size()];
            List<NDArray> vertices = new ArrayList<>(), cells = new ArrayList<>();
            LongStream faces = LongStream.empty(), edges = LongStream.empty();
            long first = 0;
            for (int i = 0; i < surfaces.size(); i++) {
                HeadField.Surface surface = surfaces.get(i);
                vertices.add(surface.vertices());
                cells.add(surface.cell());
                vertexCounts[i] = surface.vertices().getShape().get(0);
                faceCounts[i] = surface.triangles().length / 3;
                faces = LongStream.concat(faces, Arrays.stream(surface.triangles()).asLongStream());
                edges = LongStream.concat(edges, edges(surface.triangles(), first));
                first += vertexCounts[i];
            }
            long[] ends = edges.toArray();
            return new Packed(
                    HeadField.KERNELS.call(s, "stack", vertices),
                    HeadField.KERNELS.call(s, "stack", cells),
                    s.of(ends, ends.length / 2, 2),
                    Meshes.packed(s.of(faces.toArray(), Arrays.stream(faceCounts).sum(), 3), faceCounts, vertexCounts));
        }

        /** Each edge of a closed surface once, as two indices. */
        private static LongStream edges(int[] triangles, long first) {
            LongStream.Builder ends = LongStream.builder();
            for (int i = 0; i < triangles.length; i++) {
                int a = triangles[i], b = triangles[i % 3 == 2 ? i - 2 : i + 1];
                if (a < b) ends.add(first + a).add(first + b);
            }
            return ends.build();
        }
    }

    /** Pictures (surfaces × views, 3, S, S) in -1…1, the views of the first surface first. */
    NDArray normals(Scope s, Packed packed, List<View> views) {
        int surfaces = packed.meshes().count();
        List<View> all = new ArrayList<>();
        for (int i = 0; i < surfaces; i++) all.addAll(views);
        Cameras cameras = new Cameras(all.stream().map(View::camera).toList());
        Fragments fragments = rasteriser.rasterise(
                s, Views.repeated(packed.meshes(), views.size()), packed.vertices(), cameras);
        NDArray normals = Shading.normals(s, packed.meshes(), packed.vertices());
        NDArray colours = Shading.normalColours(s, Shading.cameraNormals(s, fragments, normals, cameras));
        NDArray images = fragments.antialias(s, fragments.image(s, colours, 0));
        return HeadField.KERNELS.call(s, "pictures", Rasteriser.half(s, images));
    }
}
