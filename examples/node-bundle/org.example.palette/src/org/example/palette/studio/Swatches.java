// SPDX-License-Identifier: EPL-2.0
package org.example.palette.studio;

import java.util.Map;
import java.util.Optional;
import org.eidolon.api.value.Image;
import org.eidolon.studio.editor.extend.NodePreview;
import org.example.palette.Palette;

/** The picture on the node: the colours side by side, each as wide as its share. */
public final class Swatches implements NodePreview {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 60;

    @Override
    public Optional<Image> of(Map<String, Object> outputs) {
        var palette = (Palette) outputs.get("palette");
        byte[] samples = new byte[WIDTH * HEIGHT * 3];
        for (int x = 0, colour = 0; x < WIDTH; x++) {
            double end = 0;
            for (int i = 0; i <= colour; i++) {
                end += palette.shares()[i];
            }
            if ((x + 0.5) / WIDTH > end && colour + 1 < palette.colours().length) {
                colour++;
            }
            for (int y = 0; y < HEIGHT; y++) {
                int at = 3 * (y * WIDTH + x);
                samples[at] = (byte) (palette.colours()[colour] >> 16);
                samples[at + 1] = (byte) (palette.colours()[colour] >> 8);
                samples[at + 2] = (byte) palette.colours()[colour];
            }
        }
        return Optional.of(Image.ofBytes(WIDTH, HEIGHT, 3, samples));
    }
}
