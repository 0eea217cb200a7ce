// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.view.Framing;
import org.eidolon.models.Models;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Ema;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Trains a prior on renders of made-up people (docs/method.md, "The prior's training is what limits"): v-prediction
 * over a cosine schedule, identity and expression dropped at times for guidance, an average of the weights kept. The
 * reader of codes learns beside it, from the same portraits and words.
 */
public final class PriorTrainer implements Training {
    /** Steps between new people: each picture is drawn about eight times before it goes. */
    private static final int RENEW_EVERY = 8;

    private static final double LOG_SECONDS = 15;
    private static final double CHECKPOINT_SECONDS = 180;
    private static final int GATE_STEPS = 25;
    private static final int GATE_PEOPLE = 12;
    private static final int SMALL_GATE_PEOPLE = 4;

    /** Expressions composed for training beside the thirteen. */
    static final int COMPOSED = 6000;

    private final TrainOptions options;
    private final Models models;
    private final Consumer<String> log;
    private final NoiseSchedule schedule = NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY);
    private final List<LossPlot.Point> losses = new ArrayList<>();
    private final long started = System.nanoTime();
    private final int lossEvery;
    private volatile boolean stopped;

    /** Everything that training goes on with. */
    private record Work(
            Scope scope,
            Trainee trainee,
            Importance importance,
            Adam adam,
            Ema ema,
            Map<String, NDArray> weights,
            SubjectBank bank,
            PriorGate gate,
            Phrases phrases,
            TrainFiles files,
            long earlier) {

        void checkpoint(List<LossPlot.Point> losses) throws IOException {
            files.save(weights, ema, adam, new TrainFiles.State(adam.steps(), bank.nextSeed(), earlier, losses));
        }

        long steps() {
            return earlier + adam.steps();
        }
    }

    /** @param log takes a line of progress at a time */
    public PriorTrainer(TrainOptions options, Models models, Consumer<String> log) {
        this.options = options;
        this.models = models;
        this.log = log;
        this.lossEvery = options.tiny() ? 10 : 50;
    }

    /** Nothing is measured then. */
    @Override
    public void stop() {
        stopped = true;
    }

    /**
     * Trains, measures on held-out people, writes weights, card, sheets and the loss plot into the out folder.
     *
     * @return false if it was stopped before its end
     */
    @Override
    public boolean run() throws IOException {
        Files.createDirectories(options.out());
        Torch.seed(options.seed());
        try (Scope scope = Scope.open(Torch.device(options.device()));
                IdentityEncoder encoder = IdentityEncoder.open(models);
                SentenceEncoder sentences = SentenceEncoder.open(models)) {
            HeadTensors heads = new HeadTensors(scope, HeadPack.open(options.heads()));
            Pictures pictures = new Pictures(heads);
            Phrases phrases = new Phrases(scope, sentences, heads.model(), options.tiny() ? 8 : COMPOSED);
            Trainee trainee = Trainee.create(scope, options);
            Map<String, NDArray> weights = trainee.weights();
            TrainFiles files = new TrainFiles(options, encoder, sentences, trainee, schedule);
            long earlier = options.start() == null ? 0 : files.begin(scope, weights, options.start());
            trainee.shares().forEach((part, share) -> log.accept(options.domain() + " prior, " + part + ": " + share));
            List<NDArray> tensors = List.copyOf(weights.values());
            Adam adam = new Adam(
                    scope,
                    tensors,
                    Adam.Options.of(options.learningRate()).clip(1).betas(0.9, 0.99));
            Ema ema = new Ema(scope, tensors);
            TrainFiles.State state = TrainFiles.State.of(options.seed(), earlier);
            if (options.resume()) state = files.restore(scope, weights, ema, adam, state);
            if (state.steps() > 0) log.accept("resumed at step " + state.steps());
            losses.addAll(state.losses());
            PriorGate gate = new PriorGate(
                    scope,
                    pictures,
                    phrases,
                    encoder,
                    options.domain(),
                    options.tiny() ? 1 : GATE_PEOPLE,
                    options.tiny() ? 4 : GATE_STEPS);
            try (SubjectBank bank = new SubjectBank(scope, options, pictures, phrases, encoder, state.nextSeed())) {
                int first = Math.min(options.subjects(), options.tiny() ? 2 : 6144);
                while (bank.ready() < first && !stopped) bank.renew(true);
                log.accept(String.format(Locale.ROOT, "%d people ready after %.1f s", bank.ready(), seconds()));
                Importance importance = Importance.of(scope, heads.model());
                Work work = new Work(
                        scope, trainee, importance, adam, ema, weights, bank, gate, phrases, files, state.earlier());
                train(work);
                work.checkpoint(losses);
                if (stopped) {
                    log.accept("stopped at step " + adam.steps() + "; --resume goes on from there");
                    return false;
                }
                finish(work);
                return true;
            }
        }
    }

    private void train(Work w) throws IOException {
        Pace pace = new Pace(options, w.adam.steps(), this::seconds);
        NDArray sum = w.scope.zeros(1);
        double logged = seconds(), saved = logged, measured = logged;
        long loggedStep = w.adam.steps();
        for (long step = w.adam.steps(); !stopped && !pace.done(step); step++) {
            if (step % RENEW_EVERY == 0) w.bank.renew(false);
            w.adam.learningRate(pace.rate(step));
            step(w, step, sum);
            w.ema.update(Math.min(0.9995, (step + 1.0) / (step + 20.0)));
            if ((step + 1) % lossEvery != 0) continue;
            note(step + 1, sum.toFloatArray()[0] / lossEvery);
            HeadTensors.KERNELS.run(w.scope, "reset", sum);
            double now = seconds();
            if (now - logged > LOG_SECONDS || options.tiny()) {
                log.accept(String.format(
                        Locale.ROOT,
                        "step %d%s  loss %.5f  rate %.2e  %.1f steps/s  %d people  %s so far, about %s left",
                        step + 1,
                        options.steps() > 0 ? "/" + options.steps() : "",
                        losses.getLast().loss(),
                        w.adam.learningRate(),
                        (step + 1 - loggedStep) / Math.max(1e-9, now - logged),
                        w.bank.ready(),
                        Pace.time(now),
                        Pace.time(pace.secondsLeft(step + 1))));
                logged = now;
                loggedStep = step + 1;
            }
            if (now - saved > CHECKPOINT_SECONDS) {
                w.checkpoint(losses);
                saved = seconds();
            }
            if (options.gateMinutes() > 0 && now - measured > options.gateMinutes() * 60 && !pace.done(step + 1)) {
                report("step " + (step + 1) + ", small ", measure(w, SMALL_GATE_PEOPLE, "samples-while-training"));
                measured = seconds();
            }
        }
    }

    /** One step; what it draws follows from seed and step, so that a resumed training draws nothing twice. */
    private void step(Work w, long step, NDArray sum) {
        long seed = (options.seed() * 0x9E3779B97F4A7C15L + step) * 0xBF58476D1CE4E5B9L;
        Torch.seed(seed >>> 1);
        Random random = new Random(seed);
        try (Scope s = w.scope.child()) {
            int n = options.batch();
            SubjectBank.Batch batch = w.bank.batch(s, random, Masks.draw(random, n));
            int[] t = random.ints(n, 0, schedule.steps()).toArray();
            NDArray steps = schedule.timesteps(s, t);
            NDArray noise = s.randn(n, 3, Pictures.SIZE, Pictures.SIZE);
            NDArray noisy = schedule.addNoise(s, batch.pictures(), noise, steps);
            NDArray target = schedule.target(s, batch.pictures(), noise, steps);
            NDArray predicted = w.trainee.forward(s, noisy, steps, batch.conditioning(), precision(w.scope));
            NDArray loss = schedule.loss(s, predicted, target, null);
            NDArray all = w.trainee.reader() == null
                    ? loss
                    : HeadTensors.KERNELS.call(s, "total", loss, reading(s, w, batch));
            w.adam.step(s, Torch.gradients(s, all, null, List.copyOf(w.weights.values())));
            HeadTensors.KERNELS.run(s, "accumulate", sum, loss);
        }
    }

    private void note(long step, double loss) {
        losses.add(new LossPlot.Point(step, loss));
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss is no longer finite at step " + step
                    + ": resume from the last checkpoint with a lower --learning-rate");
        }
    }

    /** The reader's loss on the batch's portraits and words. */
    private static NDArray reading(Scope s, Work w, SubjectBank.Batch batch) {
        SubjectBank.Portraits seen = batch.portraits();
        CodeReader reader = w.trainee.reader();
        NDArray person = reader.identity(s, seen.maps(), seen.vectors(), seen.colours());
        NDArray worn = reader.expression(s, batch.words());
        return HeadTensors.KERNELS.call(
                s,
                "total",
                CodeReader.loss(s, person, batch.identityCode(), w.importance.identity()),
                CodeReader.loss(s, worn, batch.textCode(), w.importance.expression()));
    }

    /** Measures the averaged weights on so many people; sheets are named by the guidance. */
    private GateReport measure(Work w, int people, String sheetName) throws IOException {
        Map<Double, Map<Framing, PriorGate.Result>> results = new LinkedHashMap<>();
        try (Scope s = w.scope.child();
                var off = Torch.noGradient()) {
            Map<String, NDArray> averages = TrainFiles.named(w.weights, w.ema.averages());
            UNet average = w.trainee.prepared(s, averages, precision(s));
            CodeReader reader = w.trainee.reader() == null ? null : CodeReader.of(averages);
            for (double scale : options.tiny() ? new double[] {1} : new double[] {1, 1.5}) {
                SampleSheet sheet = new SampleSheet(people > SMALL_GATE_PEOPLE ? 9 : 3, 52, Pictures.SIZE);
                results.put(scale, w.gate.measure(s, average, reader, schedule, precision(s), scale, sheet, people));
                w.files.sheet(sheet, sheetName, scale);
            }
        }
        return new GateReport(results);
    }

    private void report(String where, GateReport report) {
        report.lines().forEach((name, figures) -> log.accept(name + ": " + figures));
        log.accept(where + report.verdict(options.domain()));
    }

    private void finish(Work w) throws IOException {
        GateReport report = measure(w, GATE_PEOPLE, "samples");
        report("", report);
        try (Scope s = w.scope.child()) {
            w.files.weights(TrainFiles.named(w.weights, w.ema.averages()), w.steps(), losses, report);
        }
        log.accept(String.format(Locale.ROOT, "done at step %d after %s", w.steps(), Pace.time(seconds())));
    }

    private static Precision precision(Scope scope) {
        return Precision.usual(scope.device());
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
