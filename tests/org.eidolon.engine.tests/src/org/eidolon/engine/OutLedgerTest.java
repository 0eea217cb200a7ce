// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.api.Hashes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of files to be removed is dangerous in wrong hands: it lies in a folder that anybody may have made. */
class OutLedgerTest {
    @TempDir
    Path place;

    private Path out;

    @BeforeEach
    void make() throws Exception {
        out = Files.createDirectories(place.resolve("out"));
    }

    private OutLedger.Tidied tidy() {
        return OutLedger.open(out).tidy(Set.of(), node -> true);
    }

    @Test
    void removesItsOwnAndFoldersThatBecomeEmpty() throws Exception {
        Files.createDirectories(out.resolve("a/b"));
        Files.writeString(out.resolve("a/b/one.glb"), "1");
        Files.writeString(out.resolve("two.glb"), "2");
        var ledger = OutLedger.open(out);
        ledger.claim("x", Map.of("a/b/one.glb", Hashes.of("1"), "two.glb", Hashes.of("2")));
        assertThat(OutLedger.open(out).tidy(Set.of("two.glb"), node -> node.equals("x")))
                .isEqualTo(new OutLedger.Tidied(List.of("a/b/one.glb"), List.of()));
        assertThat(out.resolve("a")).doesNotExist();
        assertThat(out.resolve("two.glb")).exists();
        assertThat(OutLedger.open(out).tidy(Set.of(), node -> false).earlier()).containsExactly("two.glb");
    }

    @Test
    void neverLeavesTheFolder() throws Exception {
        Path treasure = Files.writeString(place.resolve("treasure"), "gold");
        Path inside = Files.createDirectories(place.resolve("elsewhere"));
        Files.writeString(inside.resolve("treasure"), "gold");
        Files.createSymbolicLink(out.resolve("link"), inside);
        Files.createSymbolicLink(out.resolve("file"), treasure);
        Files.writeString(out.resolve(OutLedger.NAME), """
                {"files": {"../treasure": {"node": "x", "sha256": "%1$s"}, "%2$s": {"node": "x", "sha256": "%1$s"},
                 "link/treasure": {"node": "x", "sha256": "%1$s"}, "file": {"node": "x", "sha256": "%1$s"}}}
                """.formatted(Hashes.of("gold"), treasure));
        assertThat(tidy()).isEqualTo(OutLedger.Tidied.NOTHING);
        assertThat(treasure).exists();
        assertThat(inside.resolve("treasure")).exists();
    }

    @Test
    void aDamagedListRemovesNothing() throws Exception {
        Files.writeString(out.resolve("mine"), "gold");
        for (String text : List.of("", "{", "[]", "{\"files\": 3}", "{\"files\": {\"mine\": null}}")) {
            Files.writeString(out.resolve(OutLedger.NAME), text);
            assertThat(tidy()).isEqualTo(OutLedger.Tidied.NOTHING);
            assertThat(out.resolve("mine")).exists();
        }
    }

    @Test
    void knowsWhatAKilledRunWrote() throws Exception {
        OutLedger.open(out).claim("x", Map.of("half.glb", Hashes.of("h"), "never.glb", Hashes.of("n")));
        Files.writeString(out.resolve("half.glb"), "h");
        assertThat(tidy().removed()).containsExactly("half.glb");
        assertThat(Files.readString(out.resolve(OutLedger.NAME))).doesNotContain("half", "never");
    }
}
