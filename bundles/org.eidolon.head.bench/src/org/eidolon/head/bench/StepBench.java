// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.Map;
import java.util.Random;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.geometry.FieldOptimiser;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.geometry.StepClock;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.Worn;
import org.eidolon.torch.Scope;

/** Times one step of the geometry stage, by part: field, extraction, surface, render, guide, backward, optimiser. */
final class StepBench {
    /** Of the head whose steps are timed. */
    public static final int EXPRESSIONS = 13;
    /** Steps that are not counted. */
    public static final int WARM_UP = 5;

    private static final String WHOLE = "whole";

    private StepBench() {}

    /**
     * Milliseconds of each part, the mean over some steps after a warm-up; on a GPU every part is waited for.
     *
     * @param prior whose opinion is asked for ("guide"), of a person and sentences of chance
     */
    public static Map<String, Double> measure(Scope scope, HeadPrior prior, GeometrySettings settings, int steps) {
        return measure(scope, prior, settings, steps, true);
    }

    /** Milliseconds of a whole step, the mean over some after a warm-up; only the last one is waited for. */
    public static double whole(Scope scope, HeadPrior prior, GeometrySettings settings, int steps) {
        return measure(scope, prior, settings, steps, false).get(WHOLE);
    }

    private static Map<String, Double> measure(
            Scope scope, HeadPrior prior, GeometrySettings settings, int steps, boolean byPart) {
        try (Scope s = scope.child()) {
            Random random = new Random(settings.seed());
            float[][] sentences = new float[EXPRESSIONS][];
            for (int e = 0; e < EXPRESSIONS; e++) sentences[e] = numbers(random, SentenceEncoder.LENGTH);
            Identity person = new Identity(
                    prior.card().encoder(),
                    prior.card().encoderSha256(),
                    1,
                    numbers(random, IdentityEncoder.EMBEDDING),
                    numbers(random, IdentityEncoder.TOKENS * IdentityEncoder.TOKEN),
                    numbers(random, IdentityEncoder.COLOURS));
            StepClock clock = new StepClock(byPart && scope.device().isGpu() ? () -> drain(scope) : () -> {});
            FieldOptimiser optimiser =
                    new GeometryStage(prior, settings).optimiser(s, person, Worn.of(sentences), clock);
            for (int i = 0; i < WARM_UP; i++) optimiser.step();
            drain(scope);
            clock.reset();
            long began = System.nanoTime();
            for (int i = 0; i < steps; i++) optimiser.step();
            drain(scope);
            return byPart ? clock.perStep() : Map.of(WHOLE, (System.nanoTime() - began) / 1e6 / steps);
        }
    }

    /** Reading a number back waits for all that was queued before it. */
    private static void drain(Scope scope) {
        try (Scope s = scope.child()) {
            s.full(1, 1).toFloatArray();
        }
    }

    private static float[] numbers(Random random, int count) {
        float[] out = new float[count];
        double norm = Math.sqrt(count);
        for (int i = 0; i < count; i++) out[i] = (float) (random.nextGaussian() / norm);
        return out;
    }
}
