// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built product in a folder with a name that URLs and class paths cannot hold, in the locale of a bare container. */
class RealProductTest {
    private static final Path BUILT =
            Shell.CHECKOUT.resolve("product/target/products/org.eidolon.product/linux/gtk/x86_64/eidolon");
    /** On the same disk, for hard links. */
    private static final Path COPY = Shell.CHECKOUT.resolve("product/target/a#[b] %41?:ß");

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        assumeTrue(Files.isDirectory(BUILT.resolve("libtorch")), "the product, which the whole build makes first");
        remove();
        try (Stream<Path> all = Files.walk(BUILT)) {
            for (Path from : (Iterable<Path>) all::iterator) {
                Path to = COPY.resolve(BUILT.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.createLink(to, from);
                }
            }
        }
        for (String script : List.of("eidolon", "surroundings.sh")) { // of this checkout, even if the product is older
            Files.delete(COPY.resolve(script));
            Files.copy(
                    Shell.CHECKOUT.resolve("product/start").resolve(script),
                    COPY.resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @AfterEach
    void remove() throws IOException {
        if (Files.exists(COPY)) {
            try (Stream<Path> all = Files.walk(COPY)) {
                for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    void itRunsInAnOddPlaceInLocaleCAndReadsOddNames() throws Exception {
        var shell = new Shell(folder);
        shell.environment.put("PATH", shell.programs + ":" + System.getenv("PATH"));
        shell.environment.put("JAVA_HOME", System.getProperty("java.home"));
        shell.environment.put("LC_ALL", "C");
        assertThat(shell.run(COPY.resolve("eidolon"), "doctor"))
                .as(shell.out + shell.err)
                .isZero();
        assertThat(shell.out).contains("libtorch").doesNotContain("ERROR");
        Path graph = folder.resolve("größe 微 #%.eidolon");
        Files.writeString(graph, """
                {"eidolon": 1, "title": "t", "nodes": {
                  "expressions": {"type": "expression.prompts@1", "params": {"prompts": "ein Lächeln"}}}}
                """);
        assertThat(shell.run(COPY.resolve("eidolon"), "info", graph.toString()))
                .as(shell.err)
                .isZero();
        assertThat(shell.out + shell.err).contains("ein Lächeln").doesNotContain("\uFFFD");
    }
}
