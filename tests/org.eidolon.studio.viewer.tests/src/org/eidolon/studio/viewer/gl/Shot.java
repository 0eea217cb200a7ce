// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A picture taken, row 0 on top, for tests to look into; kept in target/shots for people. */
record Shot(BufferedImage picture) {
    static Shot of(HeadPictures.Picture taken, String name) {
        var picture = new BufferedImage(taken.width(), taken.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < taken.height(); y++) {
            for (int x = 0; x < taken.width(); x++) {
                int at = 4 * ((taken.height() - 1 - y) * taken.width() + x);
                var b = taken.bgra();
                picture.setRGB(x, y, (b.get(at + 2) & 255) << 16 | (b.get(at + 1) & 255) << 8 | b.get(at) & 255);
            }
        }
        try {
            Path folder = Files.createDirectories(Path.of("target", "shots").toAbsolutePath());
            ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shot(picture);
    }

    int rgb(int x, int y) {
        return picture.getRGB(x, y) & 0xffffff;
    }

    /** Where x and y run from 0 to 1. */
    int rgb(double x, double y) {
        return rgb((int) (x * picture.getWidth()), (int) (y * picture.getHeight()));
    }

    int channel(int x, int y, int c) {
        return rgb(x, y) >> (16 - 8 * c) & 255;
    }

    int brightness(double x, double y) {
        int rgb = rgb(x, y);
        return ((rgb >> 16) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    }
}
