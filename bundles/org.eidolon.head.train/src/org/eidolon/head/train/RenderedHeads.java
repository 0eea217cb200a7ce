// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eidolon.encoders.Photo;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;

/**
 * Renders of made-up people as a LoRA of a published network learns from them, of any size, with captions in words and
 * codes of what is worn. Everything of a picture follows from its number and the seed.
 */
public final class RenderedHeads {
    /** Pictures of a person, who is somebody else after that. */
    private static final int VIEWS = 8;

    /** Share of the pictures that show a composed expression. */
    private static final double COMPOSED = 0.4;

    /**
     * What is told of a picture.
     *
     * @param person its number
     * @param caption what it shows, in words
     * @param expression code of what is worn
     */
    public record Told(long person, String caption, float[] expression) {}

    private record Planned(Told told, Pictures.Take take) {}

    private final Pictures pictures;
    private final Domain domain;
    private final Captions captions;
    private final long seed;

    /** @param size width and height of the pictures */
    public RenderedHeads(Scope scope, Path heads, Domain domain, int size, long seed) throws IOException {
        this.pictures = new Pictures(new HeadTensors(scope, HeadPack.open(heads)), size);
        this.domain = domain;
        this.captions = new Captions(pictures.model());
        this.seed = seed;
    }

    private Planned plan(long number) {
        long person = 1 + seed * 10_000_000L + number / VIEWS;
        Random random = new Random((seed * 31 + number) * 0x9E3779B97F4A7C15L + 5);
        Framing framing = number % 2 == 0 ? Framing.WHOLE : Framing.FACE;
        View view = View.random(framing, random);
        boolean lit = domain == Domain.COLOUR && random.nextFloat() < 0.6f;
        Light light = lit ? Lighting.random(random) : Light.FLAT;
        float[] shapes;
        String words;
        if (random.nextDouble() < COMPOSED) {
            Captions.Caption caption = captions.compose(random);
            shapes = caption.shapes();
            words = caption.wordings().get(random.nextInt(caption.wordings().size()));
        } else {
            Expression expression = Expression.standard()
                    .get(random.nextInt(Expression.standard().size()));
            shapes = pictures.model().shapeWeights(expression.weights());
            words = expression.phrases().get(random.nextInt(expression.phrases().size()));
        }
        String what = domain == Domain.NORMALS ? "a normal map of " : lit ? "a photo of " : "the albedo of ";
        String caption = what + (framing == Framing.WHOLE ? "a head, " : "a face, ") + side(view) + ", " + words;
        Subject subject = Subject.of(person, pictures.model());
        return new Planned(
                new Told(person, caption, HeadCodes.expression(shapes)),
                new Pictures.Take(subject, shapes, view, light));
    }

    private static String side(View view) {
        double degrees = Math.abs(Math.toDegrees(Math.IEEEremainder(view.azimuth(), 2 * Math.PI)));
        return degrees < 30
                ? "front view"
                : degrees < 65 ? "three-quarter view" : degrees < 120 ? "side view" : "back view";
    }

    /** What is told of the picture of this number. */
    public Told told(long number) {
        return plan(number).told;
    }

    /** The picture of this number, (3, S, S) in −1…1. */
    public float[] picture(Scope scope, long number) {
        try (Scope s = scope.child()) {
            return HeadTensors.KERNELS
                    .call(s, "signed", pictures.take(s, List.of(plan(number).take), domain))
                    .toFloatArray();
        }
    }

    /** The aligned portrait by which a person is known. */
    public Photo portrait(Scope scope, long person) {
        try (Scope s = scope.child()) {
            NDArray crop = pictures.portraits(s, List.of(Subject.of(person, pictures.model())));
            int side = (int) crop.getShape().get(1);
            return Photo.ofFloats(crop.toFloatArray(), side, side);
        }
    }
}
