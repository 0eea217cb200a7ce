// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.eidolon.mesh.Box;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;

/**
 * A head ready to be drawn: what a GLB holds, decoded. Immutable; decoding takes a while and belongs into a thread of
 * its own.
 *
 * @param shapes one for each expression
 * @param first index of the shape to begin with
 * @param bounds of all shapes, so that the camera need not move when the expression changes
 */
public record ShownHead(List<Shape> shapes, List<Texture> textures, int first, Box bounds) {
    private static final int MAX_SIDE = 8192;

    /**
     * A head wearing one expression.
     *
     * @param mesh with normals
     * @param texture index into the model's textures, or -1 for plain grey
     */
    public record Shape(String name, Mesh mesh, int texture, float roughness) {}

    /**
     * A picture as OpenGL takes it.
     *
     * @param rgba sRGB, row 0 first, four bytes a pixel
     */
    public record Texture(int width, int height, byte[] rgba) {}

    public ShownHead {
        shapes = List.copyOf(shapes);
        textures = List.copyOf(textures);
    }

    /** @throws IllegalArgumentException when there is no shape */
    public ShownHead(List<Shape> shapes, List<Texture> textures, int first) {
        this(shapes, textures, first, bounds(shapes));
    }

    /** @throws IOException when a texture is no picture, or one too large to show */
    public static ShownHead of(Glb glb) throws IOException {
        var textures = new ArrayList<Texture>();
        for (byte[] file : glb.textures()) {
            textures.add(decode(file));
        }
        var shapes = glb.scenes().stream()
                .map(scene ->
                        new Shape(scene.name(), scene.mesh().withVertexNormals(), scene.texture(), scene.roughness()))
                .toList();
        return new ShownHead(shapes, textures, glb.defaultScene());
    }

    public static ShownHead read(Path glb) throws IOException {
        return of(Glb.read(glb));
    }

    /** A mesh alone, as a stage that is still at work has it. */
    public static ShownHead of(String name, Mesh mesh) {
        var shape = new Shape(name, mesh.withVertexNormals(), -1, Glb.SKIN_ROUGHNESS);
        return new ShownHead(List.of(shape), List.of(), 0);
    }

    private static Box bounds(List<Shape> shapes) {
        return shapes.stream()
                .map(shape -> shape.mesh().bounds())
                .reduce(ShownHead::union)
                .orElseThrow(() -> new IllegalArgumentException("a head has at least one shape"));
    }

    private static Box union(Box a, Box b) {
        return new Box(
                Math.min(a.minX(), b.minX()),
                Math.min(a.minY(), b.minY()),
                Math.min(a.minZ(), b.minZ()),
                Math.max(a.maxX(), b.maxX()),
                Math.max(a.maxY(), b.maxY()),
                Math.max(a.maxZ(), b.maxZ()));
    }

    private static Texture decode(byte[] file) throws IOException {
        ImageIO.setUseCache(false);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        if (picture == null) {
            throw new IOException("a texture of the head is no picture that can be read");
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new IOException("a texture of the head has " + width + "×" + height + " pixels; at most " + MAX_SIDE
                    + " a side can be shown");
        }
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        byte[] rgba = new byte[4 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgba[4 * i] = (byte) (pixels[i] >> 16);
            rgba[4 * i + 1] = (byte) (pixels[i] >> 8);
            rgba[4 * i + 2] = (byte) pixels[i];
            rgba[4 * i + 3] = (byte) (pixels[i] >>> 24);
        }
        return new Texture(width, height, rgba);
    }
}
