// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.Models;
import org.eidolon.testing.head.Places;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark, small: a tiny head model, a tiny untrained prior, the real encoders. */
class LikenessBenchTest {
    private static final int PRIOR_SIZE = 16, GALLERY = 3, SIZE = 16;
    private static final GeometrySettings QUICK =
            GeometrySettings.draft(1).withResolution(12).withSteps(2).withRates(2e-2, 4e-3);

    @TempDir
    Path folder;

    private Path heads;
    private Path prior;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void files() throws IOException {
        heads = folder.resolve("heads.ehd");
        HeadPack.write(TinyHead.model(), heads);
        prior = prior(Domain.NORMALS);
    }

    private Path prior(Domain domain) throws IOException {
        Path file = folder.resolve(domain + ".safetensors");
        Models models = Models.standard();
        var encoder = models.get(IdentityEncoder.STARTER).info();
        UNetConfig config = UNetConfig.tiny(3, ViewCode.LENGTH);
        PriorCard card = new PriorCard(
                "prior/test-" + domain,
                domain,
                config,
                PRIOR_SIZE,
                NoiseSchedule.Prediction.VELOCITY,
                encoder.id(),
                encoder.sha256(),
                SentenceEncoder.STARTER,
                ViewCode.LENGTH,
                0,
                Map.of());
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            SafeTensorsWriter.HALF.write(
                    file, UNet.create(scope, config, 3).parameters(), Map.of(PriorCard.KEY, card.toJson()));
        }
        return file;
    }

    private LikenessOptions options(String out, boolean ceiling, boolean resume) {
        return new LikenessOptions(
                new StageTask(heads, 4, "draft", QUICK, folder.resolve(out), resume, prior.toString(), SIZE),
                1,
                null,
                ceiling,
                null,
                0,
                Shard.WHOLE,
                "none",
                GALLERY);
    }

    private JsonObject run(LikenessOptions options) throws IOException {
        lines.clear();
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            return new LikenessBench(options, Models.standard(), lines::add).run(scope);
        }
    }

    @Test
    void measuresKeepsAndResumes() throws IOException {
        JsonObject first = run(options("a", true, false));
        for (String figure :
                List.of("faceNormalDegrees", "headNormalDegrees", "iou", "expressionRetrieval", "identityRank")) {
            JsonObject of = first.getAsJsonObject(figure);
            assertThat(of.get("mean").getAsDouble())
                    .as(figure)
                    .isEqualTo(of.get("worst").getAsDouble());
            assertThat(of.getAsJsonObject("baselines").keySet())
                    .containsExactly("meanHead", "randomIdentity", "directFit");
        }
        assertThat(first.getAsJsonObject("faceNormalDegrees").get("mean").getAsDouble())
                .isBetween(1.0, 90.0);
        assertThat(first.getAsJsonObject("iou").get("mean").getAsDouble()).isBetween(0.3, 1.0);
        assertThat(first.getAsJsonObject("identityRank").get("mean").getAsDouble())
                .isBetween(1.0, 3.0);
        assertThat(first.get("portraitTop1").isJsonNull()).isTrue();
        assertThat(first.getAsJsonArray("seeds")).hasSize(1);
        assertThat(first.getAsJsonObject("weights").keySet())
                .containsExactlyInAnyOrder("prior/test-NORMALS", IdentityEncoder.STARTER, SentenceEncoder.STARTER);
        assertThat(lines).anyMatch(l -> l.startsWith("faceNormalDegrees"));

        Path own = folder.resolve("a")
                .resolve("identity-" + first.getAsJsonArray("seeds").get(0));
        var sheet = ImageIO.read(own.resolve("sheet.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(13 * SIZE);
        assertThat(sheet.getHeight()).isEqualTo(6 * SIZE);
        assertThat(own.resolve("geometry"))
                .as("checkpoints of a finished person")
                .doesNotExist();

        long written = Files.getLastModifiedTime(own.resolve("result.json")).toMillis();
        JsonObject again = run(options("a", true, true));
        assertThat(lines).anyMatch(l -> l.contains("kept from before"));
        assertThat(Files.getLastModifiedTime(own.resolve("result.json")).toMillis())
                .isEqualTo(written);
        assertThat(figures(again)).isEqualTo(figures(first));

        // without what was kept, all chance being seeded, the same comes out
        JsonObject fresh = run(options("b", false, false));
        assertThat(fresh.getAsJsonObject("iou").getAsJsonObject("baselines").has("directFit"))
                .isFalse();
        for (String figure : List.of("faceNormalDegrees", "iou", "identityRank")) {
            assertThat(fresh.getAsJsonObject(figure).get("values"))
                    .isEqualTo(first.getAsJsonObject(figure).get("values"));
        }
    }

    @Test
    void keptResultsOfAnotherMeasurementAreNotTakenUp() throws IOException {
        ResultFiles files = new ResultFiles(folder.resolve("one"));
        HeadScore score = new HeadScore(10, Double.NaN, 0.9, 12, 3);
        IdentityResult result = new IdentityResult(
                ResultFiles.key(QUICK, 1), 0, 7, score, score, score, null, Map.of("stage", 1.5), Map.of());
        assertThat(files.read(IdentityResult.class, result.key())).isEmpty();
        Files.createDirectories(files.checkpoints("geometry"));
        Files.writeString(files.checkpoints("geometry").resolve("geometry.safetensors"), "x");
        files.write(result);
        assertThat(files.checkpoints("geometry")).doesNotExist();
        assertThat(files.read(IdentityResult.class, result.key())).contains(result);
        assertThat(files.read(IdentityResult.class, ResultFiles.key(QUICK.withSteps(3), 1)))
                .isEmpty();
        Files.writeString(folder.resolve("one").resolve("result.json"), "{ \"key\": ");
        assertThat(files.read(IdentityResult.class, result.key())).isEmpty();
    }

    @Test
    void portraitsAreMadeTexturedAndJudged() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (String name : List.of("0.jpg", "1.jpg")) Files.copy(portrait(name), photos.resolve(name));
        Files.writeString(photos.resolve("broken.jpg"), "no picture");
        LikenessOptions options = new LikenessOptions(
                new StageTask(heads, 4, "draft", QUICK, folder.resolve("p"), true, prior.toString(), SIZE),
                0,
                TextureSettings.draft(4).withSteps(2).withPictures(4, 1, 1),
                false,
                photos,
                1,
                Shard.WHOLE,
                prior(Domain.COLOUR).toString(),
                GALLERY);
        JsonObject json = run(options);
        assertThat(json.get("faceNormalDegrees").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("portraitTop1").get("mean").getAsDouble())
                .isIn(0.0, 1.0);
        assertThat(json.getAsJsonObject("portraitTop1")
                        .getAsJsonObject("baselines")
                        .getAsJsonObject("randomIdentity")
                        .get("mean")
                        .getAsDouble())
                .isEqualTo(0.5);
        assertThat(json.getAsJsonObject("portraitTop5").get("mean").getAsDouble())
                .isEqualTo(1);
        assertThat(json.getAsJsonObject("portraitCosine").get("mean").getAsDouble())
                .isBetween(-1.0, 1.0);
        JsonObject about = json.getAsJsonObject("portraits");
        assertThat(about.get("gallery").getAsInt()).isEqualTo(2);
        assertThat(about.get("leftOut").getAsInt()).isEqualTo(1);
        assertThat(about.get("judge").getAsString()).contains(IdentityEncoder.STARTER);
        assertThat(figures(run(options))).isEqualTo(figures(json));
        assertThat(lines).noneMatch(l -> l.startsWith("portrait 1 of 1"));
    }

    private static Path portrait(String name) {
        String told = System.getenv("EIDOLON_SHARED");
        Path shared = told != null ? Path.of(told) : Places.root().resolveSibling("shared");
        Path file =
                shared.resolve("data").resolve("portraits").resolve("female").resolve(name);
        assumeThat(file)
                .as("portraits beside the checkout (../shared/data/portraits)")
                .exists();
        return file;
    }

    private static String figures(JsonObject json) {
        JsonObject copy = json.deepCopy();
        copy.remove("timings");
        return copy.toString();
    }

    private LikenessOptions people(int count) {
        return new LikenessOptions(
                new StageTask(heads, 4, "draft", QUICK, folder, false, "a", SIZE),
                count,
                null,
                true,
                null,
                0,
                Shard.WHOLE,
                "b",
                GALLERY);
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThatThrownBy(() -> people(9)).hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> people(0)).hasMessageContaining("--portraits");
        assertThat(new picocli.CommandLine(new BenchLikeness())
                        .execute("--heads", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(new picocli.CommandLine(new BenchLikeness())
                        .execute("--heads", heads.toString(), "--quality", "splendid"))
                .isEqualTo(2);
    }

    @Test
    void shardsShareAllItemsAmongThem() {
        List<String> items = List.of("a", "b", "c", "d", "e", "f", "g");
        assertThat(Shard.of("2/3").part(items)).containsExactly("b", "e");
        for (int count = 1; count <= 9; count++) {
            List<String> all = new ArrayList<>();
            for (int number = 1; number <= count; number++) {
                all.addAll(Shard.of(number + "/" + count).part(items));
            }
            assertThat(all).containsExactlyInAnyOrderElementsOf(items);
        }
        for (String wrong : new String[] {"3", "0/2", "3/2", "1/0", "-1/2", "one/two"}) {
            assertThatThrownBy(() -> Shard.of(wrong)).hasMessageContaining("--shard must be I/N");
        }
    }
}
