// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.mesh.AtlasRaster;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;
import org.eidolon.mesh.SharedHeadAtlas;
import org.eidolon.mesh.UvAtlas;
import org.eidolon.torch.Scope;

/**
 * Bakes an albedo into textures. All expressions share one layout: a place in head space has the same texel in each, so
 * that what is painted on the forehead of one texture fits all of them. Their pictures differ where the face moves.
 */
public final class TextureBake {
    private static final int RINGS = 8;
    private static final int PADDING_SHARE = 256;

    /** What baking one texel takes, and what all textures that are baked together may take. */
    private static final long TEXEL_BYTES = 64, TOGETHER_BYTES = 1L << 29;

    private TextureBake() {}

    /**
     * Bakes meshes as they are, or decimated: they need not be those that the albedo was found on, only lie in the same
     * place.
     *
     * @param scope where the field is evaluated
     * @param meshes one for each expression that the albedo knows, head space
     * @param size side of the textures, 64 to 8192 texels
     * @param monitor is told progress, one for each mesh, and asked whether to go on
     */
    public static TexturedHead bake(Scope scope, Albedo albedo, List<Mesh> meshes, int size, StageMonitor monitor) {
        if (meshes.size() != albedo.expressions()) {
            throw new IllegalArgumentException("the albedo knows " + albedo.expressions() + " expressions, there are "
                    + meshes.size() + " meshes");
        }
        int padding = Math.max(2, size / PADDING_SHARE);
        UvAtlas.Options options = new UvAtlas.Options(size, padding, UvAtlas.Options.DEFAULT.maxAngle());
        SharedHeadAtlas layout = SharedHeadAtlas.fit(meshes, options);
        try (Scope s = scope.child()) {
            AlbedoField field = AlbedoField.of(s, albedo);
            List<Baked> baked = bake(s, field, meshes, layout, monitor);
            List<TexturedHead.Part> parts = new ArrayList<>();
            List<TexturedHead.Texture> textures = new ArrayList<>();
            for (Baked one : baked) {
                int same = IntStream.range(0, textures.size())
                        .filter(i -> Arrays.equals(textures.get(i).rgb(), one.texture.rgb()))
                        .findFirst()
                        .orElse(textures.size());
                if (same == textures.size()) textures.add(one.texture);
                parts.add(new TexturedHead.Part(one.mesh, same, one.sharedArea));
            }
            return new TexturedHead(parts, textures);
        }
    }

    private record Baked(Mesh mesh, double sharedArea, TexturedHead.Texture texture) {}

    /** All expressions, several at a time: unwrapping, filling and dilating keep one core busy each. */
    private static List<Baked> bake(
            Scope s, AlbedoField field, List<Mesh> meshes, SharedHeadAtlas layout, StageMonitor monitor) {
        int size = layout.options().size();
        long fit = Math.max(1, TOGETHER_BYTES / (TEXEL_BYTES * size * size));
        int threads = (int)
                Math.min(Math.min(fit, meshes.size()), Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Baked>> all = new ArrayList<>();
            for (int e = 0; e < meshes.size(); e++) {
                int expression = e;
                all.add(workers.submit(() -> bake(s, field, expression, meshes.get(expression), layout)));
            }
            List<Baked> baked = new ArrayList<>();
            for (Future<Baked> one : all) {
                monitor.checkCancelled();
                baked.add(one.get());
                monitor.progress(baked.size(), meshes.size());
            }
            return baked;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException("a texture could not be baked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while textures were baked");
        } finally {
            workers.shutdownNow();
            // what still runs uses the field, whose scope ends next
            workers.close();
        }
    }

    private static Baked bake(Scope s, AlbedoField field, int expression, Mesh mesh, SharedHeadAtlas layout) {
        UvAtlas atlas = layout.unwrap(mesh);
        TexturedHead.Texture texture =
                texture(s, field, expression, atlas.mesh(), layout.options().size());
        return new Baked(smooth(mesh, atlas), SharedHeadAtlas.sharedShare(atlas), texture);
    }

    /** The texture of one expression, filled beyond the charts' borders. */
    static TexturedHead.Texture texture(Scope scope, AlbedoField field, int expression, Mesh mesh, int size) {
        AtlasRaster raster = AtlasRaster.of(mesh, size);
        float[] places = raster.interpolate(mesh, mesh.positions(), 3);
        int[] covered = IntStream.range(0, size * size)
                .filter(at -> raster.triangles()[at] >= 0)
                .toArray();
        float[] points = new float[3 * covered.length];
        for (int i = 0; i < covered.length; i++) System.arraycopy(places, 3 * covered[i], points, 3 * i, 3);
        float[] colours;
        synchronized (field) {
            // several threads would only share the cores that one call fills
            colours = field.colours(scope, points, expression);
        }
        float[] image = new float[3 * size * size];
        for (int i = 0; i < covered.length; i++) System.arraycopy(colours, 3 * i, image, 3 * covered[i], 3);
        float[] filled = raster.dilate(image, 3, RINGS);
        byte[] rgb = new byte[filled.length];
        for (int i = 0; i < rgb.length; i++) rgb[i] = (byte) Math.clamp(Math.round(255 * filled[i]), 0, 255);
        return new TexturedHead.Texture(size, rgb);
    }

    /** Normals of the whole surface, so that charts' borders don't show in the shading. */
    private static Mesh smooth(Mesh whole, UvAtlas atlas) {
        float[] normals = whole.normals() == null ? MeshMeasures.vertexNormals(whole) : whole.normals();
        float[] split = new float[3 * atlas.sourceVertices().length];
        for (int v = 0; v < atlas.sourceVertices().length; v++) {
            System.arraycopy(normals, 3 * atlas.sourceVertices()[v], split, 3 * v, 3);
        }
        return atlas.mesh().withNormals(split);
    }
}
