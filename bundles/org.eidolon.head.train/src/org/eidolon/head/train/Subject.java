// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.skin.Skin;
import org.eidolon.head.view.Lighting;
import org.eidolon.render.Light;

/**
 * A made-up person: shape, skin and the one portrait by which the priors know them. All of it follows from the seed.
 *
 * @param seed where the person comes from; {@link #HELD_OUT} and above are never trained on
 * @param identity weights of the head model's identity modes, N(0, 1)
 * @param skin how the head is painted
 * @param portrait how the portrait is taken
 */
public record Subject(long seed, float[] identity, Skin skin, Shot portrait) {
    /** First seed of the people that benchmarks and gates use; training draws below. */
    public static final long HELD_OUT = 1L << 40;

    /** Brightness of a skin, sRGB, that cameras leave as it is. */
    private static final double MIDDLE = 0.6;

    /**
     * How a portrait is taken.
     *
     * @param azimuth camera, radians
     * @param elevation camera, radians
     * @param roll of the camera, radians
     * @param light on the face
     * @param background sRGB colour behind the head
     * @param exposure gain of the picture
     * @param gamma further gamma of the picture
     * @param shapes expression worn, weights of the model's shapes
     * @param jitter pixels (of the 112² crop) by which each of the five points is off, 10 numbers
     * @param finish hair around the face, blur and grain, as {@link Finish} draws them
     */
    public record Shot(
            double azimuth,
            double elevation,
            double roll,
            Light light,
            float[] background,
            float exposure,
            float gamma,
            float[] shapes,
            float[] jitter,
            Finish finish) {}

    public static Subject of(long seed, HeadModel model) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 17);
        float[] identity = new float[model.identities().size()];
        for (int i = 0; i < identity.length; i++) identity[i] = (float) random.nextGaussian();
        Skin skin = Skin.random(random);
        return new Subject(seed, identity, skin, shot(random, model, skin));
    }

    private static Shot shot(Random random, HeadModel model, Skin skin) {
        float[] background = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        float grey = random.nextFloat();
        for (int c = 0; c < 3; c++) background[c] = 0.35f * background[c] + 0.65f * grey;
        float[] jitter = new float[10];
        for (int i = 0; i < 10; i++) jitter[i] = 0.9f * (float) random.nextGaussian();
        return new Shot(
                Math.toRadians(15) * (2 * random.nextDouble() - 1),
                Math.toRadians(15) * (2 * random.nextDouble() - 1),
                Math.toRadians(4) * random.nextGaussian(),
                Lighting.random(random),
                background,
                exposure(skin, random.nextFloat()),
                0.85f + 0.3f * random.nextFloat(),
                worn(random, model),
                jitter,
                Finish.random(random, skin));
    }

    /** As a camera does by itself: what is dark is exposed longer, though not until it is light. */
    private static float exposure(Skin skin, float chance) {
        return (float) Math.pow(MIDDLE / skin.brightness(), 0.3) * (0.85f + 0.45f * chance);
    }

    /** Half of the portraits are neutral; the others wear something mild, most often a smile, as photos do. */
    private static float[] worn(Random random, HeadModel model) {
        float amount = random.nextFloat() < 0.5f ? 0 : 0.15f + 0.65f * random.nextFloat();
        List<Expression> all = Expression.standard();
        Expression expression = all.get(random.nextFloat() < 0.6f ? 1 : random.nextInt(all.size()));
        Map<String, Double> weights = amount == 0 ? Map.of() : expression.weights();
        float[] shapes = model.shapeWeights(weights);
        for (int i = 0; i < shapes.length; i++) shapes[i] *= amount;
        return shapes;
    }
}
