// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.eidolon.mesh.Mesh;
import org.eidolon.render.Camera;
import org.eidolon.render.Cameras;
import org.eidolon.render.Fragments;
import org.eidolon.render.Meshes;
import org.eidolon.render.Rasteriser;
import org.eidolon.render.Shading;
import org.eidolon.render.Views;
import org.eidolon.render.Visibility;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * What the pixels of a square picture see of a mesh, on the host.
 *
 * @param size pixels
 * @param pixel of each sample, counted from the top left
 * @param vertices three of each sample
 * @param weights their barycentric weights
 * @param normals (N, 3) unit, camera space
 * @param inverseDepth of every pixel, one over the distance along the camera's axis, 0 for nothing
 */
record Raster(int size, int[] pixel, int[] vertices, float[] weights, float[] normals, float[] inverseDepth) {
    static Raster of(Scope scope, Mesh mesh, Camera camera, int size) {
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            int n = mesh.vertexCount();
            NDArray positions = s.of(mesh.positions(), n, 3);
            long[] corners = Arrays.stream(mesh.triangles()).asLongStream().toArray();
            Meshes meshes = Meshes.shared(s.of(corners, corners.length / 3, 3), 1, n);
            Cameras cameras = Cameras.of(camera);
            var rasteriser = new Rasteriser(Visibility.forDevice(s.device()), size, size, true);
            Fragments f = rasteriser.rasterise(s, Views.each(meshes), positions, cameras);
            NDArray normals = s.of(mesh.withVertexNormals().normals(), n, 3);
            return new Raster(
                    size,
                    Arrays.stream(f.pixel().toLongArray())
                            .mapToInt(p -> (int) p)
                            .toArray(),
                    Arrays.stream(f.rows().toLongArray()).mapToInt(r -> (int) r).toArray(),
                    f.weights().toFloatArray(),
                    Shading.cameraNormals(s, f, normals, cameras).toFloatArray(),
                    f.inverseDepth().toFloatArray());
        }
    }

    int samples() {
        return pixel.length;
    }

    /** A vertex value at a sample. */
    float at(int sample, float[] values) {
        float sum = 0;
        for (int k = 0; k < 3; k++) sum += weights[3 * sample + k] * values[vertices[3 * sample + k]];
        return sum;
    }
}
