// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Display;

/** Pictures of the engine as pictures of the window system. */
public final class Pixels {
    /** Twice what a node shows, so that it stays sharp where a point has two pixels. */
    private static final int WIDEST = 480;

    private Pixels() {}

    /** A small copy; the caller disposes it. */
    public static Image thumbnail(Display display, org.eidolon.api.value.Image picture) {
        ImageData data = data(picture);
        double factor = Math.min(1, WIDEST / (double) Math.max(data.width, data.height));
        ImageData small = factor == 1
                ? data
                : data.scaledTo(Math.max(1, (int) (data.width * factor)), Math.max(1, (int) (data.height * factor)));
        return new Image(display, small);
    }

    private static ImageData data(org.eidolon.api.value.Image picture) {
        byte[] samples = picture.toBytes();
        int channels = picture.channels();
        var data = new ImageData(picture.width(), picture.height(), 24, new PaletteData(0xff0000, 0xff00, 0xff));
        byte[] alpha = channels == 4 ? new byte[picture.width() * picture.height()] : null;
        for (int y = 0, i = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++, i++) {
                int first = samples[i * channels] & 255;
                int second = channels > 2 ? samples[i * channels + 1] & 255 : first;
                int third = channels > 2 ? samples[i * channels + 2] & 255 : first;
                data.setPixel(x, y, first << 16 | second << 8 | third);
                if (alpha != null) {
                    alpha[i] = samples[i * channels + 3];
                }
            }
        }
        data.alphaData = alpha;
        return data;
    }
}
