// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.EnumMap;
import java.util.Map;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.model.HeadSpace;
import org.eidolon.head.skin.Region;
import org.eidolon.head.view.Lighting;

/**
 * What a head is painted with where no photo saw it: the read tone with lips, brows and a scalp of hair of the read
 * colours; teeth, gums; eyeballs with irises of the read colour. Linear colours.
 */
final class HeadPaint {
    /** Radii from the pole of an eyeball, centimetres seen from the front. */
    private static final double PUPIL = 0.2, IRIS = 0.6, LIMBUS = 0.09;

    private final float[][] masks;
    private final float[][] poles = new float[2][];
    private final Map<Region, float[]> colours = new EnumMap<>(Region.class);
    private final Map<Region, Float> cover = new EnumMap<>(Region.class);
    private final float[] tone;
    private final float[] iris;

    HeadPaint(HeadModel model, float[][] masks, Fit fit) {
        this.masks = masks;
        tone = fit.tone();
        iris = fit.iris();
        lay(Region.LIPS, new float[] {tone[0] * 0.86f, tone[1] * 0.64f, tone[2] * 0.64f}, 0.7f);
        lay(Region.EYE_SHADOW, scaled(tone, 0.8f), 0.2f);
        lay(Region.FULL_HAIR, fit.hair(), (float) (0.95 * fit.hairy()));
        lay(Region.BROWS, scaled(fit.hairy() > 0.5 ? fit.hair() : scaled(tone, 0.4f), 0.8f), 0.7f);
        lay(Region.MOUTH, new float[] {0.35f, 0.14f, 0.13f}, 1);
        lay(Region.GUMS, new float[] {0.62f, 0.31f, 0.31f}, 1);
        lay(Region.TEETH, new float[] {0.86f, 0.83f, 0.76f}, 1);
        for (int v = 0; v < model.vertexCount(); v++) {
            if (model.part(v) != Part.EYE) continue;
            int side = model.neutral()[3 * v] > 0 ? 0 : 1;
            if (poles[side] == null || model.neutral()[3 * v + 2] > poles[side][2]) {
                poles[side] =
                        new float[] {model.neutral()[3 * v], model.neutral()[3 * v + 1], model.neutral()[3 * v + 2]};
            }
        }
    }

    private void lay(Region region, float[] colour, float opacity) {
        colours.put(region, colour);
        cover.put(region, opacity);
    }

    /** Linear colour of a place inside a triangle of the model. */
    void at(int[] vertices, int from, float[] weights, int weight, double[] rgb) {
        float[] out = tone.clone();
        for (Region region : Region.values()) {
            if (!colours.containsKey(region)) continue;
            float m = cover.get(region) * mask(region, vertices, from, weights, weight);
            for (int c = 0; c < 3; c++) out[c] += m * (colours.get(region)[c] - out[c]);
        }
        decode(out, rgb);
    }

    float mask(Region region, int[] vertices, int from, float[] weights, int weight) {
        float[] mask = masks[region.ordinal()];
        float sum = 0;
        for (int k = 0; k < 3; k++) sum += weights[weight + k] * mask[vertices[from + k]];
        return sum;
    }

    /** Linear colour of a place on an eyeball of the mean head. */
    void eye(double x, double y, double z, double[] rgb) {
        float[] pole = poles[x > 0 ? 0 : 1];
        double r = HeadSpace.CENTIMETRES * Math.hypot(x - pole[0], y - pole[1]);
        boolean front = z > pole[2] - 0.9 / HeadSpace.CENTIMETRES;
        double angle = Math.atan2(y - pole[1], x - pole[0]);
        double fibre = 1 + 0.12 * Math.sin(37 * angle + 2 * Math.sin(11 * angle)) * step(PUPIL, 0.35, r);
        float[] out = {0.87f, 0.85f, 0.83f};
        if (front) {
            double inIris = 1 - step(IRIS - 0.03, IRIS + 0.03, r);
            double rim = step(IRIS - 2 * LIMBUS, IRIS, r);
            double pupil = 1 - step(PUPIL - 0.025, PUPIL + 0.025, r);
            for (int c = 0; c < 3; c++) {
                double colour = iris[c] * fibre * (1 - 0.55 * rim);
                out[c] += (float) (inIris * (colour - out[c]));
                out[c] += (float) (pupil * (0.02 - out[c]));
            }
        }
        decode(out, rgb);
    }

    private static void decode(float[] srgb, double[] rgb) {
        for (int c = 0; c < 3; c++) rgb[c] = Math.pow(Math.clamp(srgb[c], 0.005, 1), 1 / Lighting.ENCODING);
    }

    /** Smooth step from 0 at `from` to 1 at `to`. */
    static double step(double from, double to, double x) {
        double t = Math.clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    private static float[] scaled(float[] colour, float by) {
        return new float[] {colour[0] * by, colour[1] * by, colour[2] * by};
    }
}
