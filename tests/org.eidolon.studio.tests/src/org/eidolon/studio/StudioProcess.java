// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A studio in a process of its own, with the bundles of this one: to be asked, ended and killed. */
final class StudioProcess implements AutoCloseable {
    static final String ANSWER = "answer: ";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    /**
     * @param home folder for the state of the studio, its cache and its framework
     * @param files to open
     */
    StudioProcess(Path home, Path... files) throws IOException {
        Path configuration = Files.createDirectories(home.resolve("configuration-" + System.nanoTime()));
        Path own = Path.of(URI.create(System.getProperty("osgi.configuration.area")));
        Files.copy(own.resolve("config.ini"), configuration.resolve("config.ini"), StandardCopyOption.REPLACE_EXISTING);
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + home,
                "-Deidolon.state=" + home.resolve("state/studio"),
                "-jar",
                System.getProperty("java.class.path"),
                "-configuration",
                configuration.toString(),
                "-data",
                "@noDefault",
                "-product",
                "org.eidolon.studio.product",
                "-application",
                "org.eidolon.studio.child",
                "-nl",
                "en"));
        line.addAll(Arrays.stream(files).map(Path::toString).toList());
        var builder = new ProcessBuilder(line)
                .redirectError(home.resolve("errors.txt").toFile())
                .directory(home.toFile());
        builder.environment().put("EIDOLON_CACHE", home.resolve("cache").toString());
        process = builder.start();
        to = process.outputWriter();
        from = process.inputReader();
    }

    String ask(String words) throws IOException {
        to.write(words + "\n");
        to.flush();
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
        }
        throw new IOException("the studio has ended");
    }

    /** Asks until the answer is right. */
    void await(String words, Predicate<String> right) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String answer = ask(words);
        while (!right.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the answer to '" + words + "' stays " + answer);
            }
            Thread.sleep(50);
            answer = ask(words);
        }
    }

    void await(String words, String wanted) throws IOException, InterruptedException {
        await(words, wanted::equals);
    }

    /** As a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the studio does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
