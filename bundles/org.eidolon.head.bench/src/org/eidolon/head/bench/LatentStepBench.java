// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.head.geometry.FieldOptimiser;
import org.eidolon.head.geometry.LatentGeometrySettings;
import org.eidolon.head.geometry.LatentGeometryStage;
import org.eidolon.head.geometry.StepClock;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentPrior;
import org.eidolon.head.latent.PublishedPrior;
import org.eidolon.head.latent.RandomPrior;
import org.eidolon.head.latent.StableDiffusionPrior;
import org.eidolon.torch.Scope;

/**
 * Times steps of the geometry stage under a Stable Diffusion of random weights: rendering, encoding with its gradient,
 * guidance, backward, Adam.
 */
final class LatentStepBench {
    /** Tokens of a text, as CLIP's are padded. */
    public static final int TOKENS = 77;

    private static final String ENCODE = "encode", DENOISE = "denoise", GUIDE = "guide", BACK = "encoderBackward";

    private final Scope scope;
    private final FieldOptimiser optimiser;
    private final Watch watch;
    private final StepClock clock;

    /**
     * @param scope keeps weights and field
     * @param sizes of UNet and autoencoder
     * @param settings of the stage; its coarse phase is the one that is timed if it is the whole of the run
     * @param together pictures that are asked about at once
     * @param byPart whether each part is waited for, so that it can be timed
     * @throws IllegalArgumentException if pictures don't fit the prior
     */
    public LatentStepBench(
            Scope scope,
            PublishedPrior.Sizes sizes,
            LatentGeometrySettings settings,
            int together,
            Precision precision,
            boolean byPart) {
        this.scope = scope;
        Runnable barrier = byPart && scope.device().isGpu() ? this::drain : () -> {};
        StableDiffusionPrior prior =
                RandomPrior.of(scope, sizes, precision, settings.loop().seed());
        watch = new Watch(prior, barrier);
        clock = new StepClock(barrier);
        LatentGuide asked = new LatentGuide(
                scope,
                watch,
                RandomPrior.words(scope, sizes, StepBench.EXPRESSIONS, TOKENS),
                null,
                settings.loop().guidance(),
                together,
                () -> {});
        optimiser = new LatentGeometryStage(settings).optimiser(scope, asked, StepBench.EXPRESSIONS, clock);
    }

    /** Takes some steps and waits for the last. */
    public void steps(int count) {
        for (int i = 0; i < count; i++) optimiser.step();
        drain();
    }

    /** Milliseconds of each part over some steps. */
    public Map<String, Double> parts(int steps) {
        clock.reset();
        watch.nanos.clear();
        steps(steps);
        Map<String, Double> parts = new LinkedHashMap<>();
        clock.perStep().forEach((part, millis) -> {
            if (part.equals(GUIDE)) {
                double asked = 0;
                for (Map.Entry<String, Long> each : watch.nanos.entrySet()) {
                    double own = each.getValue() / 1e6 / steps;
                    parts.put(each.getKey(), own);
                    asked += own;
                }
                parts.put(BACK, millis - asked);
            } else {
                parts.put(part, millis);
            }
        });
        return parts;
    }

    /** Milliseconds of a whole step, the mean over some, of which only the last is waited for. */
    public double whole(int steps) {
        long began = System.nanoTime();
        steps(steps);
        return (System.nanoTime() - began) / 1e6 / steps;
    }

    /** Reading a number back waits for all that was queued before it. */
    private void drain() {
        try (Scope s = scope.child()) {
            s.full(1, 1).toFloatArray();
        }
    }

    /** A prior whose answers are timed. */
    private static final class Watch implements LatentPrior {
        private final LatentPrior prior;
        private final Runnable barrier;
        private final Map<String, Long> nanos = new LinkedHashMap<>();

        Watch(LatentPrior prior, Runnable barrier) {
            this.prior = prior;
            this.barrier = barrier;
        }

        private interface Asking {
            NDArray ask();
        }

        private NDArray timed(String part, Asking asking) {
            barrier.run();
            long began = System.nanoTime();
            NDArray answer = asking.ask();
            barrier.run();
            nanos.merge(part, System.nanoTime() - began, Long::sum);
            return answer;
        }

        @Override
        public NDArray encode(Scope s, NDArray pictures) {
            return timed(ENCODE, () -> prior.encode(s, pictures));
        }

        @Override
        public NDArray predict(
                Scope s, NDArray z, NDArray t, Conditioning unwanted, Conditioning wanted, double guidance) {
            return timed(DENOISE, () -> prior.predict(s, z, t, unwanted, wanted, guidance));
        }

        @Override
        public NDArray decode(Scope s, NDArray latents) {
            return prior.decode(s, latents);
        }

        @Override
        public List<NDArray> features(Scope s, NDArray pictures) {
            return prior.features(s, pictures);
        }

        @Override
        public NoiseSchedule schedule() {
            return prior.schedule();
        }

        @Override
        public int factor() {
            return prior.factor();
        }

        @Override
        public int multiple() {
            return prior.multiple();
        }

        @Override
        public int identityWidth() {
            return prior.identityWidth();
        }
    }
}
