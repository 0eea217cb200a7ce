// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.models.Hashes;
import org.eidolon.models.Models;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer on a CPU, with a network of a few thousand weights: one training that the tests share. */
class PriorTrainerTest {
    private static final int STEPS = 60;

    @TempDir
    static Path folder;

    private static Path heads;
    private static final List<String> LINES = new ArrayList<>();

    @BeforeAll
    static void train() throws IOException {
        heads = folder.resolve("tiny.ehd");
        HeadPack.write(TinyHead.model(), heads);
        assertThat(new PriorTrainer(options("first", STEPS, null, false), Models.standard(), LINES::add).run())
                .isTrue();
    }

    private static TrainOptions options(String out, long steps, Path start, boolean resume) {
        return options(out, Domain.NORMALS, steps, start, null, resume);
    }

    private static TrainOptions options(String out, Domain domain, long steps, Path start, Path base, boolean resume) {
        return new TrainOptions(
                heads, folder.resolve(out), domain, steps, 0, 8, 4, 4, 3e-3, 1, "cpu", true, 0, start, base, 4, resume);
    }

    private static boolean run(TrainOptions options) throws IOException {
        return new PriorTrainer(options, Models.standard(), line -> {}).run();
    }

    @Test
    void theLossFallsAndAPriorComesOut() throws IOException {
        Path out = folder.resolve("first");
        List<LossPlot.Point> losses = losses(out);
        assertThat(losses).hasSize(STEPS / 10);
        assertThat(losses.getLast().loss()).isLessThan(0.9 * losses.getFirst().loss());
        PriorCard card = HeadPrior.card(out.resolve("head-normals.safetensors"));
        assertThat(card.steps()).isEqualTo(STEPS);
        assertThat(card.notes())
                .containsEntry(
                        "command line",
                        "eidolon train prior --heads tiny.ehd --domain NORMALS"
                                + " --steps 60 --batch 8 --subjects 4 --views 4 --learning-rate 0.003 --seed 1 --tiny");
        assertThat(card.notes().get("gate")).contains("MISSED");
        assertThat(card.notes()).containsKeys("gate guidance 1.0 whole", "gate guidance 1.0 face");
        assertThat(card.toJson()).as("no path of this machine").doesNotContain(folder.toString());
        assertThat(ImageIO.read(out.resolve("samples-guidance-1.0.png").toFile())
                        .getWidth())
                .isEqualTo(52 * 64);
        assertThat(ImageIO.read(out.resolve("loss.png").toFile()).getWidth()).isGreaterThan(400);
        assertThat(LINES).anyMatch(l -> l.matches("step 50/60 .* steps/s .* left"));
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            String encoder =
                    Models.standard().get(IdentityEncoder.STARTER).info().sha256();
            HeadPrior.open(scope, out.resolve("head-normals.safetensors"), Domain.NORMALS, "starter", encoder);
        }
    }

    @Test
    void aResumedTrainingGoesOnWhereItWas() throws IOException {
        Path out = folder.resolve("copy");
        Files.createDirectories(out);
        Files.copy(folder.resolve("first/checkpoint.safetensors"), out.resolve("checkpoint.safetensors"));
        assertThat(run(options("copy", STEPS, null, true))).isTrue();
        // no step was left: the same weights come out of the checkpoint, to the last bit
        assertThat(weights(out)).isEqualTo(weights(folder.resolve("first")));
        long people = Long.parseLong(about(out).metadata().get("nextSeed"));
        assertThat(run(options("copy", STEPS + 20, null, true))).isTrue();
        assertThat(HeadPrior.card(out.resolve("head-normals.safetensors")).steps())
                .isEqualTo(STEPS + 20);
        assertThat(losses(out)).hasSize(STEPS / 10 + 2);
        assertThat(losses(out).subList(0, STEPS / 10)).isEqualTo(losses(folder.resolve("first")));
        // the optimiser's moments came along: no jump back to where a fresh training begins
        assertThat(losses(out).getLast().loss())
                .isLessThan(0.9 * losses(out).getFirst().loss());
        assertThat(Long.parseLong(about(out).metadata().get("nextSeed"))).isGreaterThan(people);
    }

    @Test
    void aStoppedTrainingLeavesACheckpoint() throws IOException {
        PriorTrainer[] trainer = new PriorTrainer[1];
        trainer[0] = new PriorTrainer(options("stopped", STEPS, null, false), Models.standard(), line -> {
            if (line.startsWith("step 10/")) trainer[0].stop();
        });
        assertThat(trainer[0].run()).isFalse();
        Path out = folder.resolve("stopped");
        assertThat(out.resolve("head-normals.safetensors")).doesNotExist();
        assertThat(about(out).metadata()).containsEntry("steps", "10");
        // the same seed, the same people, the same noise
        assertThat(losses(out).getFirst())
                .isEqualTo(losses(folder.resolve("first")).getFirst());
    }

    @Test
    void anEarlierTrainingsWeightsCanBegin() throws IOException {
        Path start = folder.resolve("first/head-normals.safetensors");
        assertThat(run(options("more", 10, start, false))).isTrue();
        PriorCard card = HeadPrior.card(folder.resolve("more/head-normals.safetensors"));
        assertThat(card.steps()).isEqualTo(STEPS + 10);
        assertThat(card.notes()).containsEntry("start", "prior/head-normals, 60 steps");
        assertThat(card.notes().get("command line")).contains("--start head-normals.safetensors");
        assertThat(losses(folder.resolve("more")).getFirst().loss())
                .isLessThan(0.9 * losses(folder.resolve("first")).getFirst().loss());
    }

    @Test
    void aLoraAndAdaptersLearnOnABaseOfAllDomains() throws IOException {
        assertThat(run(options("base", Domain.BASE, 30, null, null, false))).isTrue();
        Path base = folder.resolve("base/head-base.safetensors");
        assertThat(HeadPrior.card(base).config().identityWidth()).isZero();
        assertThat(HeadPrior.card(base).notes()).containsEntry("gate", "gate not asked: a base is told no person");
        List<String> lines = new ArrayList<>();
        TrainOptions onBase = options("adapted", Domain.NORMALS, 30, null, base, false);
        assertThat(new PriorTrainer(onBase, Models.standard(), lines::add).run())
                .isTrue();
        assertThat(lines).anyMatch(l -> l.matches("NORMALS prior, LoRA: [\\d,]+ weights, [\\d.]+% of the base"));
        assertThat(lines).anyMatch(l -> l.startsWith("NORMALS prior, adapter of identities: "));
        assertThat(losses(folder.resolve("adapted")).getFirst().loss())
                .as("it begins where the base is")
                .isLessThan(0.9 * losses(folder.resolve("first")).getFirst().loss());

        Path file = folder.resolve("adapted/head-normals.safetensors");
        PriorCard card = HeadPrior.card(file);
        assertThat(card.base().sha256()).isEqualTo(Hashes.sha256(base));
        assertThat(names(file)).anyMatch(n -> n.endsWith("attn2.to_q.lora_A.weight"));
        assertThat(names(file))
                .anyMatch(n -> n.endsWith("attn2.to_k_ip.weight"))
                .anyMatch(n -> n.startsWith("codes."));
        assertThat(names(file)).as("the base is not in it").doesNotContain("conv_in.weight", "text.proj.weight");

        try (SafeTensors tensors = SafeTensors.open(file)) {
            for (String name : names(file)) {
                if (!name.endsWith("lora_B.weight") && !name.endsWith("to_v_ip.weight")) continue;
                float[] values = tensors.floats(name);
                assertThat(values).as(name + " was zero before").isNotEqualTo(new float[values.length]);
            }
        }

        // its checkpoint is one of that base
        Path out = folder.resolve("adapted-again");
        Files.createDirectories(out);
        Files.copy(folder.resolve("adapted/checkpoint.safetensors"), out.resolve("checkpoint.safetensors"));
        assertThat(run(options("adapted-again", Domain.NORMALS, 30, null, base, true)))
                .isTrue();
        assertThat(weights(out)).isEqualTo(weights(folder.resolve("adapted")));
        assertThatThrownBy(() -> run(options("adapted-again", STEPS, null, true)))
                .hasMessageContaining("of another domain or network");
        assertThatThrownBy(() -> run(options(
                        "no", Domain.NORMALS, 5, null, folder.resolve("first/head-normals.safetensors"), false)))
                .hasMessageContaining("here a base of all domains is needed");
    }

    @Test
    void aBaseCanBeginWithAWholePrior() throws IOException {
        Path start = folder.resolve("first/head-normals.safetensors");
        assertThat(run(options("based", Domain.BASE, 10, start, null, false))).isTrue();
        assertThat(losses(folder.resolve("based")).getFirst().loss())
                .isLessThan(0.9 * losses(folder.resolve("first")).getFirst().loss());
    }

    @Test
    void whatDoesNotFitIsTold() throws IOException {
        Path out = folder.resolve("other");
        Files.createDirectories(out);
        Files.copy(folder.resolve("first/checkpoint.safetensors"), out.resolve("checkpoint.safetensors"));
        TrainOptions colour = new TrainOptions(
                heads, out, Domain.COLOUR, 5, 0, 8, 4, 4, 1e-3, 1, "cpu", true, 0, null, null, 4, true);
        assertThatThrownBy(() -> run(colour))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of another domain or network (NORMALS)");
        Path starter = Models.standard().get(Domain.NORMALS.id()).verifiedPath();
        assertThatThrownBy(() -> run(options("others", 5, starter, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network of other sizes");
        assertThatThrownBy(() -> options("never", 0, null, false)).hasMessageContaining("--steps or --minutes");
    }

    private static List<String> names(Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return tensors.tensors().stream().map(SafeTensors.Info::name).toList();
        }
    }

    private static SafeTensors about(Path out) throws IOException {
        try (SafeTensors file = SafeTensors.open(out.resolve("checkpoint.safetensors"))) {
            return file;
        }
    }

    private static List<LossPlot.Point> losses(Path out) throws IOException {
        return new Gson()
                .fromJson(about(out).metadata().get("losses"), new TypeToken<List<LossPlot.Point>>() {}.getType());
    }

    /** Everything but the header, which holds the command line. */
    private static String weights(Path out) throws IOException {
        try (SafeTensors file = SafeTensors.open(out.resolve("head-normals.safetensors"))) {
            StringBuilder all = new StringBuilder();
            for (SafeTensors.Info tensor : file.tensors()) {
                all.append(tensor.name())
                        .append(' ')
                        .append(Arrays.hashCode(file.floats(tensor.name())))
                        .append('\n');
            }
            return all.toString();
        }
    }
}
