// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.texture.Albedo;
import org.eidolon.head.texture.TextureBake;
import org.eidolon.head.texture.TexturedHead;
import org.eidolon.mesh.AtlasRaster;
import org.eidolon.mesh.Decimation;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.SurfaceIndex;
import org.eidolon.mesh.UvAtlas;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Texture;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * A head of fewer triangles. Edge collapse loses texture coordinates, so each simplified mesh is unwrapped anew and its
 * texture filled with what the original shows at the closest point.
 */
public final class Simplified {
    private static final int RINGS = 8;

    private Simplified() {}

    /**
     * @param triangles at most, for each expression
     * @param size of the textures, pixels
     */
    static Head of(Head head, int triangles, int size, Runnable perShape) {
        var shapes = new ArrayList<Head.Shape>();
        var textures = new ArrayList<Texture>();
        for (Head.Shape shape : head.shapes()) {
            perShape.run();
            Mesh mesh = shape.mesh();
            if (mesh.triangleCount() <= triangles) {
                int texture = -1;
                if (shape.texture() >= 0) {
                    textures.add(head.textures().get(shape.texture()));
                    texture = textures.size() - 1;
                }
                shapes.add(new Head.Shape(shape.prompt(), shape.slug(), mesh, texture));
                continue;
            }
            Mesh few = Decimation.toTriangles(Normals.welded(mesh), triangles);
            if (shape.texture() < 0) {
                shapes.add(new Head.Shape(shape.prompt(), shape.slug(), few, -1));
                continue;
            }
            Mesh unwrapped =
                    UvAtlas.of(few, UvAtlas.Options.DEFAULT.withSize(size)).mesh();
            textures.add(
                    bake(unwrapped, mesh, head.textures().get(shape.texture()).picture(), size));
            shapes.add(new Head.Shape(shape.prompt(), shape.slug(), unwrapped, textures.size() - 1));
        }
        return new Head(shapes, textures, head.weights());
    }

    /** Meshes simplified, textures baked from the field that they came from: no detour over other textures. */
    static Head baked(Head head, Integer triangles, int size, Runnable perShape) {
        var meshes = new ArrayList<Mesh>();
        for (Head.Shape shape : head.shapes()) {
            perShape.run();
            Mesh welded = Normals.welded(shape.mesh());
            meshes.add(triangles != null ? Decimation.toTriangles(welded, triangles) : welded);
        }
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            TexturedHead baked = TextureBake.bake(scope, Albedo.load(head.albedo()), meshes, size, StageMonitor.SILENT);
            return textured(head, baked, head.weights(), head.albedo());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head with meshes and textures that were baked for it. */
    public static Head textured(Head head, TexturedHead baked, Map<String, String> weights, Path albedo) {
        var shapes = new ArrayList<Head.Shape>();
        for (int e = 0; e < head.shapes().size(); e++) {
            Head.Shape shape = head.shapes().get(e);
            var part = baked.parts().get(e);
            shapes.add(new Head.Shape(shape.prompt(), shape.slug(), part.mesh(), part.texture()));
        }
        List<Texture> textures = baked.textures().stream()
                .map(texture -> Texture.of(texture.picture()))
                .toList();
        return new Head(shapes, textures, weights, albedo);
    }

    private static Texture bake(Mesh few, Mesh original, BufferedImage picture, int size) {
        AtlasRaster raster = AtlasRaster.of(few, size);
        float[] places = raster.interpolate(few, few.positions(), 3);
        var index = new SurfaceIndex(original);
        float[] colours = new float[3 * size * size];
        for (int at = 0; at < size * size; at++) {
            if (raster.triangles()[at] >= 0) {
                var hit = index.closest(places[3 * at], places[3 * at + 1], places[3 * at + 2]);
                int t = 3 * hit.triangle();
                float[] weights = {hit.b0(), hit.b1(), hit.b2()};
                float u = 0;
                float v = 0;
                for (int c = 0; c < 3; c++) {
                    int vertex = original.triangles()[t + c];
                    u += weights[c] * original.uvs()[2 * vertex];
                    v += weights[c] * original.uvs()[2 * vertex + 1];
                }
                sample(picture, u, v, colours, 3 * at);
            }
        }
        return Texture.of(HeadStudio.picture(raster.dilate(colours, 3, RINGS), size));
    }

    /** Bilinear lookup. */
    private static void sample(BufferedImage picture, float u, float v, float[] into, int at) {
        float x = Math.clamp(u * picture.getWidth() - 0.5f, 0, picture.getWidth() - 1.001f);
        float y = Math.clamp(v * picture.getHeight() - 0.5f, 0, picture.getHeight() - 1.001f);
        int x0 = (int) x;
        int y0 = (int) y;
        for (int k = 0; k < 4; k++) {
            float weight = (k % 2 == 0 ? 1 - (x - x0) : x - x0) * (k < 2 ? 1 - (y - y0) : y - y0);
            int rgb = picture.getRGB(
                    Math.min(x0 + k % 2, picture.getWidth() - 1), Math.min(y0 + k / 2, picture.getHeight() - 1));
            for (int c = 0; c < 3; c++) {
                into[at + c] += weight * (rgb >> (16 - 8 * c) & 255) / 255f;
            }
        }
    }

    /** Textures of another size, filtered. */
    static Head resized(Head head, int size) {
        List<Texture> textures = head.textures().stream()
                .map(texture -> {
                    BufferedImage picture = texture.picture();
                    return picture.getWidth() == size ? texture : Texture.of(scaled(picture, size));
                })
                .toList();
        return new Head(head.shapes(), textures, head.weights());
    }

    /** In halves as long as that is enough, so that every pixel counts; the rest bilinear. */
    private static BufferedImage scaled(BufferedImage picture, int size) {
        BufferedImage from = picture;
        while (from.getWidth() != size) {
            int next = Math.max(size, (from.getWidth() + 1) / 2);
            next = from.getWidth() < size ? size : next;
            var to = new BufferedImage(next, next, BufferedImage.TYPE_INT_RGB);
            var g = to.createGraphics();
            g.setRenderingHint(
                    java.awt.RenderingHints.KEY_INTERPOLATION, java.awt.RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(from, 0, 0, next, next, null);
            g.dispose();
            from = to;
        }
        return from;
    }
}
