// SPDX-License-Identifier: EPL-2.0
package org.eidolon.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eidolon.api.NodeLibrary;
import org.eidolon.engine.NodeTypes;
import org.eidolon.nodes.BuiltInNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Which code makes results stale. Our bundles are installed once more beside themselves, in a later version, one of
 * their classes touched or none; then what stands for code in the content keys of that copy's node types is looked at.
 */
class CodeOfNodesTest {
    private static final String NODES = "org.eidolon.nodes",
            HEAD = "org.eidolon.head",
            ENCODERS = "org.eidolon.encoders";

    /** From the lowest up. The newest version of each is what those above are wired to. */
    private static final List<String> COPIED = List.of(
            ENCODERS, HEAD, "org.eidolon.head.train", "org.eidolon.head.bench", "org.eidolon.models.commands", NODES);

    @TempDir
    Path folder;

    private Bundle own;
    private int copies;

    @BeforeEach
    void inAFramework() {
        own = FrameworkUtil.getBundle(CodeOfNodesTest.class);
        assumeThat(own)
                .as("an OSGi framework: the build's own run of the tests")
                .isNotNull();
    }

    @Test
    void benchmarksTrainingAndCommandsLeaveEveryKeyAsItIs() throws Exception {
        Map<String, String> before = codes(null);
        assertThat(codes(null)).as("built again").isEqualTo(before);
        for (String touched : List.of(
                "org.eidolon.head.bench/org/eidolon/head/bench/HeadScore.class",
                "org.eidolon.head.bench/org/eidolon/head/bench/LatentStepBench.class",
                "org.eidolon.head.train/org/eidolon/head/train/PriorTrainer.class",
                "org.eidolon.head.train/org/eidolon/head/train/lora/LoraTraining.class",
                "org.eidolon.models.commands/org/eidolon/models/commands/ModelsAddCommand.class")) {
            assertThat(codes(touched)).as(touched).isEqualTo(before);
        }
    }

    @Test
    void theHeadsOwnCodeMakesTheStagesStale() throws Exception {
        Map<String, String> before = codes(null);
        for (String touched : List.of(
                "org.eidolon.head/org/eidolon/head/geometry/FieldOptimiser.class",
                "org.eidolon.head/org/eidolon/head/texture/texture.py",
                "org.eidolon.encoders/org/eidolon/encoders/IdentityEncoder.class")) {
            Map<String, String> after = codes(touched);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            for (String stage : List.of("stage.geometry", "stage.texture", "stage.geometry.full")) {
                assertThat(after.get(stage)).as("%s after %s", stage, touched).isNotEqualTo(before.get(stage));
            }
        }
    }

    /** What stands for the code of each node type of a copy, by id. */
    private Map<String, String> codes(String touched) throws Exception {
        copies++;
        BundleContext context = system().getBundleContext();
        List<Bundle> installed = new ArrayList<>();
        try {
            for (String name : COPIED) {
                String entry =
                        touched != null && touched.startsWith(name + "/") ? touched.substring(name.length() + 1) : null;
                installed.add(context.installBundle(
                        copy(original(name), entry).toUri().toString()));
            }
            for (Bundle copy : installed) {
                copy.getResource("META-INF/MANIFEST.MF"); // resolves it
                assertThat(copy.getState()).as("%s", copy).isEqualTo(Bundle.RESOLVED);
            }
            Bundle nodes = installed.getLast();
            assertThat(wired(nodes)).contains(installed.get(COPIED.indexOf(HEAD)));
            assertThat(wired(installed.get(COPIED.indexOf("org.eidolon.head.bench"))))
                    .as("the copies stand on each other")
                    .contains(installed.get(COPIED.indexOf(HEAD)));
            var library = (NodeLibrary) nodes.loadClass(BuiltInNodes.class.getName())
                    .getConstructor()
                    .newInstance();
            var types = new NodeTypes(library);
            Map<String, String> codes = new TreeMap<>();
            types.all()
                    .forEach(type -> codes.put(
                            type.id(),
                            types.find(type.id()).orElseThrow().code().get()));
            assertThat(codes).hasSizeGreaterThan(10).doesNotContainValue("");
            return codes;
        } finally {
            for (Bundle copy : installed.reversed()) {
                copy.uninstall();
            }
        }
    }

    private Bundle system() {
        return wired(own).stream()
                .filter(bundle -> bundle.getBundleId() == 0)
                .findFirst()
                .orElseThrow();
    }

    private static List<Bundle> wired(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getRequiredWires(null).stream()
                .map((BundleWire wire) -> wire.getProvider().getBundle())
                .toList();
    }

    private Bundle original(String name) {
        return Arrays.stream(system().getBundleContext().getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not installed"));
    }

    /** The bundle's own entries as a jar of a later version, one of them a byte longer. */
    private Path copy(Bundle bundle, String touched) throws IOException {
        Path jar = folder.resolve(bundle.getSymbolicName() + "-" + copies + ".jar");
        boolean found = touched == null;
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            String version = "0.1.0.2999010100" + String.format("%02d", copies);
            String manifest = text(bundle.getEntry("META-INF/MANIFEST.MF"))
                    .replaceAll("(?m)^Bundle-Version: .*$", "Bundle-Version: " + version)
                    // signatures and digests of entries are those of the original
                    .split("\\R\\R", 2)[0];
            zip.write((manifest + "\n\n").getBytes(StandardCharsets.UTF_8));
            for (String entry : entries(bundle, "/")) {
                if (entry.startsWith("META-INF/")) {
                    continue;
                }
                zip.putNextEntry(new ZipEntry(entry));
                try (InputStream in = bundle.getEntry(entry).openStream()) {
                    in.transferTo(zip);
                }
                if (entry.equals(touched)) {
                    zip.write('\n');
                    found = true;
                }
            }
        }
        assertThat(found).as("%s in %s", touched, bundle).isTrue();
        return jar;
    }

    private static List<String> entries(Bundle bundle, String folder) {
        List<String> all = new ArrayList<>();
        var paths = Objects.requireNonNullElse(bundle.getEntryPaths(folder), Collections.<String>emptyEnumeration());
        for (String path : Collections.list(paths)) {
            if (path.endsWith("/")) {
                all.addAll(entries(bundle, path));
            } else {
                all.add(path);
            }
        }
        return all;
    }

    private static String text(URL entry) throws IOException {
        try (InputStream in = entry.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
