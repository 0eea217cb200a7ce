// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

class LibraryCodeTest {
    @TempDir
    Path folder;

    private int built;

    /** A jar as a build makes it: its own time on every entry, another version in the manifest. */
    private Path jar(String name, String headers, Map<String, String> entries) throws IOException {
        built++;
        Path jar = folder.resolve(name + "-" + built + ".jar");
        var all = new LinkedHashMap<String, String>();
        all.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name
                        + "\nBundle-Version: 0.1.0.20250101" + (1000 + built) + "\n" + headers);
        all.put("META-INF/maven/x/pom.properties", "version=0.1.0." + built);
        all.putAll(entries);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : all.entrySet()) {
                var made = new ZipEntry(entry.getKey());
                made.setTime(1_700_000_000_000L + 60_000L * built);
                zip.putNextEntry(made);
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Path code(String text) throws IOException {
        return jar("some.code", "", Map.of("a/A.class", text, "a/kernel.py", "def f(): 1"));
    }

    @Test
    void buildingAgainChangesNothingAndAnyChangeOfCodeDoes() throws IOException {
        String before = LibraryCode.content(code("one"));
        assertThat(LibraryCode.content(code("one"))).isEqualTo(before);
        assertThat(LibraryCode.content(code("two"))).isNotEqualTo(before);
        Path kernel = jar("some.code", "", Map.of("a/A.class", "one", "a/kernel.py", "def f(): 2"));
        assertThat(LibraryCode.content(kernel)).isNotEqualTo(before);
        Path renamed = jar("some.code", "", Map.of("a/B.class", "one", "a/kernel.py", "def f(): 1"));
        assertThat(LibraryCode.content(renamed)).isNotEqualTo(before);
    }

    @Test
    void foldersCountWithTheJarsInThem() throws IOException {
        Path bundle = Files.createDirectories(folder.resolve("bundle/lib"));
        Files.copy(code("one"), bundle.resolve("native.jar"));
        String before = LibraryCode.content(bundle.getParent());
        Files.writeString(bundle.resolve("extra.txt"), "x");
        assertThat(LibraryCode.content(bundle.getParent())).isNotEqualTo(before);
        Files.delete(bundle.resolve("extra.txt"));
        assertThat(LibraryCode.content(bundle.getParent())).isEqualTo(before);
        Files.delete(bundle.resolve("native.jar"));
        Files.copy(code("two"), bundle.resolve("native.jar"));
        assertThat(LibraryCode.content(bundle.getParent())).isNotEqualTo(before);
    }

    @Test
    void weightsAloneAreNoCode() throws IOException {
        Path one = jar("some.weights", "", Map.of("weights/w.safetensors", "1"));
        Path two = jar("some.weights", "", Map.of("weights/w.safetensors", "2"));
        assertThat(LibraryCode.content(one)).isEqualTo(LibraryCode.content(two));
    }

    /** In a running framework: a library, what it requires, and what that requires. */
    @Test
    void changesBelowALibraryCount() throws Exception {
        Bundle own = FrameworkUtil.getBundle(LibraryCode.class);
        assumeThat(own)
                .as("an OSGi framework: the build's own run of the tests")
                .isNotNull();
        BundleContext context = own.adapt(BundleWiring.class).getRequiredWires(null).stream()
                .map(wire -> wire.getProvider().getBundle())
                .filter(bundle -> bundle.getBundleId() == 0)
                .findFirst()
                .orElseThrow()
                .getBundleContext();
        String first = installed(context, "one");
        assertThat(installed(context, "one")).as("built again").isEqualTo(first);
        assertThat(installed(context, "two")).as("the lowest changed").isNotEqualTo(first);
    }

    private String installed(BundleContext context, String lowest) throws Exception {
        Bundle low = context.installBundle(uri(jar("test.low", "", Map.of("low/L.class", lowest))));
        Bundle middle = context.installBundle(
                uri(jar("test.middle", "Require-Bundle: test.low\n", Map.of("middle/M.class", "m"))));
        Bundle library = context.installBundle(
                uri(jar("test.library", "Require-Bundle: test.middle\n", Map.of("library/N.class", "n"))));
        try {
            library.getResource("library/N.class"); // resolves it
            assertThat(library.getState()).isEqualTo(Bundle.RESOLVED);
            return LibraryCode.of(library);
        } finally {
            library.uninstall();
            middle.uninstall();
            low.uninstall();
        }
    }

    private static String uri(Path jar) {
        return jar.toUri().toString();
    }
}
