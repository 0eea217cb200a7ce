// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules that every file keeps: licence header, length, tests beside each bundle, no machine's or registry's name. */
class RepositoryTest {
    private static final int LONGEST = 400;

    /** Longer than the limit, and why. */
    private static final Map<String, String> LONG = Map.of();

    /** Bundles that hold only what others made; their users' tests are their tests. */
    private static final Set<String> WITHOUT_TESTS =
            Set.of("org.eidolon.start", "org.eidolon.models.starter", "org.eidolon.gef.compat");

    /** Written in pieces, or this file would break its own rule. */
    private static final Pattern HOSTS = Pattern.compile("repo1?\\.maven" + "\\.apache\\.org|repo1?\\.maven"
            + "\\.org|maven" + "central\\.com|oss\\.sona" + "type\\.org|registry\\.npm" + "js\\.org|files\\.python"
            + "hosted\\.org|pypi\\.o" + "rg/simple|static\\.crates" + "\\.io|proxy\\.gol" + "ang\\.org");

    /** Home folders are named only in examples, as those of "me" or "you". */
    private static final Pattern MACHINE_PATHS = Pattern.compile(
            "(?<![\\w.$}/])/(?:ro" + "ot(?![A-Za-z])|ho" + "me/(?!me/|you/)[a-z]|wo" + "rk/|Us" + "ers/[A-Za-z])");

    private static final Set<String> BINARY = Set.of(
            "png", "jpg", "jpeg", "glb", "onnx", "safetensors", "npz", "npy", "bin", "gz", "zip", "jar", "obj", "webp");

    private final Repository repository = Repository.find();

    @Test
    void everyBundleHasATestBundle() throws IOException {
        List<String> without = new ArrayList<>();
        for (Path bundle : repository.bundles("bundles")) {
            String name = bundle.getFileName().toString();
            boolean packed = name.startsWith("org.eidolon.native.") || name.startsWith("org.eidolon.lib.");
            if (!packed
                    && !WITHOUT_TESTS.contains(name)
                    && !Files.isRegularFile(
                            repository.root().resolve("tests/" + name + ".tests/META-INF/MANIFEST.MF"))) {
                without.add(name);
            }
        }
        assertThat(without).as("bundles without tests/NAME.tests").isEmpty();
    }

    @Test
    void everyBundleIsBuilt() throws IOException {
        for (String folder : List.of("bundles", "tests")) {
            String modules = Files.readString(repository.root().resolve(folder + "/pom.xml"));
            for (Path bundle : repository.bundles(folder)) {
                assertThat(modules).contains("<module>" + bundle.getFileName() + "</module>");
            }
        }
    }

    @Test
    void javaFilesHaveTheirHeaderAndAreNotTooLong() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path file : repository.files()) {
            String path = relative(file);
            if (!path.endsWith(".java")) {
                continue;
            }
            seen++;
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().equals("// SPDX-License-Identifier: EPL-2.0")) {
                wrong.add(path + ": the first line is not // SPDX-License-Identifier: EPL-2.0");
            }
            if (lines.size() > LONGEST && !path.contains("/src-gen/") && !LONG.containsKey(path)) {
                wrong.add(path + ": " + lines.size() + " lines; " + LONGEST + " are the most");
            }
        }
        assertThat(seen).isGreaterThan(50);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageSaysInASentenceWhatItIsFor() throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path file : repository.files()) {
            String path = relative(file);
            if (path.matches("bundles/[^/]+/src/.*\\.java")) packages.add(file.getParent());
        }
        assertThat(packages).hasSizeGreaterThan(20);
        for (Path each : packages) {
            assertThat(each.resolve("package-info.java"))
                    .as(relative(each))
                    .isRegularFile()
                    .content()
                    .containsPattern("/\\*\\*[^/]+\\.\\s*\\*/\\s*package ");
        }
    }

    @Test
    void noFileNamesARegistryHostOrAPathOfOneMachine() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : repository.files()) {
            String path = relative(file);
            if (BINARY.contains(path.substring(path.lastIndexOf('.') + 1)) || Files.size(file) > 4_000_000) {
                continue;
            }
            String text;
            try {
                text = Files.readString(file, StandardCharsets.UTF_8);
            } catch (CharacterCodingException e) {
                continue;
            }
            for (Pattern pattern : List.of(HOSTS, MACHINE_PATHS)) {
                var m = pattern.matcher(text);
                if (m.find()) {
                    long line = text.substring(0, m.start()).lines().count();
                    wrong.add(path + " near line " + line + ": " + m.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theRulesCatchWhatTheyAreFor() {
        assertThat(HOSTS.matcher("<url>https://repo.maven" + ".apache.org/maven2</url>")
                        .find())
                .isTrue();
        assertThat(MACHINE_PATHS.matcher("path=/ro" + "ot(?![A-Za-z])/x").find())
                .isTrue();
        assertThat(MACHINE_PATHS.matcher("\"/ho" + "me/ann/x\"").find()).isTrue();
        assertThat(MACHINE_PATHS.matcher("a tree's /roots, $HOME/work").find()).isFalse();
    }

    private String relative(Path file) {
        return repository.root().relativize(file).toString().replace('\\', '/');
    }
}
