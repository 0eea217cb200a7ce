// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.List;
import org.eidolon.render.Camera;

/**
 * What photos of one person say about the person and about themselves. Biometric data.
 *
 * @param shape weights of the head model's identity modes
 * @param tone albedo of the skin, sRGB in 0…1
 * @param iris colour of the irises, sRGB in 0…1
 * @param hair colour of the hair, sRGB in 0…1; the skin's tone where there is none
 * @param hairy how sure it is that there is hair above the forehead, 0 to 1
 * @param views what each photo shows; none where no photo could be fitted
 * @param problem why no photo could be fitted, or empty
 */
public record Fit(
        float[] shape, float[] tone, float[] iris, float[] hair, double hairy, List<View> views, String problem) {
    /** Width and height of a view's mask. */
    public static final int MASK = 256;

    /**
     * What one photo shows.
     *
     * @param points x, y of each landmark in photo pixels
     * @param frame the part of the photo that the camera takes
     * @param camera whose picture the frame is
     * @param expression weights of the head model's expression shapes, 0 to 1
     * @param light spherical harmonics of the light in camera space, nine numbers ({@link SkinLight})
     * @param mask of the person in the frame, {@value #MASK}² bytes from the top left, 255 for the person
     * @param error mean distance of the landmarks, percent of the face's size
     * @param trust how far the view is to be believed, 0 to 1
     */
    public record View(
            float[] points,
            PhotoFrame frame,
            Camera camera,
            float[] expression,
            float[] light,
            byte[] mask,
            double error,
            double trust) {
        public View {
            if (mask.length != MASK * MASK) throw new IllegalArgumentException("a mask has " + MASK + "² bytes");
        }

        /** The same photo, its light known. */
        View in(SkinLight found) {
            return new View(points, frame, camera, expression, found.harmonics(), mask, error, trust);
        }

        /** Whether a place of the picture shows the person, 0 to 1; x to the right and y up, −1 to 1. */
        double person(double x, double y) {
            double u = Math.clamp((x + 1) / 2 * MASK - 0.5, 0, MASK - 1.001);
            double v = Math.clamp((1 - y) / 2 * MASK - 0.5, 0, MASK - 1.001);
            int i = (int) u, j = (int) v;
            double fu = u - i, fv = v - j;
            double upper = (1 - fu) * (mask[j * MASK + i] & 255) + fu * (mask[j * MASK + i + 1] & 255);
            double lower = (1 - fu) * (mask[j * MASK + MASK + i] & 255) + fu * (mask[j * MASK + MASK + i + 1] & 255);
            return ((1 - fv) * upper + fv * lower) / 255;
        }
    }

    public Fit {
        views = List.copyOf(views);
        if (views.isEmpty() == problem.isEmpty()) {
            throw new IllegalArgumentException("a fit is of at least one photo, or says why it is of none");
        }
    }

    /** No photo could be fitted. */
    public static Fit none(String problem) {
        return new Fit(new float[0], new float[3], new float[3], new float[3], 0, List.of(), problem);
    }

    /** Whether there is anything to go by. */
    public boolean found() {
        return !views.isEmpty();
    }
}
