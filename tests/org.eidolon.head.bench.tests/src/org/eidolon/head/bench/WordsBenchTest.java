// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.Models;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of words, small: a tiny head model, an untrained prior with a reader, the real encoders. */
class WordsBenchTest {
    private static final int SIZE = 16;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    static Path prior(Path folder) throws IOException {
        Path file = folder.resolve("normals.safetensors");
        var encoder = Models.standard().get(IdentityEncoder.STARTER).info();
        UNetConfig config = UNetConfig.tiny(3, ViewCode.LENGTH).withCodes(HeadCodes.IDENTITY, HeadCodes.EXPRESSION, 2);
        PriorCard card = new PriorCard(
                "prior/test",
                Domain.NORMALS,
                config,
                16,
                NoiseSchedule.Prediction.VELOCITY,
                encoder.id(),
                encoder.sha256(),
                SentenceEncoder.STARTER,
                ViewCode.LENGTH,
                0,
                Map.of());
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            var all = new LinkedHashMap<>(UNet.create(scope, config, 3).parameters());
            all.putAll(CodeReader.create(scope, 4).parameters());
            SafeTensorsWriter.HALF.write(file, all, Map.of(PriorCard.KEY, card.toJson()));
        }
        return file;
    }

    @Test
    void measuresAndTakesUpFinishedRuns() throws IOException {
        Path heads = folder.resolve("heads.ehd");
        HeadPack.write(TinyHead.model(), heads);
        Path prior = prior(folder);
        Path out = folder.resolve("out");
        JsonObject first = run(heads, prior, out, false);
        assertThat(first.getAsJsonObject("made").get("found").getAsInt()).isBetween(0, 5);
        assertThat(first.getAsJsonObject("made").get("meanRank").getAsDouble()).isBetween(1.0, 5.0);
        assertThat(first.getAsJsonObject("baselines").keySet()).containsExactly("reader", "chance");
        assertThat(first.getAsJsonArray("each")).hasSize(5);
        assertThat(first.getAsJsonObject("weights").keySet()).contains("prior/test", SentenceEncoder.STARTER);
        assertThat(lines.getLast()).contains("nearest to their own", "of 5", "by chance 1 (3.0)");
        var sheet = ImageIO.read(out.resolve("sheet.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(5 * SIZE);
        assertThat(sheet.getHeight()).isEqualTo(2 * SIZE);

        Path kept = out.resolve("run-3/geometry/geometry.safetensors");
        var before = Files.getLastModifiedTime(kept);
        JsonObject second = run(heads, prior, out, true);
        assertThat(second.get("each")).isEqualTo(first.get("each"));
        assertThat(Files.getLastModifiedTime(kept)).as("no step was left to do").isEqualTo(before);
    }

    private JsonObject run(Path heads, Path prior, Path out, boolean resume) throws IOException {
        GeometrySettings quick =
                GeometrySettings.draft(1).withResolution(12).withSteps(2).withRates(2e-2, 4e-3);
        var options =
                new WordsOptions(new StageTask(heads, 4, "draft", quick, out, resume, prior.toString(), SIZE), 5, 2);
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            return new WordsBench(options, Models.standard(), lines::add).run(scope);
        }
    }

    @Test
    void whatAllHaveInCommonDoesNotCount() {
        Random random = new Random(5);
        List<float[]> truths = new ArrayList<>(), made = new ArrayList<>(), swapped = new ArrayList<>();
        float[] person = pictures(random, 3), other = pictures(random, 3);
        List<String> words = List.of("a", "b", "c", "d", "e", "f");
        for (int e = 0; e < words.size(); e++) {
            float[] expression = pictures(random, 0.3f);
            truths.add(sum(person, expression));
            made.add(sum(other, sum(expression, pictures(random, 0.05f))));
        }
        WordsResult found = WordsResult.of(words, made, truths);
        assertThat(found.found()).isEqualTo(6);
        assertThat(found.nearest()).containsExactly(0, 1, 2, 3, 4, 5);
        swapped.addAll(made);
        swapped.set(0, made.get(1));
        swapped.set(1, made.get(0));
        WordsResult wrong = WordsResult.of(words, swapped, truths);
        assertThat(wrong.found()).isEqualTo(4);
        assertThat(wrong.nearest()).startsWith(1, 0);
        assertThat(wrong.meanRank()).isGreaterThan(1);
        assertThat(wrong.table(found)).hasSize(8).anyMatch(line -> line.startsWith("a ") && line.endsWith("  b"));
    }

    private static float[] pictures(Random random, float size) {
        float[] values = new float[300];
        for (int i = 0; i < values.length; i++) values[i] = size * (float) random.nextGaussian();
        return values;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] all = new float[a.length];
        for (int i = 0; i < all.length; i++) all[i] = a[i] + b[i];
        return all;
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        for (int[] wrong : new int[][] {{1, 10, 1}, {401, 10, 1}, {40, 0, 1}, {40, 65, 1}, {40, 10, -1}}) {
            GeometrySettings draft = GeometrySettings.draft(1);
            assertThatThrownBy(() -> new WordsOptions(
                            new StageTask(folder, wrong[2], "draft", draft, folder, false, "none", SIZE),
                            wrong[0],
                            wrong[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--");
        }
    }
}
