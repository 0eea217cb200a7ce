// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.ScoreDistillation;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * What a {@link LatentPrior} says of pictures of one person in several expressions, by score distillation in latents
 * with weight 1 − ᾱ (Poole et al. 2023, eq. 3). All expressions of a step share views, timesteps and noise, so that
 * between them only the words differ. Of a batch so many pictures are asked about together as memory allows.
 */
public final class LatentGuide {
    private static final Script KERNELS = LatentWords.KERNELS;

    /**
     * What pictures are asked about, those of the first expression first.
     *
     * @param expressions the E expressions shown
     * @param views the V views, the same for each expression
     * @param times timesteps of the V views
     * @param random gives the V views' noise
     */
    public record Question(int[] expressions, List<View> views, int[] times, Random random) {
        int count() {
            return expressions.length * views.size();
        }
    }

    /** HumanNorm's for words (Huang et al. 2024). */
    private static final double WORDS_ALONE = 50;

    /** A prior that knows the person needs less (Gerogiannis et al. 2025, Arc2Avatar); the number is ours, not measured. */
    private static final double WITH_PERSON = 7.5;

    private final LatentPrior prior;
    private final LatentWords words;
    private final NDArray identity;
    private final NDArray nobody;
    private final double guidance;
    private final ScoreDistillation distillation;
    private final Runnable pause;
    private int together;

    /**
     * @param scope keeps what the prior is told of the person
     * @param person embedding as long as the prior's {@link LatentPrior#identityWidth}; null where it takes none
     * @param guidance scale of classifier-free guidance
     * @param together most pictures that are asked about at once
     * @param pause called before each such part; may throw what ends the run
     * @throws IllegalArgumentException if person and prior do not fit
     */
    public LatentGuide(
            Scope scope,
            LatentPrior prior,
            LatentWords words,
            float[] person,
            double guidance,
            int together,
            Runnable pause) {
        if ((person == null ? 0 : person.length) != prior.identityWidth()) {
            throw new IllegalArgumentException(misfit(person, prior.identityWidth()));
        }
        if (together < 1) throw new IllegalArgumentException("at least one picture at once, not " + together);
        this.prior = prior;
        this.words = words;
        this.guidance = guidance;
        this.together = together;
        this.pause = pause;
        identity = person == null ? null : scope.of(person, 1, person.length);
        nobody = person == null ? null : scope.zeros(1, person.length);
        distillation = new ScoreDistillation(prior.schedule(), ScoreDistillation.Weighting.SDS, 0);
    }

    /** The usual scale of guidance, of a prior that is told of a person or of words alone. */
    public static double usualGuidance(boolean person) {
        return person ? WITH_PERSON : WORDS_ALONE;
    }

    private static String misfit(float[] person, int width) {
        if (person == null) {
            return "the prior has an IP-Adapter-FaceID, which needs a person: link an identity of " + width
                    + " numbers";
        }
        return width == 0
                ? "the prior knows nobody: it has no IP-Adapter-FaceID for the identity"
                : "the identity has " + person.length + " numbers, the IP-Adapter-FaceID reads " + width
                        + ": they come from different face encoders";
    }

    /** @throws IllegalArgumentException unless pictures may be so large */
    public void check(int side) {
        if (side % prior.multiple() != 0) {
            throw new IllegalArgumentException("pictures of " + side + "² do not fit the prior: their side must be a"
                    + " multiple of " + prior.multiple());
        }
    }

    /** The prior that is asked. */
    public LatentPrior prior() {
        return prior;
    }

    /** Pictures that are asked about at once; less than at the start when memory was short. */
    public int together() {
        return together;
    }

    /**
     * The gradient by latents (N, 4, l, l): (1 − ᾱ)(ε̂ − ε).
     *
     * @param latents of as many pictures as the question has, without gradients
     */
    public NDArray latents(Scope s, NDArray latents, Question q) {
        Asked asked = ask(s, q, side(latents));
        return parts(s, q, (inner, from, to) -> {
            NDArray x = KERNELS.call(inner, "part", latents, from, to);
            return distilled(inner, x, asked, from, to);
        });
    }

    /**
     * The gradient by pictures (N, 3, S, S), through the encoder: Jᵀ g of the latents' gradient g, times the pictures'
     * numbers for one of a latent. So the stages' objective, a mean over what it is given, is the mean over latents.
     *
     * @param pictures as many as the question has, without gradients
     */
    public NDArray pictures(Scope s, NDArray pictures, Question q) {
        int side = side(pictures) / prior.factor();
        Asked asked = ask(s, q, side);
        double factor = 3.0 * side(pictures) * side(pictures) / (LatentPrior.CHANNELS * side * side);
        return parts(s, q, (inner, from, to) -> {
            NDArray leaf = Torch.parameter(Torch.detach(inner, KERNELS.call(inner, "part", pictures, from, to)));
            NDArray latents;
            try (Torch.Mode on = Torch.gradient()) {
                latents = prior.encode(inner, leaf);
            }
            NDArray by = distilled(inner, Torch.detach(inner, latents), asked, from, to);
            NDArray gradient =
                    Torch.gradients(inner, latents, by, List.of(leaf)).getFirst();
            return KERNELS.call(inner, "scaled", gradient, factor);
        });
    }

    /** Works on some of the pictures, from … to. */
    interface Part {
        NDArray of(Scope s, int from, int to);
    }

    /**
     * All parts of a batch, one after the other, joined. When a GPU has too little memory for a part, parts become
     * smaller from there on; what comes out does not depend on their size but for rounding.
     */
    NDArray parts(Scope s, Question q, Part part) {
        List<NDArray> done = new ArrayList<>();
        int n = q.count();
        for (int from = 0; from < n; ) {
            pause.run();
            int to = Math.min(n, from + together);
            try (Scope inner = s.child()) {
                done.add(inner.keep(part.of(inner, from, to)));
                from = to;
            } catch (RuntimeException e) {
                if (together == 1 || !outOfMemory(e)) throw e;
                together = Math.max(1, (to - from) / 2);
                Torch.emptyCache();
            }
        }
        return KERNELS.call(s, "join", done);
    }

    private static boolean outOfMemory(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).contains("out of memory")) return true;
        }
        return false;
    }

    /** What is told of all pictures, and their noise. */
    record Asked(NDArray noise, NDArray times, NDArray rows) {}

    Asked ask(Scope s, Question q, int side) {
        int v = q.views().size(), n = q.count();
        float[] noise = new float[v * LatentPrior.CHANNELS * side * side];
        SplittableRandom quick = new SplittableRandom(q.random().nextLong());
        for (int i = 0; i < noise.length; i++) noise[i] = (float) quick.nextGaussian();
        long[] copy = new long[n], row = new long[n];
        int[] times = new int[n];
        for (int i = 0; i < n; i++) {
            copy[i] = i % v;
            row[i] = words.row(q.expressions()[i / v], q.views().get(i % v));
            times[i] = q.times()[i % v];
        }
        return new Asked(
                KERNELS.call(s, "rows", s.of(noise, v, LatentPrior.CHANNELS, side, side), s.of(copy)),
                prior.schedule().timesteps(s, times),
                s.of(row));
    }

    /** The guided prediction at some noisy latents. */
    NDArray predict(Scope s, NDArray z, NDArray t, Asked asked, int from, int to) {
        int n = to - from;
        NDArray rows = KERNELS.call(s, "part", asked.rows, from, to);
        return prior.predict(
                s,
                z,
                t,
                told(s, KERNELS.call(s, "spread", words.unwanted(), n), nobody, n),
                told(s, KERNELS.call(s, "rows", words.states(), rows), identity, n),
                guidance);
    }

    private static Conditioning told(Scope s, NDArray text, NDArray who, int n) {
        Conditioning words = Conditioning.text(text);
        return who == null ? words : words.withIdentity(KERNELS.call(s, "spread", who, n), null);
    }

    private NDArray distilled(Scope s, NDArray latents, Asked asked, int from, int to) {
        try (Torch.Mode off = Torch.noGradient()) {
            NDArray noise = KERNELS.call(s, "part", asked.noise, from, to);
            NDArray t = KERNELS.call(s, "part", asked.times, from, to);
            NDArray z = prior.schedule().addNoise(s, latents, noise, t);
            NDArray prediction = predict(s, z, t, asked, from, to);
            return distillation.residual(s, latents, z, prediction, noise, t).gradient();
        }
    }

    static int side(NDArray pictures) {
        return Math.toIntExact(pictures.getShape().get(3));
    }
}
