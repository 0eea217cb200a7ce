// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Pictures of how a field stands, and tensors of pictures as images. */
public final class Preview {
    private static final int EXPRESSIONS = 4;

    private Preview() {}

    /** The first expressions, in front above and from the side below. */
    static BufferedImage of(Scope scope, HeadField field, SurfaceRenderer renderer) {
        int count = Math.min(EXPRESSIONS, field.expressions());
        List<View> views = List.of(View.front(Framing.FACE), new View(Framing.WHOLE, 0.7, 0.1));
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            Surfaces surfaces = field.surfaces(s, IntStream.range(0, count).toArray());
            return sheet(renderer.normals(s, surfaces, views), views.size());
        }
    }

    /**
     * Pictures (N, 3, S, S) in -1…1 as a sheet: columns of {@code rows} pictures each, filled from the top, then from
     * the left.
     */
    public static BufferedImage sheet(NDArray pictures, int rows) {
        int size = Math.toIntExact(pictures.getShape().get(2));
        int count = Math.toIntExact(pictures.getShape().get(0));
        float[] values = pictures.toFloatArray();
        BufferedImage image =
                new BufferedImage((count + rows - 1) / rows * size, rows * size, BufferedImage.TYPE_INT_RGB);
        int plane = size * size;
        for (int n = 0; n < count; n++) {
            for (int p = 0; p < plane; p++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float value = values[(n * 3 + c) * plane + p] * 127.5f + 127.5f;
                    rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(value)));
                }
                image.setRGB(n / rows * size + p % size, n % rows * size + p / size, rgb);
            }
        }
        return image;
    }
}
