// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example is made to be copied, so it shows nothing that others may not do. */
class ExampleBundleTest {
    private static final Pattern IMPORT =
            Pattern.compile("^import (org\\.eidolon\\.[a-z.]+)\\.[A-Z]", Pattern.MULTILINE);
    private static final Pattern INTERNAL = Pattern.compile("([\\w.]+);x-internal:=true");

    private final Repository repository = Repository.find();

    /** Packages that bundles export, without those that are marked as internal. */
    private Set<String> open() throws IOException {
        Set<String> open = new HashSet<>();
        for (Path bundle : repository.bundles("bundles")) {
            Path manifest = bundle.resolve("META-INF/MANIFEST.MF");
            open.addAll(BundleManifest.read(manifest).exports());
            try (InputStream in = Files.newInputStream(manifest)) {
                String exports = new Manifest(in).getMainAttributes().getValue("Export-Package");
                Matcher internal = INTERNAL.matcher(exports == null ? "" : exports);
                while (internal.find()) {
                    open.remove(internal.group(1));
                }
            }
        }
        return open;
    }

    @Test
    void theExampleImportsNoInternalPackage() throws IOException {
        List<String> imported = new ArrayList<>();
        try (Stream<Path> files =
                Files.walk(repository.root().resolve("examples/node-bundle/org.example.palette/src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher match = IMPORT.matcher(Files.readString(file));
                while (match.find()) {
                    imported.add(match.group(1));
                }
            }
        }
        assertThat(imported).contains("org.eidolon.studio.editor.extend", "org.eidolon.graph.model", "org.eidolon.api");
        assertThat(open()).containsAll(imported);
        assertThat(open()).doesNotContain("org.eidolon.studio.editor.figures");
    }
}
