// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.Sampler;
import org.eidolon.diffusion.UNet;
import org.eidolon.encoders.Encodings;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.model.Expression;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.skin.Skin;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Measures a prior on held-out people: mean absolute difference (of pictures in 0…1) between samples and the true
 * renders, beside that of the mean head wearing the true expression. A prior passes where its share is at most 0.6.
 */
final class PriorGate {
    static final double BAR = 0.6;

    private static final long NOISE = 77;

    /** Pictures sampled at once: of two people. */
    private static final int BATCH = 4 * Expression.standard().size();

    /** Differences by framing. */
    record Result(double sample, double meanHead) {
        double share() {
            return sample / meanHead;
        }
    }

    private final int steps;
    private final Pictures pictures;
    private final Domain domain;
    private final Phrases phrases;
    private final List<Pictures.Take> takes = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final List<Integer> expressions = new ArrayList<>();
    private final List<Subject> people = new ArrayList<>();
    private final Encodings encodings;

    /** Takes every expression of each held-out person once in both framings, from fixed random views. */
    PriorGate(
            Scope scope,
            Pictures pictures,
            Phrases phrases,
            IdentityEncoder encoder,
            Domain domain,
            int count,
            int steps) {
        this.steps = steps;
        this.pictures = pictures;
        this.domain = domain;
        this.phrases = phrases;
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            Subject person = Subject.of(Subject.HELD_OUT + i, pictures.model());
            people.add(person);
            for (int e = 0; e < phrases.standard(); e++) {
                for (Framing framing : Framing.values()) {
                    boolean lit = shown(takes.size()) == Domain.COLOUR && random.nextBoolean();
                    Light light = lit ? Lighting.random(random) : Light.FLAT;
                    takes.add(new Pictures.Take(person, phrases.shapes(e), View.random(framing, random), light));
                    owners.add(i);
                    expressions.add(e);
                }
            }
        }
        try (Scope s = scope.child()) {
            encodings = encoder.encode(pictures.portraits(s, people).toFloatArray(), count);
        }
    }

    /**
     * Samples all pictures of the first so many people and compares; the noise is always the same. The prior is told what
     * a portrait and the expressions' names tell, codes as the reader reads them.
     *
     * @param reader of codes; null for a base, which is told expression and view alone
     * @param sheet gets rows of truth, sample and mean head, two people to a row; or null
     */
    Map<Framing, Result> measure(
            Scope scope,
            UNet unet,
            CodeReader reader,
            NoiseSchedule schedule,
            Precision precision,
            double guidance,
            SampleSheet sheet,
            int people) {
        Torch.seed(NOISE);
        double[][] sums = new double[Framing.values().length][3];
        int all = Math.min(
                takes.size(),
                people * Framing.values().length * Expression.standard().size());
        for (int from = 0; from < all; from += BATCH) {
            int to = Math.min(all, from + BATCH);
            try (Scope s = scope.child()) {
                NDArray truth = signed(s, pictures.take(s, takes.subList(from, to), shown(from)));
                NDArray mean = signed(s, pictures.take(s, meanHeads(from, to), shown(from)));
                Conditioning c = conditioning(s, from, to, reader);
                NDArray noise = s.randn(to - from, 3, Pictures.SIZE, Pictures.SIZE);
                Guidance guide = Guidance.of(guidance);
                NDArray sample = Sampler.ddim(schedule, steps)
                        .sample(s, (in, z, t) -> guide.predict(in, unet, z, t, c, precision), noise);
                float[] ours = HeadTensors.KERNELS
                        .call(s, "mean_absolute", sample, truth)
                        .toFloatArray();
                float[] theirs = HeadTensors.KERNELS
                        .call(s, "mean_absolute", mean, truth)
                        .toFloatArray();
                for (int i = from; i < to; i++) {
                    double[] sum = sums[takes.get(i).view().framing().ordinal()];
                    sum[0] += ours[i - from];
                    sum[1] += theirs[i - from];
                    sum[2]++;
                }
                int row = from / BATCH * 3;
                if (sheet != null && sheet.hasRow(row + 2)) {
                    sheet.row(row, truth.toFloatArray(), to - from);
                    sheet.row(row + 1, sample.toFloatArray(), to - from);
                    sheet.row(row + 2, mean.toFloatArray(), to - from);
                }
            }
        }
        Map<Framing, Result> results = new LinkedHashMap<>();
        for (Framing f : Framing.values()) {
            double[] sum = sums[f.ordinal()];
            results.put(f, new Result(sum[0] / sum[2], sum[1] / sum[2]));
        }
        return results;
    }

    private List<Pictures.Take> meanHeads(int from, int to) {
        Subject mean = new Subject(-1, new float[people.getFirst().identity().length], Skin.mean(), null);
        return takes.subList(from, to).stream()
                .map(t -> new Pictures.Take(mean, t.shapes(), t.view(), t.light()))
                .toList();
    }

    private Conditioning conditioning(Scope s, int from, int to, CodeReader reader) {
        int n = to - from;
        int e = IdentityEncoder.EMBEDDING, f = IdentityEncoder.TOKENS * IdentityEncoder.TOKEN;
        int k = IdentityEncoder.COLOURS;
        long[] phrase = new long[n];
        float[] embedding = new float[n * e], feature = new float[n * f], code = new float[n * ViewCode.LENGTH];
        float[] colours = new float[n * k];
        for (int i = 0; i < n; i++) {
            int owner = owners.get(from + i);
            phrase[i] = phrases.name(expressions.get(from + i));
            System.arraycopy(encodings.embeddings(), owner * e, embedding, i * e, e);
            System.arraycopy(encodings.features(), owner * f, feature, i * f, f);
            System.arraycopy(encodings.colours(), owner * k, colours, i * k, k);
            System.arraycopy(
                    takes.get(from + i).code(domain, shown(from)), 0, code, i * ViewCode.LENGTH, ViewCode.LENGTH);
        }
        NDArray words = HeadTensors.KERNELS.call(s, "take", phrases.table(), s.of(phrase));
        NDArray views = s.of(code, n, ViewCode.LENGTH);
        if (reader == null) return Conditioning.text(words).withView(views);
        NDArray vectors = s.of(embedding, n, e);
        NDArray maps = s.of(feature, n, 1, IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
        return Conditioning.text(words)
                .withIdentity(vectors, maps)
                .withView(views)
                .withCodes(reader.identity(s, maps, vectors, s.of(colours, n, k)), reader.expression(s, words));
    }

    /** What the i-th picture shows. */
    private Domain shown(int i) {
        return Pictures.shown(domain, i / BATCH);
    }

    private static NDArray signed(Scope s, NDArray pictures) {
        return HeadTensors.KERNELS.call(s, "signed", pictures);
    }
}
