// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * An albedo texture without light in it.
 *
 * @param png the picture as a PNG file: sRGB, row 0 where v is 0
 */
public record Texture(byte[] png) {
    public static Texture of(BufferedImage picture) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.setUseCache(false);
            ImageIO.write(picture, "png", bytes);
            return new Texture(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BufferedImage picture() {
        try {
            ImageIO.setUseCache(false);
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            if (picture == null) {
                throw new IOException("the texture is no picture");
            }
            return picture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
