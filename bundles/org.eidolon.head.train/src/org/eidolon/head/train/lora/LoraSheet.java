// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.LoraTrainer;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.Sampler;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.Vae;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Pictures that the network makes of the samples' captions, without what was trained and with it. */
record LoraSheet(Scope scope, UNet unet, Vae vae, Precision precision, SchedulerConfig scheduler) {
    private static final int COLUMNS = 4;
    private static final double GUIDANCE = 5;

    /** What a batch is told: words, and persons and what they wear where samples tell them. */
    static Conditioning conditioning(Scope s, NDArray words, List<LoraSamples.Told> told, NDArray keep) {
        Conditioning c = Conditioning.text(words);
        LoraSamples.Told first = told.getFirst();
        if (first.identity() != null) {
            c = c.withIdentity(
                            rows(
                                    s,
                                    told.stream()
                                            .map(LoraSamples.Told::identity)
                                            .toList()),
                            null)
                    .keep(null, keep);
        }
        if (first.expression() != null) {
            c = c.withCodes(
                    rows(s, told.stream().map(LoraSamples.Told::expression).toList()), null);
        }
        return c;
    }

    private static NDArray rows(Scope s, List<float[]> rows) {
        int width = rows.getFirst().length;
        float[] flat = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) System.arraycopy(rows.get(i), 0, flat, i * width, width);
        return s.of(flat, rows.size(), width);
    }

    /** Two rows of the same noise: as the network was, and as it is. */
    List<float[][]> rows(
            LoraTrainer trainer,
            LoraSamples samples,
            BiFunction<Scope, List<String>, NDArray> words,
            LoraOptions options) {
        Map<String, LoraSamples.Told> distinct = new LinkedHashMap<>();
        for (LoraSamples.Told told : samples.told()) {
            if (distinct.size() < COLUMNS) distinct.putIfAbsent(told.caption(), told);
        }
        List<LoraSamples.Told> told = new ArrayList<>(distinct.values());
        List<float[][]> rows = new ArrayList<>();
        unet.attach(List.of());
        rows.add(row(told, words, options, false));
        unet.attach(List.of(trainer.lora().at(1)));
        rows.add(row(told, words, options, true));
        return rows;
    }

    private float[][] row(
            List<LoraSamples.Told> told,
            BiFunction<Scope, List<String>, NDArray> words,
            LoraOptions options,
            boolean persons) {
        int n = told.size();
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            Torch.seed(options.seed());
            int factor = 1 << vae.config().channels().size() - 1;
            int side = options.resolution() / factor;
            NDArray noise = s.randn(n, vae.config().latentChannels(), side, side);
            NDArray said =
                    words.apply(s, told.stream().map(LoraSamples.Told::caption).toList());
            double scale = persons ? 1 : 0;
            List<Conditioning> branches = List.of(
                    conditioning(s, words.apply(s, Collections.nCopies(n, "")), told, s.zeros(n))
                            .withIdentityScale(scale),
                    conditioning(s, said, told, s.full(persons ? 1 : 0, n)).withIdentityScale(scale));
            Sampler sampler = scheduler.sampler(options.sampleSteps());
            Guidance guide = Guidance.of(GUIDANCE);
            NDArray latents =
                    sampler.sample(s, (step, z, t) -> guide.predict(step, unet, z, t, branches, precision), noise);
            float[][] pictures = new float[n][];
            float[] all = vae.decode(s, latents, precision).toFloatArray();
            int size = all.length / n;
            for (int i = 0; i < n; i++) pictures[i] = java.util.Arrays.copyOfRange(all, i * size, (i + 1) * size);
            return pictures;
        }
    }
}
