// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheCommandsTest extends CommandFixture {
    @Test
    void showsLimitsTrimsAndCleans() {
        run();
        assertThat(eidolon("cache")).as(err).isZero();
        assertThat(manifest()).containsEntry("results", 4L).containsEntry("limit", 20L << 30);
        assertThat(err).contains("4 results, ", " of 20.0 GiB; checkpoints 0 bytes");
        assertThat(eidolon("cache", "limit", "1.5k")).isZero();
        assertThat(manifest()).containsEntry("limit", 1536L);
        assertThat(eidolon("cache", "trim")).isZero();
        assertThat((Long) manifest().get("removed")).isBetween(1L, 3L);
        assertThat(eidolon("cache", "trim", "--to", "0")).isZero();
        assertThat(eidolon("cache", "show")).isZero();
        assertThat(manifest()).containsEntry("results", 0L);
        assertThat(eidolon("cache", "limit", "none")).isZero();
        assertThat(err).contains("there is no limit now");
        run();
        assertThat(eidolon("cache", "clean")).isZero();
        assertThat(manifest()).containsEntry("removed", 4L).containsEntry("inUse", 0L);
        assertThat(run()).isZero();
        assertThat(manifest()).containsEntry("ran", 4L);
    }

    @ParameterizedTest
    @CsvSource({"much", "-1", "1E9", "''", "1 X", "99999999999999"})
    void sizesThatAreNone(String size) {
        assertThat(eidolon("cache", "limit", "--", size)).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("is no size", "Write 20G, 500M or none");
    }

    @Test
    void aCacheThatIsNoFolderIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(eidolon("cache", "show", "--cache", "file")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--cache " + file, "the cache folder cannot be used", "Name another with --cache");
        assertThat(run("--cache", "file")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("the cache folder cannot be used");
    }
}
