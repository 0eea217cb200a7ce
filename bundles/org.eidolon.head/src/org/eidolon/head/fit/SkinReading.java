// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.Arrays;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.skin.Region;
import org.eidolon.head.view.Lighting;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/**
 * Reads light and colours off a photo: those pixels are skin, iris or hair that the fitted head says are, and medians
 * leave out what is none.
 *
 * @param light of the photo
 * @param tone albedo of the skin, sRGB
 * @param iris sRGB
 * @param hair sRGB
 * @param hairy how sure it is that there is hair above the forehead, 0 to 1
 */
public record SkinReading(SkinLight light, float[] tone, float[] iris, float[] hair, double hairy) {
    private static final int SIZE = 384;
    private static final float[] BROWN = {0.27f, 0.18f, 0.12f};

    /** Difference of colour (of 1, linear, relative to the tone) from which on it is no skin. */
    private static final double FOREIGN = 0.3;

    /**
     * @param worn the fitted head wearing the photo's expression, vertices (V, 3)
     * @param masks of the model's {@link Region}s
     * @throws PhotoFit.NoFit if too little skin is seen
     */
    static SkinReading of(Scope scope, HeadModel model, float[][] masks, float[] worn, Fit.View view, PhotoView photo) {
        Raster raster = Raster.of(scope, Mesh.of(worn, model.triangles()), view.camera(), SIZE);
        int n = raster.samples();
        float[] normals = new float[3 * n], luminance = new float[n];
        float[][] skin = new float[3][n], iris = new float[3][n], hair = new float[3][n];
        int[] count = new int[3];
        double[] rgb = new double[3];
        for (int i = 0; i < n; i++) {
            double x = 2 * (raster.pixel()[i] % SIZE + 0.5) / SIZE - 1,
                    y = 1 - 2 * (raster.pixel()[i] / SIZE + 0.5) / SIZE;
            if (photo.colour(x, y, rgb) < 0.6) continue;
            Part part = model.part(raster.vertices()[3 * i]);
            if (part == Part.EYE) {
                boolean ring = raster.at(i, masks[Region.IRIS.ordinal()]) > 0.7
                        && raster.at(i, masks[Region.PUPIL.ordinal()]) < 0.1;
                if (ring) put(iris, count, 1, rgb);
            } else if (raster.at(i, masks[Region.RECEDING_HAIR.ordinal()]) > 0.6) {
                put(hair, count, 2, rgb);
            } else if (part == Part.FACE && bare(raster, i, masks, model.neutral())) {
                System.arraycopy(raster.normals(), 3 * i, normals, 3 * count[0], 3);
                luminance[count[0]] = (float) LinearPicture.luminance(rgb);
                put(skin, count, 0, rgb);
            }
        }
        SkinLight light = SkinLight.fit(Arrays.copyOf(normals, 3 * count[0]), Arrays.copyOf(luminance, count[0]));
        float[][] albedo = new float[3][count[0]];
        for (int i = 0; i < count[0]; i++) {
            double lit = light.at(normals, 3 * i);
            for (int c = 0; c < 3; c++) albedo[c][i] = (float) (skin[c][i] / lit);
        }
        float[] tone = middle(albedo, count[0], 0.5);
        float[] hairColour = count[2] < 20 ? tone : middle(hair, count[2], 0.5);
        return new SkinReading(
                light,
                encoded(tone),
                count[1] < 6 ? BROWN : encoded(middle(iris, count[1], 0.45)),
                encoded(hairColour),
                foreign(hair, count[2], tone));
    }

    /** How sure it is that hair is seen where hair grows: by the share of what differs from skin. */
    private static double foreign(float[][] hair, int count, float[] tone) {
        int different = 0;
        for (int i = 0; i < count; i++) {
            double[] rgb = {hair[0][i], hair[1][i], hair[2][i]};
            if (difference(rgb, tone) > FOREIGN) different++;
        }
        return count < 20 ? 0 : HeadPaint.step(0.1, 0.45, (double) different / count);
    }

    /** How far a colour lies from that of the skin under whatever light, by its share of each channel and its depth. */
    static double difference(double[] rgb, float[] tone) {
        double sum = rgb[0] + rgb[1] + rgb[2] + 1e-4, skin = tone[0] + tone[1] + tone[2] + 1e-4;
        double chroma = 0;
        for (int c = 0; c < 3; c++) chroma = Math.max(chroma, Math.abs(rgb[c] / sum - tone[c] / skin));
        double darker = Math.log(skin / sum);
        return Math.max(2.5 * chroma, Math.max(0, Math.abs(darker + 0.15) - 0.5) * 0.4);
    }

    /** Cheeks, nose, chin and the middle of the forehead, without what is no bare skin there. */
    private static boolean bare(Raster raster, int i, float[][] masks, float[] mean) {
        int v = 3 * raster.vertices()[3 * i];
        boolean middle = Math.abs(mean[v]) < 0.36 && mean[v + 1] > -0.28 && mean[v + 1] < 0.52 && mean[v + 2] > 0.2;
        if (!middle || raster.normals()[3 * i + 2] < 0.25) return false;
        for (Region r : new Region[] {Region.LIPS, Region.BROWS, Region.EYE_SHADOW, Region.FULL_HAIR}) {
            if (raster.at(i, masks[r.ordinal()]) > 0.15) return false;
        }
        return true;
    }

    private static void put(float[][] values, int[] count, int kind, double[] rgb) {
        for (int c = 0; c < 3; c++) values[c][count[kind]] = (float) rgb[c];
        count[kind]++;
    }

    /** The colour of the sample at a share of the order by brightness, smoothed over its neighbours in that order. */
    private static float[] middle(float[][] values, int count, double share) {
        float[] out = new float[3];
        for (int c = 0; c < 3; c++) {
            float[] sorted = Arrays.copyOf(values[c], count);
            Arrays.sort(sorted);
            out[c] = sorted[(int) (share * (count - 1))];
        }
        return out;
    }

    private static float[] encoded(float[] linear) {
        float[] out = new float[3];
        for (int c = 0; c < 3; c++) out[c] = (float) Math.clamp(Math.pow(linear[c], Lighting.ENCODING), 0.02, 0.98);
        return out;
    }
}
