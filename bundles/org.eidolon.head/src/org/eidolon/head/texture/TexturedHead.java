// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import java.awt.image.BufferedImage;
import java.util.List;
import org.eidolon.mesh.Mesh;

/**
 * A head in all its expressions with albedo textures.
 *
 * @param parts one per expression
 * @param textures what the parts name by index
 */
public record TexturedHead(List<Part> parts, List<Texture> textures) {
    /**
     * A head wearing one expression.
     *
     * @param mesh with uvs and normals; the same triangles in the same order as the mesh that was baked
     * @param texture index into the head's textures
     * @param sharedArea share of the surface that lies where every expression has its texture, 0 to 1
     */
    public record Part(Mesh mesh, int texture, double sharedArea) {}

    /**
     * A square albedo texture without light in it.
     *
     * @param size side, in texels
     * @param rgb sRGB bytes, three a texel, row 0 where v is 0
     */
    public record Texture(int size, byte[] rgb) {
        public Texture {
            if (rgb.length != 3 * size * size) {
                throw new IllegalArgumentException(rgb.length + " bytes for a texture of " + size + "²");
            }
        }

        public BufferedImage picture() {
            BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < size * size; i++) {
                int colour = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | rgb[3 * i + 2] & 255;
                picture.setRGB(i % size, i / size, colour);
            }
            return picture;
        }
    }

    public TexturedHead {
        parts = List.copyOf(parts);
        textures = List.copyOf(textures);
    }

    public Texture textureOf(int part) {
        return textures.get(parts.get(part).texture());
    }
}
