// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/**
 * A picture to show or to keep.
 *
 * @param bgr three bytes a pixel: blue, green, red; the uppermost row first
 */
public record Frame(int width, int height, byte[] bgr) {
    static Frame of(HeadPictures.Picture picture) {
        int width = picture.width();
        int height = picture.height();
        byte[] bgr = new byte[3 * width * height];
        byte[] row = new byte[4 * width];
        ByteBuffer pixels = picture.bgra();
        for (int y = 0, at = 0; y < height; y++) {
            pixels.get(4 * width * (height - 1 - y), row);
            for (int x = 0; x < 4 * width; x += 4, at += 3) {
                bgr[at] = row[x];
                bgr[at + 1] = row[x + 1];
                bgr[at + 2] = row[x + 2];
            }
        }
        return new Frame(width, height, bgr);
    }

    public int rgb(int x, int y) {
        int at = 3 * (y * width + x);
        return (bgr[at + 2] & 255) << 16 | (bgr[at + 1] & 255) << 8 | bgr[at] & 255;
    }

    public BufferedImage image() {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = rgb(i % width, i / width);
        }
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    /** Writes a PNG file beside the name and renames it, so that it is whole or absent. */
    public void write(Path png) throws IOException {
        Path target = png.toAbsolutePath();
        Path beside =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            ImageIO.write(image(), "png", beside.toFile());
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
