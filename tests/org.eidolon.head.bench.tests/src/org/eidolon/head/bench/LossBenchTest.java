// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.model.HeadPack;
import org.eidolon.models.Models;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of losses, small: a tiny head model, an untrained prior with a reader, the real encoders. */
class LossBenchTest {
    private static final int SIZE = 16;

    @TempDir
    Path folder;

    private LossOptions options(Path heads, int identities, int expressions, int sampleSteps) throws IOException {
        GeometrySettings quick =
                GeometrySettings.draft(1).withResolution(12).withSteps(2).withRates(2e-2, 4e-3);
        String prior = WordsBenchTest.prior(folder).toString();
        return new LossOptions(
                new StageTask(heads, 4, "draft", quick, folder.resolve("out"), false, prior, SIZE),
                identities,
                expressions,
                sampleSteps);
    }

    @Test
    void eachSourceIsMeasuredAlone() throws IOException {
        Path heads = folder.resolve("heads.ehd");
        HeadPack.write(TinyHead.model(), heads);
        List<String> lines = new ArrayList<>();
        JsonObject json;
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            json = new LossBench(options(heads, 1, 3, 2), Models.standard(), lines::add).run(scope);
        }
        JsonObject rows = json.getAsJsonObject("rows");
        assertThat(rows.keySet())
                .containsExactly(
                        "meanHead", "portrait", "words", "priorSamples", "priorSamplesOfRead", "lattice", "made")
                .containsExactlyInAnyOrderElementsOf(LossOptions.ROWS.keySet());
        for (String row : rows.keySet()) {
            assertThat(degrees(rows, row)).as(row).isBetween(0.01, 120.0);
            assertThat(lines).anyMatch(line -> line.startsWith(row) && line.endsWith(LossOptions.ROWS.get(row)));
        }
        assertThat(degrees(rows, "lattice")).as("shown the truth").isLessThan(degrees(rows, "priorSamples"));
        Path own = folder.resolve("out").toFile().listFiles()[0].toPath();
        var sheet = ImageIO.read(own.resolve("losses.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(3 * SIZE);
        assertThat(sheet.getHeight()).isEqualTo(8 * SIZE);
    }

    private static double degrees(JsonObject rows, String row) {
        return rows.getAsJsonObject(row)
                .getAsJsonObject("faceNormalDegrees")
                .get("mean")
                .getAsDouble();
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        for (int[] wrong : new int[][] {{0, 13, 25}, {65, 13, 25}, {1, 0, 25}, {1, 14, 25}, {1, 13, 0}}) {
            assertThatThrownBy(() -> options(folder, wrong[0], wrong[1], wrong[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--");
        }
    }
}
