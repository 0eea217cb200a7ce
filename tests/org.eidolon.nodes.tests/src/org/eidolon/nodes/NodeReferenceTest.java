// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eidolon.cli.Eidolon;
import org.eidolon.cli.Services;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/nodes.md is what the declarations of the nodes say. */
class NodeReferenceTest {
    @TempDir
    Path folder;

    @Test
    void thePageIsWhatTheCommandPrints() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new Eidolon(
                        Services.of(new BuiltInNodes()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of("EIDOLON_CACHE", folder.toString()),
                        folder,
                        false)
                .run("nodes", "--markdown");
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        String printed = out.toString(StandardCharsets.UTF_8);
        Path page = Workbench.checkout().resolve("docs/nodes.md");
        assertThat(page)
                .as("the page is old: ./eidolon nodes --markdown > docs/nodes.md")
                .content()
                .isEqualTo(printed);
    }
}
