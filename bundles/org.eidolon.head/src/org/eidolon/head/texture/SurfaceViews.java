// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;
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
 * What each pixel sees of fixed surfaces from a fixed choice of views, rasterised when it is first asked for and kept:
 * while only colours change there is nothing to rasterise twice. Large pictures are rasterised again instead.
 */
public final class SurfaceViews {
    /**
     * What one picture sees, over its N covered pixels.
     *
     * @param positions (N, 3) in head space
     * @param normals (N, 3), unit, camera space
     * @param pixel (N) int64
     */
    record Seen(NDArray positions, NDArray normals, NDArray pixel) {}

    private record Surface(NDArray vertices, NDArray normals, Meshes meshes) {}

    private final Scope scope;
    private final List<Mesh> meshes;
    private final List<View> views;
    private final int crops;
    private final Rasteriser rasteriser;
    private final Surface[] surfaces;
    private final Seen[][] seen;
    private final int size;
    private final boolean kept;

    /**
     * @param scope keeps what is rasterised
     * @param meshes one per expression
     * @param size of the pictures; they are rasterised at twice that
     */
    public SurfaceViews(Scope scope, List<Mesh> meshes, TextureSettings settings, int size) {
        this(scope, meshes, settings, size, true);
    }

    /** @param kept whether what was rasterised stays for later steps; of large pictures it would take much memory */
    SurfaceViews(Scope scope, List<Mesh> meshes, TextureSettings settings, int size, boolean kept) {
        this.kept = kept;
        this.scope = scope;
        this.meshes = meshes;
        this.size = size;
        crops = (int) Math.clamp(Math.round(settings.views() * settings.crops()), 1, settings.views() - 1);
        views = views(settings, crops);
        rasteriser = new Rasteriser(Visibility.forDevice(scope.device()), 2 * size, 2 * size, true);
        surfaces = new Surface[meshes.size()];
        seen = new Seen[meshes.size()][views.size()];
    }

    /** Azimuths go evenly around, a little off the regular, so that few views leave no side unseen. */
    private static List<View> views(TextureSettings settings, int crops) {
        Random random = new Random(settings.seed() * 0x9E3779B97F4A7C15L + 41);
        List<View> all = new ArrayList<>();
        for (int i = 0; i < settings.views(); i++) {
            Framing framing = i < crops ? Framing.FACE : Framing.WHOLE;
            int of = i < crops ? crops : settings.views() - crops;
            double at = ((i < crops ? i : i - crops) + random.nextDouble()) / of;
            View any = View.random(framing, random);
            all.add(new View(framing, (2 * at - 1) * framing.azimuthLimit(), any.elevation()));
        }
        return List.copyOf(all);
    }

    public View view(int number) {
        return views.get(number);
    }

    /** Draws the number of a view. */
    int draw(boolean crop, Random random) {
        return crop ? random.nextInt(crops) : crops + random.nextInt(views.size() - crops);
    }

    int size() {
        return size;
    }

    int expressions() {
        return meshes.size();
    }

    /** What a view of the choice sees, in the step's scope unless it is kept. */
    Seen seen(Scope step, int expression, int view) {
        if (!kept) return look(step, expression, views.get(view));
        if (seen[expression][view] == null) seen[expression][view] = look(scope, expression, views.get(view));
        return seen[expression][view];
    }

    /** What any view sees, in the given scope. */
    Seen look(Scope into, int expression, View view) {
        if (surfaces[expression] == null) surfaces[expression] = surface(meshes.get(expression));
        Surface surface = surfaces[expression];
        try (Scope s = into.child();
                Torch.Mode off = Torch.noGradient()) {
            Cameras cameras = Cameras.of(view.camera());
            Fragments f = rasteriser.rasterise(s, Views.each(surface.meshes), surface.vertices, cameras);
            return new Seen(
                    s.keep(f.interpolate(s, surface.vertices)),
                    s.keep(Shading.cameraNormals(s, f, surface.normals, cameras)),
                    s.keep(f.pixel()));
        }
    }

    private Surface surface(Mesh mesh) {
        int n = mesh.vertexCount();
        long[] corners = Arrays.stream(mesh.triangles()).asLongStream().toArray();
        float[] normals = mesh.normals() == null ? MeshMeasures.vertexNormals(mesh) : mesh.normals();
        return new Surface(
                scope.of(mesh.positions(), n, 3),
                scope.of(normals, n, 3),
                Meshes.shared(scope.of(corners, corners.length / 3, 3), 1, n));
    }
}
