// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.prior.AdaptedBase;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.view.ViewCode;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Ema;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** What training reads and writes in its out folder: the checkpoint, the weights, sample sheets and the loss plot. */
final class TrainFiles {
    /**
     * Where a training stands.
     *
     * @param steps of this training
     * @param nextSeed the next new person
     * @param earlier steps that went into the weights it began with
     * @param losses so far
     */
    record State(long steps, long nextSeed, long earlier, List<LossPlot.Point> losses) {
        /** A training that begins, with people of its own for each seed. */
        static State of(long seed, long earlier) {
            return new State(0, 1 + seed * 10_000_000L, earlier, List.of());
        }
    }

    private final TrainOptions options;
    private final Trainee trainee;
    private final NoiseSchedule schedule;
    private final String encoder;
    private final String encoderSha256;
    private final String text;
    private final Map<String, String> notes = new TreeMap<>();

    TrainFiles(
            TrainOptions options,
            IdentityEncoder encoder,
            SentenceEncoder sentences,
            Trainee trainee,
            NoiseSchedule schedule) {
        this.options = options;
        this.trainee = trainee;
        this.schedule = schedule;
        this.encoder = encoder.id();
        this.encoderSha256 = encoder.sha256();
        this.text = sentences.id();
    }

    /** Other tensors, in the same order, by the weights' names. */
    static Map<String, NDArray> named(Map<String, NDArray> weights, List<NDArray> tensors) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        Iterator<NDArray> next = tensors.iterator();
        weights.keySet().forEach(name -> named.put(name, next.next()));
        return named;
    }

    void save(Map<String, NDArray> weights, Ema ema, Adam adam, State state) throws IOException {
        Map<String, NDArray> all = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> all.put("weights." + name, tensor));
        named(weights, ema.averages()).forEach((name, tensor) -> all.put("average." + name, tensor));
        adam.state().forEach((name, tensor) -> all.put("adam." + name, tensor));
        SafeTensorsWriter.FLOAT.write(
                checkpoint(),
                all,
                Map.of(
                        "domain", options.domain().name(),
                        "config", network(),
                        "steps", Long.toString(state.steps()),
                        "nextSeed", Long.toString(state.nextSeed()),
                        "earlier", Long.toString(state.earlier()),
                        "losses", new Gson().toJson(state.losses())));
    }

    /** What a checkpoint must agree with: sizes, and what they stand on. */
    private String network() {
        String sizes = new Gson().toJson(trainee.config());
        return trainee.base() == null ? sizes : sizes + new Gson().toJson(trainee.base());
    }

    /**
     * Takes over the checkpoint in the out folder; gives `fresh` where there is none.
     *
     * @throws IllegalArgumentException if it is one of another domain or network
     */
    State restore(Scope scope, Map<String, NDArray> weights, Ema ema, Adam adam, State fresh) throws IOException {
        if (!Files.exists(checkpoint())) return fresh;
        try (SafeTensors file = SafeTensors.open(checkpoint());
                Scope s = scope.child();
                var off = Torch.noGradient()) {
            Map<String, String> about = file.metadata();
            boolean fits = options.domain().name().equals(about.get("domain"))
                    && network().equals(about.get("config"));
            if (!fits) {
                throw new IllegalArgumentException(checkpoint() + " is of another domain or network ("
                        + about.get("domain") + "): give that folder's own options, or another --out");
            }
            for (var e : weights.entrySet()) copy(s, file, "weights." + e.getKey(), e.getValue());
            for (var e : named(weights, ema.averages()).entrySet())
                copy(s, file, "average." + e.getKey(), e.getValue());
            long steps = Long.parseLong(about.get("steps"));
            Map<String, NDArray> moments = new HashMap<>();
            for (String name : adam.state().keySet()) moments.put(name, file.read(s, "adam." + name));
            adam.restore(moments, steps);
            List<LossPlot.Point> losses =
                    new Gson().fromJson(about.get("losses"), new TypeToken<List<LossPlot.Point>>() {}.getType());
            return new State(
                    steps, Long.parseLong(about.get("nextSeed")), Long.parseLong(about.get("earlier")), losses);
        }
    }

    /**
     * Copies the weights of an earlier training; gives the steps that went into them. Parts that a base or an earlier
     * version lacks (reader, codes, identity, LoRA) may be new; a whole prior gives a base what they have in common.
     *
     * @throws IllegalArgumentException if the file is no prior, or one of another network
     */
    long begin(Scope scope, Map<String, NDArray> weights, Path file) throws IOException {
        try (SafeTensors in = SafeTensors.open(file);
                Scope s = scope.child();
                var off = Torch.noGradient()) {
            PriorCard card = PriorCard.fromJson(in.metadata().get(PriorCard.KEY), file.toString());
            if (!card.config().withoutPerson().equals(trainee.config().withoutPerson())) {
                throw new IllegalArgumentException(
                        file + " is a network of other sizes; --start needs weights of the same trainer");
            }
            List<String> there =
                    in.tensors().stream().map(SafeTensors.Info::name).toList();
            for (var e : weights.entrySet()) {
                if (there.contains(e.getKey())) copy(s, in, e.getKey(), e.getValue());
                else if (!optional(e.getKey())) {
                    throw new IllegalArgumentException(file + " lacks '" + e.getKey() + "', which --start needs");
                }
            }
            notes.put("start", card.id() + ", " + card.steps() + " steps");
            return card.steps();
        }
    }

    private static boolean optional(String name) {
        return name.startsWith("codes.")
                || name.startsWith("identity.")
                || name.startsWith(CodeReader.PREFIX)
                || name.contains("_ip.")
                || AdaptedBase.ofLora(name);
    }

    private static void copy(Scope s, SafeTensors file, String name, NDArray into) throws IOException {
        HeadTensors.KERNELS.run(s, "copy", into, file.read(s, name));
    }

    void sheet(SampleSheet sheet, String name, double guidance) throws IOException {
        png(sheet.image(), String.format(Locale.ROOT, "%s-guidance-%.1f.png", name, guidance));
    }

    /** Writes the averaged weights in half precision, with the card in the header and beside, and the loss plot. */
    void weights(Map<String, NDArray> average, long steps, List<LossPlot.Point> losses, GateReport gate)
            throws IOException {
        notes.put("command line", options.commandLine());
        notes.putAll(gate.lines());
        notes.putAll(trainee.shares());
        notes.put("gate", gate.verdict(options.domain()));
        notes.put("batch", Integer.toString(options.batch()));
        notes.put("learning rate", Double.toString(options.learningRate()));
        notes.put("seed", Long.toString(options.seed()));
        notes.put("people at a time", Integer.toString(options.subjects()));
        if (!losses.isEmpty())
            notes.put("last loss", Double.toString(losses.getLast().loss()));
        PriorCard card = new PriorCard(
                options.domain().id(),
                options.domain(),
                trainee.config(),
                Pictures.SIZE,
                schedule.prediction(),
                encoder,
                encoderSha256,
                text,
                ViewCode.LENGTH,
                steps,
                trainee.base(),
                notes);
        SafeTensorsWriter.HALF.write(file("head-%s.safetensors"), average, Map.of(PriorCard.KEY, card.toJson()));
        Files.writeString(file("head-%s.json"), card.toJson());
        png(LossPlot.draw("loss of the " + options.domain() + " prior by step", losses), "loss.png");
    }

    private Path checkpoint() {
        return options.out().resolve("checkpoint.safetensors");
    }

    private Path file(String pattern) {
        return options.out()
                .resolve(String.format(pattern, options.domain().name().toLowerCase(Locale.ROOT)));
    }

    private void png(BufferedImage image, String name) throws IOException {
        ImageIO.write(image, "png", options.out().resolve(name).toFile());
    }
}
