// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadPack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of training that this bundle offers. */
class TrainPackCommandTest {
    @TempDir
    Path folder;

    @Test
    void aPackIsWrittenAndReadBack() throws Exception {
        var model = new HeadModel(
                new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0},
                List.of(new float[] {0.5f, 0, 0, 0, 0, 0, 0, 0, -0.5f}),
                List.of("jawOpen"),
                List.of(new float[9]),
                new int[] {0, 1, 2},
                new byte[3],
                new int[] {1});
        Path first = folder.resolve("first.ehd");
        HeadPack.write(model, first);
        Path second = folder.resolve("new/second.ehd");
        int code = new CommandLine(new TrainPackCommand())
                .execute("--heads", first.toString(), "--out", second.toString());
        assertThat(code).isZero();
        assertThat(HeadPack.open(second).neutral()).isEqualTo(model.neutral());
        assertThat(HeadPack.open(second).identities().get(0)[0]).isEqualTo(0.5f);
        var wrong = CommandLine.populateCommand(
                new TrainPackCommand(), "--heads", folder.resolve("none").toString(), "--out", second.toString());
        assertThatThrownBy(wrong::call).hasMessageContaining("there is no head model at");
        var whole = CommandLine.populateCommand(
                new TrainPackCommand(), "--heads", first.toString(), "--whole", "--out", second.toString());
        assertThatThrownBy(whole::call).hasMessageContainingAll(first.toString(), "FaceXModel");
    }

    @Test
    void trainPriorTakesTheOptionsOfTheTrainer() {
        var spec = new CommandLine(new TrainPriorCommand()).getCommandSpec();
        assertThat(spec.optionsMap()).containsKeys("--heads", "--out", "--domain", "--resume", "--tiny");
        spec.mixinStandardHelpOptions(true); // what the command does to every subcommand
        assertThat(spec.findOption("--heads").required()).isTrue();
    }
}
