// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.skin;

import java.util.Random;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.model.HeadSpace;

/**
 * Where on a head each {@link Region} lies: soft masks in 0…1 for every vertex, found from the neutral head and its 68
 * landmarks. All identities share the vertices, so this is done once. Lengths are ICT-FaceKit's centimetres.
 */
public final class SkinRegions {
    private final HeadModel model;
    private final float[][] xyz;
    private final float[][] landmarks;
    private final float[][] masks;

    public SkinRegions(HeadModel model) {
        this.model = model;
        xyz = new float[model.vertexCount()][3];
        for (int i = 0; i < xyz.length * 3; i++) {
            xyz[i / 3][i % 3] = HeadSpace.toCentimetres(model.neutral()[i], i % 3);
        }
        landmarks = new float[model.landmarks().length][];
        for (int i = 0; i < landmarks.length; i++) landmarks[i] = xyz[model.landmarks()[i]];
        masks = new float[Region.values().length][xyz.length];
        paintSkin();
        paintParts();
        paintEyes();
    }

    /** Masks, a row of V for each region in the order of {@link Region}. */
    public float[][] masks() {
        return masks;
    }

    private void paintSkin() {
        float[][] noise = {smoothNoise(1, 2.5f), smoothNoise(2, 0.9f), smoothNoise(3, 0.4f)};
        for (int v = 0; v < xyz.length; v++) {
            Part part = model.part(v);
            if (part != Part.FACE && part != Part.NECK) continue;
            float x = Math.abs(xyz[v][0]), y = xyz[v][1], z = xyz[v][2];
            set(Region.MOTTLE, v, 0.5f + 0.5f * noise[0][v]);
            float cheeks = bump(x - 4.2f, 3f) * bump(y - 0.8f, 2.6f) * step(5, 7, z);
            float nose = bump(x, 1.6f) * bump(y - 0.8f, 2f) * step(10, 12, z);
            set(Region.FRECKLES, v, Math.max(cheeks, nose) * step(0.8f, 1.3f, noise[2][v]));
            float ears = step(6.8f, 7.6f, x) * bump(y - 2, 4f) * bump(z - 2, 4f);
            set(Region.FLUSH, v, Math.max(Math.max(cheeks, nose * 0.8f), ears * 0.7f));
            float under = bump(x - 3.1f, 1.5f) * bump(y - 2.6f, 0.9f) * step(7, 8, z);
            float lid = bump(x - 3.1f, 1.5f) * bump(y - 4.3f, 0.7f) * step(8, 9, z);
            set(Region.EYE_SHADOW, v, Math.max(under * 0.8f, lid));
            if (part == Part.FACE) {
                float inside = insideLips(xyz[v]);
                set(Region.LIPS, v, step(-0.12f, 0.12f, inside) * step(8.5f, 9.3f, z));
                set(Region.BROWS, v, brows(xyz[v], noise[1][v]));
            }
            float beard = step(-0.6f, -1.9f, y)
                    * step(-10.5f, -8f, y)
                    * Math.max(step(2.2f, 4.5f, z), 0)
                    * (1 - masks[Region.LIPS.ordinal()][v]);
            float sideburn = bump(x - 7.2f, 0.9f) * step(1.5f, 3.2f, z) * step(5.5f, 4.8f, z) * step(5, 2, y);
            set(Region.STUBBLE, v, clamp(Math.max(beard, sideburn * 0.8f) * (0.8f + 0.3f * noise[2][v])));
            set(Region.FULL_HAIR, v, hair(x, y, z, 9.8f, noise[1][v]));
            set(Region.CROPPED_HAIR, v, hair(x, y, z, 10.4f, noise[1][v]) * (0.85f + 0.15f * noise[2][v]));
            set(Region.RECEDING_HAIR, v, hair(x, y, z, 13.2f, noise[1][v]));
        }
    }

    /** Hairline: high at the forehead, down past the temples to the nape; ears stay free. */
    private static float hair(float x, float y, float z, float front, float noise) {
        float line;
        if (z > 6) line = front;
        else if (z > 2.5f) line = lerp(5.2f, front, (z - 2.5f) / 3.5f);
        else if (z > -1.5f) line = lerp(3.8f, 5.2f, (z + 1.5f) / 4f);
        else line = lerp(-5f, 3.8f, clamp((z + 6f) / 4.5f));
        float ear = step(7.2f, 7.7f, x) * bump(z - 1.2f, 3.2f) * step(6.2f, 5.2f, y);
        return step(line - 0.35f, line + 0.55f, y + 0.4f * noise) * (1 - clamp(ear * 1.5f));
    }

    private float brows(float[] p, float noise) {
        float best = 0;
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < 4; i++) {
                float[] a = landmarks[17 + side * 5 + i], b = landmarks[18 + side * 5 + i];
                float outer = side == 0 ? i / 4f : 1 - (i + 1) / 4f;
                float width = lerp(0.22f, 0.42f, outer);
                float distance = segmentDistance(p, a, b);
                best = Math.max(best, step(width + 0.22f, width - 0.1f, distance + 0.1f * noise));
            }
        }
        return best;
    }

    /** Signed distance to the outer outline of the lips as seen from the front, positive inside. */
    private float insideLips(float[] p) {
        boolean inside = false;
        float nearest = Float.MAX_VALUE;
        for (int i = 48, j = 59; i < 60; j = i++) {
            float[] a = landmarks[i], b = landmarks[j];
            if ((a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0]) {
                inside = !inside;
            }
            nearest = Math.min(
                    nearest,
                    segmentDistance(
                            new float[] {p[0], p[1], 0}, new float[] {a[0], a[1], 0}, new float[] {b[0], b[1], 0}));
        }
        return inside ? nearest : -nearest;
    }

    private void paintParts() {
        for (int v = 0; v < xyz.length; v++) {
            switch (model.part(v)) {
                case MOUTH -> set(Region.MOUTH, v, 1);
                case GUMS -> set(Region.GUMS, v, 1);
                case TEETH -> set(Region.TEETH, v, 1);
                case EYE -> set(Region.SCLERA, v, 1);
                default -> {}
            }
        }
    }

    /** Iris and pupil are caps around the foremost point of each eyeball. */
    private void paintEyes() {
        for (int side = -1; side <= 1; side += 2) {
            float[] pole = null;
            for (int v = 0; v < xyz.length; v++) {
                if (model.part(v) != Part.EYE || xyz[v][0] * side < 0) continue;
                if (pole == null || xyz[v][2] > pole[2]) pole = xyz[v];
            }
            if (pole == null) continue;
            for (int v = 0; v < xyz.length; v++) {
                if (model.part(v) != Part.EYE || xyz[v][0] * side < 0) continue;
                float r = (float) Math.hypot(xyz[v][0] - pole[0], xyz[v][1] - pole[1]);
                if (xyz[v][2] < pole[2] - 0.9f) continue;
                set(Region.IRIS, v, step(0.68f, 0.58f, r));
                set(Region.LIMBUS, v, step(0.68f, 0.6f, r) * step(0.46f, 0.56f, r));
                set(Region.PUPIL, v, step(0.3f, 0.2f, r));
            }
        }
    }

    /** Noise in about -1…1, smooth over the given length: a sum of random plane waves. */
    private float[] smoothNoise(long seed, float length) {
        Random random = new Random(seed);
        float[] noise = new float[xyz.length];
        int waves = 24;
        for (int w = 0; w < waves; w++) {
            double kx = random.nextGaussian(), ky = random.nextGaussian(), kz = random.nextGaussian();
            double phase = random.nextDouble() * 2 * Math.PI;
            for (int v = 0; v < noise.length; v++) {
                double dot = kx * xyz[v][0] + ky * xyz[v][1] + kz * xyz[v][2];
                noise[v] += (float) (Math.sin(dot * Math.PI / length + phase) * Math.sqrt(2.0 / waves));
            }
        }
        return noise;
    }

    private void set(Region region, int vertex, float value) {
        masks[region.ordinal()][vertex] = clamp(value);
    }

    private static float segmentDistance(float[] p, float[] a, float[] b) {
        float ab = 0, ap = 0;
        for (int i = 0; i < 3; i++) {
            ab += (b[i] - a[i]) * (b[i] - a[i]);
            ap += (b[i] - a[i]) * (p[i] - a[i]);
        }
        float t = clamp(ap / ab);
        float d = 0;
        for (int i = 0; i < 3; i++) d += (float) Math.pow(p[i] - a[i] - t * (b[i] - a[i]), 2);
        return (float) Math.sqrt(d);
    }

    private static float bump(float d, float width) {
        return (float) Math.exp(-d * d / (width * width) * 2);
    }

    /** Smooth step from 0 at `from` to 1 at `to`; falls where from > to. */
    private static float step(float from, float to, float x) {
        float t = clamp((x - from) / (to - from));
        return t * t * (3 - 2 * t);
    }

    private static float lerp(float a, float b, float t) {
        return a + (b - a) * clamp(t);
    }

    private static float clamp(float x) {
        return Math.max(0, Math.min(1, x));
    }
}
