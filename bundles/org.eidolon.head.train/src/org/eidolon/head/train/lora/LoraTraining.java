// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraTrainer;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetTuning;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.published.StableDiffusionFiles;
import org.eidolon.head.train.Training;
import org.eidolon.models.Models;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Trains a LoRA of a published Stable Diffusion, and adapters for identity and expression beside it (decoupled
 * cross-attention, as IP-Adapter-FaceID), on images or renders. What a step draws follows from the seed and its number, so
 * that a training that was stopped and goes on takes the same steps.
 */
public final class LoraTraining implements Training {
    private static final Script KERNELS = Script.load(LoraTraining.class, "lora.py");
    private static final int IDENTITY_TOKENS = 4;
    private static final int CODE_TOKENS = 4;
    private static final double LOG_SECONDS = 15;

    /** Chances that words, the person, or both are left out, which guidance wants. */
    private static final double DROP_WORDS = 0.05;

    private static final double DROP_PERSON = 0.05;
    private static final double DROP_BOTH = 0.05;

    private final LoraOptions options;
    private final Models models;
    private final Consumer<String> log;
    private final LoraFiles files;
    private final long started = System.nanoTime();
    private volatile boolean stopped;

    /** The loss is no number any more; the message says what to do. */
    public static final class Diverged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Diverged(String message) {
            super(message);
        }
    }

    /** Everything that a step needs. */
    private record Work(
            Scope scope,
            LoraSamples samples,
            List<Vae.Moments> latents,
            Order order,
            Vae vae,
            ClipTokenizer tokenizer,
            ClipText text,
            UNet unet,
            LoraTrainer trainer,
            NoiseSchedule schedule,
            Precision precision) {}

    /** @param log takes a line of progress at a time */
    public LoraTraining(LoraOptions options, Models models, Consumer<String> log) {
        this.options = options;
        this.models = models;
        this.log = log;
        this.files = new LoraFiles(options);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /**
     * Trains and writes LoRA, adapters, checkpoint and samples.
     *
     * @return false if it was stopped before its end
     * @throws IOException naming what is missing or broken
     * @throws Diverged when the loss is no number any more; the last checkpoint stays
     */
    @Override
    public boolean run() throws IOException {
        files.prepare();
        StableDiffusionFiles base = options.base();
        UNetConfig plain = base.unetConfig();
        try (Scope scope = Scope.open(Torch.device(options.device()));
                LoraSamples samples = samples(scope)) {
            Precision precision = options.precision() != null ? options.precision() : Precision.usual(scope.device());
            Vae vae;
            try (Scope masters = scope.child()) {
                vae = base.vae(masters).prepare(scope, precision);
            }
            List<Vae.Moments> latents = LoraLatents.of(scope, samples, vae, options, precision, log);
            Network network = network(scope, base, plain, samples, precision);
            Lora lora = Lora.create(
                    scope, network.unet.config(), Lora.attention(), options.rank(), options.alpha(), options.seed());
            shares(plain, lora, network.adapters);
            var settings = new LoraTrainer.Settings(
                    precision,
                    options.checkpointing(),
                    Adam.Options.of(options.learningRate()).clip(1),
                    options.ema());
            NoiseSchedule schedule = base.scheduler().schedule();
            try (LoraTrainer trainer =
                    new LoraTrainer(scope, network.unet, schedule, lora, network.adapters, settings)) {
                if (options.resume()) files.restore(scope, trainer);
                if (trainer.steps() > 0) log.accept("resumed at step " + trainer.steps());
                Work work = new Work(
                        scope,
                        samples,
                        latents,
                        new Order(latents.size(), options.seed()),
                        vae,
                        base.tokenizer(),
                        base.text(scope),
                        network.unet,
                        trainer,
                        schedule,
                        precision);
                train(work);
                files.save(trainer);
                if (stopped) {
                    log.accept("stopped at step " + trainer.steps() + "; --resume goes on from there");
                    return false;
                }
                List<Path> written = files.write(trainer, network.unet.config(), samples.encoder());
                if (options.sampleSteps() > 0) {
                    LoraSheet sheet = new LoraSheet(scope, network.unet, vae, precision, base.scheduler());
                    log.accept("samples, without and with: "
                            + files.sheet(
                                    sheet.rows(trainer, samples, (s, words) -> words(s, work, words), options),
                                    options.resolution()));
                }
                written.forEach(file -> log.accept("written: " + file));
                log.accept("done at step " + trainer.steps() + " after " + time(seconds()));
                return true;
            }
        }
    }

    private LoraSamples samples(Scope scope) throws IOException {
        LoraSamples samples = options.heads() != null
                ? new HeadSamples(scope, options, models)
                : new ImageFolder(
                        options.data(),
                        options.resolution(),
                        options.caption(),
                        options.adapters(),
                        options.arcface(),
                        models);
        log.accept(String.format(Locale.ROOT, "%,d pictures", samples.told().size()));
        return samples;
    }

    /** The frozen network, and masters of adapters that are trained within it. */
    private record Network(UNet unet, Map<String, NDArray> adapters) {}

    private Network network(
            Scope scope, StableDiffusionFiles base, UNetConfig plain, LoraSamples samples, Precision precision)
            throws IOException {
        UNetConfig config = plain;
        if (samples.identityWidth() > 0) config = config.withIdentity(samples.identityWidth(), IDENTITY_TOKENS);
        if (samples.expressionWidth() > 0) config = config.withCodes(samples.expressionWidth(), 0, CODE_TOKENS);
        Predicate<String> own =
                name -> name.contains("_ip.") || name.startsWith("identity.") || name.startsWith(LoraFiles.CODES);
        Map<String, NDArray> adapters = new LinkedHashMap<>();
        try (Scope masters = scope.child()) {
            Torch.seed(options.seed());
            UNet unet = UNet.extend(masters, config, base.unet(masters).parameters());
            unet.parameters().forEach((name, weight) -> {
                if (own.test(name)) adapters.put(name, Torch.parameter(masters.keep(weight)));
            });
            return new Network(unet.prepare(scope, precision, UNetTuning.training(scope.device()), own), adapters);
        } finally {
            Torch.emptyCache();
        }
    }

    private void shares(UNetConfig plain, Lora lora, Map<String, NDArray> adapters) {
        long all = UNet.count(plain);
        share("LoRA of rank " + options.rank(), lora.count(), all);
        long worn = count(adapters, name -> name.startsWith(LoraFiles.CODES));
        long person = count(adapters, name -> true) - worn;
        if (person > 0) share("identity adapter", person, all);
        if (worn > 0) share("expression adapter", worn, all);
    }

    private void share(String what, long count, long all) {
        log.accept(String.format(
                Locale.ROOT, "%s: %,d numbers, %.3f %% of the network's %,d", what, count, 100.0 * count / all, all));
    }

    private static long count(Map<String, NDArray> weights, Predicate<String> which) {
        return weights.entrySet().stream()
                .filter(e -> which.test(e.getKey()))
                .mapToLong(e -> e.getValue().getShape().size())
                .sum();
    }

    private void train(Work w) throws IOException {
        double logged = seconds(), saved = logged, sum = 0;
        long first = w.trainer.steps(), loggedStep = first;
        double began = logged;
        for (long step = first; !stopped && !done(step); step++) {
            double rate = options.learningRate() * Math.min(1, (step + 1.0) / Math.max(1, options.warmUp()));
            double loss = step(w, step, rate);
            if (!Double.isFinite(loss)) {
                throw new Diverged("the loss is no number any more at step " + (step + 1)
                        + "; the last checkpoint is as it was: go on from it by --resume with a lower --learning-rate");
            }
            sum += loss;
            double now = seconds();
            if (now - logged > LOG_SECONDS || step == first || done(step + 1)) {
                double pace = (step + 1 - first) / Math.max(1e-9, now - began);
                log.accept(String.format(
                        Locale.ROOT,
                        "step %d%s  loss %.5f  rate %.2e  %.2f steps/s  %s so far, about %s left",
                        step + 1,
                        options.steps() > 0 ? "/" + options.steps() : "",
                        sum / (step + 1 - loggedStep),
                        rate,
                        pace,
                        time(now),
                        time(left(step + 1, pace))));
                logged = now;
                loggedStep = step + 1;
                sum = 0;
            }
            if (now - saved > options.checkpointMinutes() * 60) {
                files.save(w.trainer);
                saved = seconds();
            }
        }
    }

    private boolean done(long step) {
        return options.steps() > 0 && step >= options.steps()
                || options.minutes() > 0 && seconds() >= options.minutes() * 60;
    }

    private double left(long step, double pace) {
        double bySteps = options.steps() > 0 ? (options.steps() - step) / pace : Double.POSITIVE_INFINITY;
        double byTime = options.minutes() > 0 ? options.minutes() * 60 - seconds() : Double.POSITIVE_INFINITY;
        return Math.max(0, Math.min(bySteps, byTime));
    }

    /** One step; gives the mean loss of its batches, or what is no number where loss or gradients are none. */
    private double step(Work w, long step, double rate) {
        double loss = 0;
        for (int part = 0; part < options.accumulation(); part++) {
            try (Scope s = w.scope.child()) {
                long number = step * options.accumulation() + part;
                loss += collect(s, w, number).toFloatArray()[0] / options.accumulation();
            }
        }
        if (!Double.isFinite(loss)) return loss;
        try (Scope s = w.scope.child()) {
            // gradients can overflow where the loss does not
            double norm = w.trainer.step(s, rate).toFloatArray()[0];
            return Double.isFinite(norm) ? loss : norm;
        }
    }

    private NDArray collect(Scope s, Work w, long number) {
        long seed = (options.seed() * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L;
        Torch.seed(seed >>> 1);
        Random random = new Random(seed);
        int n = options.batch();
        List<LoraSamples.Told> told = new ArrayList<>();
        List<NDArray> means = new ArrayList<>(), variances = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        float[] keep = new float[n];
        int[] t = new int[n];
        for (int i = 0; i < n; i++) {
            int which = w.order.at(number * n + i);
            double dice = random.nextDouble();
            boolean words = dice >= DROP_WORDS + DROP_BOTH;
            told.add(w.samples.told().get(which));
            means.add(w.latents.get(which).mean());
            variances.add(w.latents.get(which).logVariance());
            captions.add(words ? told.getLast().caption() : "");
            keep[i] = dice >= DROP_WORDS && dice < DROP_WORDS + DROP_BOTH + DROP_PERSON ? 0 : 1;
            t[i] = random.nextInt(w.schedule.steps());
        }
        NDArray mean = KERNELS.call(s, "stack", means);
        NDArray clean = w.vae.latents(
                s,
                new Vae.Moments(mean, KERNELS.call(s, "stack", variances)),
                s.randn(mean.getShape().getShape()));
        NDArray noise = s.randn(clean.getShape().getShape());
        return w.trainer.collect(
                s,
                clean,
                noise,
                w.schedule.timesteps(s, t),
                LoraSheet.conditioning(s, words(s, w, captions), told, s.of(keep, n)),
                null,
                1.0 / options.accumulation());
    }

    private static NDArray words(Scope s, Work w, List<String> captions) {
        try (var off = Torch.noGradient()) {
            return w.text.encode(s, w.tokenizer.encode(captions), 0).states();
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** A time for people: "42 s", "7 min", "2 h 05 min". */
    private static String time(double seconds) {
        long s = Math.round(seconds);
        if (s < 90) return s + " s";
        if (s < 5400) return Math.round(s / 60.0) + " min";
        return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
    }
}
