// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.eidolon.api.NodeLibrary;
import org.eidolon.start.added.Greetings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles beside the product, in frameworks that {@link Main} really starts, one after the other on one state. */
class AddedBundlesTest {
    private static final List<Class<?>> CLASSES = List.of(
            Greetings.class,
            Greetings.Out.class,
            Greetings.Hello.class,
            Greetings.Bonjour.class,
            Greetings.Impostor.class,
            Greetings.HelloLibrary.class,
            Greetings.BonjourLibrary.class,
            Greetings.ImpostorLibrary.class);

    @TempDir
    Path home;

    private String out;
    private String err;

    /** The command, as the start script starts it. */
    private int eidolon(String... arguments) throws IOException, InterruptedException {
        Path configuration = Files.createDirectories(home.resolve("configuration"));
        Path own = Path.of(URI.create(System.getProperty("osgi.configuration.area")));
        Files.copy(own.resolve("config.ini"), configuration.resolve("config.ini"), StandardCopyOption.REPLACE_EXISTING);
        Path framework = Path.of(URI.create(System.getProperty("osgi.framework")));
        Path start = Path.of(URI.create(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        Path classes = start.resolve("target/classes"); // of a bundle in its source tree
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Duser.home=" + home,
                "-Dosgi.configuration.area=" + configuration.toUri(),
                "-Dosgi.install.area=" + home.toUri(),
                "-cp",
                framework + File.pathSeparator + (Files.isDirectory(classes) ? classes : start),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectOutput(home.resolve("out.txt").toFile())
                .redirectError(home.resolve("err.txt").toFile());
        builder.environment().put("EIDOLON_CACHE", home.resolve("cache").toString());
        builder.environment().put("EIDOLON_BUNDLES", home.resolve("more") + File.pathSeparator + home.resolve("none"));
        builder.environment().remove("XDG_DATA_HOME");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        out = Files.readString(home.resolve("out.txt"));
        err = Files.readString(home.resolve("err.txt"));
        return process.exitValue();
    }

    private Path jar(String name, Map<String, String> headers, Class<? extends NodeLibrary> library)
            throws IOException {
        Path jar = home.resolve(name);
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((header, value) -> manifest.getMainAttributes().putValue(header, value));
        if (library != null) {
            manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/library.xml");
            manifest.getMainAttributes().putValue("Import-Package", "org.eidolon.api,org.eidolon.api.value");
        }
        try (var zip = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (library != null) {
                zip.putNextEntry(new JarEntry("OSGI-INF/library.xml"));
                zip.write(
                        ("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"library\"><service>"
                                        + "<provide interface=\"" + NodeLibrary.class.getName() + "\"/></service>"
                                        + "<implementation class=\"" + library.getName() + "\"/></scr:component>")
                                .getBytes(StandardCharsets.UTF_8));
                for (Class<?> type : CLASSES) {
                    String file = type.getName().replace('.', '/') + ".class";
                    zip.putNextEntry(new JarEntry(file));
                    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                        in.transferTo(zip);
                    }
                }
            }
        }
        return jar;
    }

    private static Map<String, String> bundle(String name, String version, String... more) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", name);
        headers.put("Bundle-Version", version);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    private static final String USERS = ".local/share/eidolon/bundles/";

    @Test
    void aNodeOfAnAddedBundleIsThereAndWhatCannotBeUsedIsSaidUntilItIsGone() throws Exception {
        Path good = jar(USERS + "hello.jar", bundle("greet.hello", "1.0.0"), Greetings.HelloLibrary.class);
        Path cut = home.resolve(USERS + "cut.jar");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(good), 900));
        Path plain = jar("more/plain.jar", Map.of(), null);
        Path lonely = jar(
                "more/lonely.jar", bundle("lonely", "1.0.0", "Import-Package", "org.nowhere,org.eidolon.api"), null);
        Path fragment = jar("more/part.jar", bundle("part", "1.0.0", "Fragment-Host", "org.nobody"), null);
        Path twin = jar("more/twin.jar", bundle("greet.hello", "1.0.0"), Greetings.HelloLibrary.class);
        Path wrong = jar("more/wrong.jar", bundle("wrong", "one"), null);
        Path impostor = jar("more/impostor.jar", bundle("impostor", "1.0.0"), Greetings.ImpostorLibrary.class);
        assertThat(eidolon("nodes", "--markdown")).as(err).isZero();
        assertThat(out).contains("greet.hello@1", "Says hello.").doesNotContain("greet.bonjour", "something else");
        assertThat(complaints())
                .containsExactlyInAnyOrder(
                        says(cut, "it is no jar, or it was cut short; copy it there once more"),
                        says(plain, "it is a jar, but no bundle: its manifest has no Bundle-SymbolicName"),
                        says(lonely, "it needs what is not installed: Import-Package: org.nowhere"),
                        says(fragment, "it is a fragment of org.nobody, which is not installed"),
                        says(
                                twin,
                                "A bundle is already installed with the name \"greet.hello\" and version \"1.0.0\", from "
                                        + good + "; remove one of them"),
                        says(
                                wrong,
                                "Invalid Manifest header \"Bundle-Version\": one: invalid version \"one\": non-numeric \"one\""),
                        "eidolon: the node types of impostor cannot be used: node type greet.hello is declared by "
                                + Greetings.Impostor.class.getName() + " and by "
                                + Greetings.Hello.class.getName());
        Files.delete(impostor);
        assertThat(eidolon("nodes", "greet.hello"))
                .as("from the framework's kept state: " + err)
                .isZero();
        assertThat(out).contains("Says hello.");
        assertThat(complaints()).hasSize(6).noneMatch(line -> line.contains("impostor"));
    }

    private List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("eidolon: ")).toList();
    }

    private static String says(Path jar, String what) {
        return "eidolon: the bundle " + jar + " cannot be used: " + what;
    }

    @Test
    void aJarThatIsChangedIsTakenAnew() throws Exception {
        Path jar = jar("more/greet.jar", bundle("greet", "1.0.0"), Greetings.HelloLibrary.class);
        assertThat(eidolon("nodes", "greet.hello")).as(err).isZero();
        jar("more/greet.jar", bundle("greet", "1.0.1"), Greetings.BonjourLibrary.class);
        assertThat(eidolon("nodes", "--markdown")).as(err).isZero();
        assertThat(out).contains("greet.bonjour@1").doesNotContain("greet.hello");
        Files.writeString(jar, "cut short");
        assertThat(eidolon("nodes", "greet.bonjour"))
                .as("not the old one in its place")
                .isNotZero();
        assertThat(complaints())
                .containsExactly(says(jar, "it is no jar, or it was cut short; copy it there once more"));
    }
}
