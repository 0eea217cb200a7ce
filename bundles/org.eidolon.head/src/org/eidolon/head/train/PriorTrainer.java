// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.Models;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Ema;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Trains a prior on renders of made-up people (docs/method.md, "The prior's training is what limits"): v-prediction
 * over a cosine schedule, identity and expression dropped at times for guidance, an average of the weights kept.
 */
public final class PriorTrainer {
    /** Chances that a picture's identity alone, words alone, or both are dropped. */
    private static final double DROP_IDENTITY = 0.06;

    private static final double DROP_TEXT = 0.06;
    private static final double DROP_BOTH = 0.06;

    private static final int LOG_EVERY = 50;

    /** Steps between new people: each picture is drawn about eight times before it goes. */
    private static final int RENEW_EVERY = 16;
    private static final int WARM_UP = 300;

    private final TrainOptions options;
    private final Models models;
    private final Consumer<String> log;
    private final NoiseSchedule schedule = NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY);
    private final List<LossPlot.Point> losses = new ArrayList<>();
    private final long started = System.nanoTime();

    /** @param log takes a line of progress at a time */
    public PriorTrainer(TrainOptions options, Models models, Consumer<String> log) {
        this.options = options;
        this.models = models;
        this.log = log;
    }

    /** Trains, measures on held-out people, writes weights, card, sheets and the loss plot into the out folder. */
    public void run() throws IOException {
        Files.createDirectories(options.out());
        Torch.seed(options.seed());
        try (Scope scope = Scope.open(Torch.device(options.device()));
                IdentityEncoder encoder = IdentityEncoder.open(models);
                SentenceEncoder sentences = SentenceEncoder.open(models)) {
            HeadTensors heads = new HeadTensors(scope, HeadPack.open(options.heads()));
            Pictures pictures = new Pictures(heads);
            Phrases phrases = new Phrases(scope, sentences);
            List<float[]> shapes = SubjectBank.standardShapes(heads);
            UNetConfig config = options.tiny()
                    ? UNetConfig.tiny(3, ViewCode.LENGTH)
                    : UNetConfig.starter(3, ViewCode.LENGTH);
            UNet unet = UNet.create(scope, config, options.seed());
            TrainFiles files = new TrainFiles(options, encoder, sentences, config, schedule);
            long earlier = options.start() == null ? 0 : files.begin(scope, unet, options.start());
            List<NDArray> weights = List.copyOf(unet.parameters().values());
            log.accept(String.format(Locale.ROOT, "%s prior: %,d weights", options.domain(), UNet.count(config)));
            Adam adam = new Adam(scope, weights, Adam.Options.of(options.learningRate()).clip(1).betas(0.9, 0.99));
            Ema ema = new Ema(scope, weights);
            TrainFiles.State state = options.resume() ? files.restore(scope, unet, ema, adam) : TrainFiles.State.of(options.seed());
            losses.addAll(state.losses());
            PriorGate gate = new PriorGate(
                    scope, pictures, shapes, encoder, options.domain(), options.tiny() ? 1 : 12);
            long nextSeed;
            try (SubjectBank bank =
                    new SubjectBank(scope, options, pictures, shapes, phrases, encoder, state.nextSeed())) {
                int first = Math.min(options.subjects(), options.tiny() ? 2 : 6144);
                while (bank.ready() < first) bank.renew(true);
                log.accept(String.format(Locale.ROOT, "%d people ready after %.1f s", bank.ready(), seconds()));
                train(scope, bank, unet, adam, ema, weights, adam.steps());
                nextSeed = bank.nextSeed();
            }
            files.save(unet, ema, adam, new TrainFiles.State(adam.steps(), nextSeed, losses));
            UNet average = UNet.of(scope, config, files.named(unet, ema.averages()));
            measure(scope, average, gate, phrases, files, earlier + adam.steps());
        }
    }

    private void train(
            Scope scope, SubjectBank bank, UNet unet, Adam adam, Ema ema, List<NDArray> weights, long firstStep) {
        Precision precision = scope.device().isGpu() ? Precision.BFLOAT16 : Precision.FLOAT32;
        // the gate at the end wants its share of the minutes
        double budget = options.minutes() > 0 ? options.minutes() * 60 - (options.tiny() ? 0 : 25) : 0;
        double trainingFrom = seconds();
        Random random = new Random(options.seed() * 31 + firstStep);
        NDArray sum = scope.zeros(1);
        double logged = seconds();
        for (long step = adam.steps(); !done(step, budget); step++) {
            if (step % RENEW_EVERY == 0) bank.renew(false);
            adam.learningRate(rate(step - firstStep, progress(step, firstStep, trainingFrom, budget)));
            try (Scope s = scope.child()) {
                int n = options.batch();
                SubjectBank.Batch batch = drawn(s, bank, random);
                int[] t = random.ints(n, 0, schedule.steps()).toArray();
                NDArray steps = schedule.timesteps(s, t);
                NDArray noise = s.randn(n, 3, Pictures.SIZE, Pictures.SIZE);
                NDArray noisy = schedule.addNoise(s, batch.pictures(), noise, steps);
                NDArray target = schedule.target(s, batch.pictures(), noise, steps);
                NDArray predicted = unet.forward(s, noisy, steps, batch.conditioning(), precision);
                NDArray loss = schedule.loss(s, predicted, target, null);
                adam.step(s, Torch.gradients(s, loss, null, weights));
                HeadTensors.KERNELS.run(s, "accumulate", sum, loss);
            }
            ema.update(Math.min(0.9995, (step + 1.0) / (step + 20.0)));
            if ((step + 1) % LOG_EVERY == 0) {
                double loss = sum.toFloatArray()[0] / LOG_EVERY;
                HeadTensors.KERNELS.run(scope, "reset", sum);
                losses.add(new LossPlot.Point(step + 1, loss));
                if ((step + 1) % (10 * LOG_EVERY) == 0 || options.tiny()) {
                    double rate = 10 * LOG_EVERY / Math.max(1e-9, seconds() - logged);
                    logged = seconds();
                    log.accept(String.format(
                            Locale.ROOT,
                            "step %d  loss %.5f  rate %.2e  %.1f steps/s  %d people  %.0f s",
                            step + 1, loss, adam.learningRate(), rate, bank.ready(), seconds()));
                }
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("the loss is no longer finite at step " + (step + 1)
                            + ": resume from the last checkpoint with a lower --learning-rate");
                }
            }
        }
    }

    private SubjectBank.Batch drawn(Scope s, SubjectBank bank, Random random) {
        int n = options.batch();
        float[] text = new float[n], identity = new float[n];
        for (int i = 0; i < n; i++) {
            double dice = random.nextDouble();
            identity[i] = dice < DROP_IDENTITY + DROP_BOTH ? 0 : 1;
            text[i] = dice >= DROP_IDENTITY && dice < DROP_IDENTITY + DROP_BOTH + DROP_TEXT ? 0 : 1;
        }
        return bank.batch(s, s.of(text), s.of(identity));
    }

    private void measure(Scope scope, UNet unet, PriorGate gate, Phrases phrases, TrainFiles files, long steps)
            throws IOException {
        Precision precision = scope.device().isGpu() ? Precision.BFLOAT16 : Precision.FLOAT32;
        double[] scales = options.tiny() ? new double[] {1} : new double[] {1, 1.5, 2, 3};
        for (double scale : scales) {
            SampleSheet sheet = new SampleSheet(9, 52, Pictures.SIZE);
            Map<Framing, PriorGate.Result> results =
                    gate.measure(scope, unet, schedule, precision, scale, phrases, sheet);
            results.forEach((framing, r) -> log.accept(String.format(
                    Locale.ROOT,
                    "gate guidance %.1f %s: sample %.4f, mean head %.4f, share %.3f",
                    scale, framing, r.sample(), r.meanHead(), r.share())));
            files.sheet(sheet, scale);
            files.gate(scale, results);
        }
        files.weights(unet, steps, losses);
        log.accept(String.format(Locale.ROOT, "done at step %d after %.0f s", steps, seconds()));
    }

    private boolean done(long step, double budget) {
        return options.steps() > 0 && step >= options.steps() || budget > 0 && seconds() >= budget;
    }

    /** Share of this run's training that is over. */
    private double progress(long step, long firstStep, double from, double budget) {
        double bySteps = options.steps() > 0
                ? (double) (step - firstStep) / Math.max(1, options.steps() - firstStep)
                : 0;
        double byTime = budget > 0 ? (seconds() - from) / Math.max(1, budget - from) : 0;
        return Math.min(1, Math.max(bySteps, byTime));
    }

    /** Warm-up, then flat, then a cosine fall over the last third. */
    private double rate(long step, double progress) {
        double warm = Math.min(1, (step + 1.0) / WARM_UP);
        double fall = progress < 0.6 ? 1 : 0.02 + 0.98 * 0.5 * (1 + Math.cos(Math.PI * (progress - 0.6) / 0.4));
        return options.learningRate() * warm * fall;
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
