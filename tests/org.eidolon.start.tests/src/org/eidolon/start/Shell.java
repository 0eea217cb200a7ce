// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder in which start scripts run with programs and surroundings that a test chooses. */
final class Shell {
    /** What the scripts take from any system. */
    private static final List<String> TOOLS = List.of(
            "bash,env,sed,grep,find,sort,head,tail,cat,mkdir,mktemp,mv,cp,ln,rm,dirname,readlink,stat,locale,flock"
                    .concat(",tr,cksum,tee,awk,uname,touch,chmod,basename,id,cut")
                    .split(","));

    /** By its path, as the PATH has scripts in the places of programs. */
    private static final Path BASH = onPath("bash");

    /** Of the checkout that the tests belong to. */
    static final Path CHECKOUT = Path.of(System.getenv("EIDOLON_ROOT"));

    final Path folder;
    /** All that is on the PATH. */
    final Path programs;

    final Map<String, String> environment = new HashMap<>();
    String out;
    String err;

    Shell(Path folder) throws IOException {
        this.folder = folder;
        programs = Files.createDirectories(folder.resolve("programs"));
        for (String tool : TOOLS) {
            program(tool, "exec " + onPath(tool) + " \"$@\"");
        }
        environment.put("PATH", programs.toString());
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    private static Path onPath(String tool) {
        return Stream.of((System.getenv("PATH") + ":/usr/bin:/bin:/usr/sbin:/sbin").split(":"))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(tool + " is not on the PATH"));
    }

    /** Puts a script in a place, with the folders that lead to it. */
    static void script(Path place, String text) throws IOException {
        Files.createDirectories(place.getParent());
        Files.deleteIfExists(place); // were it a link, the program behind it would be written
        Files.writeString(place, "#!" + BASH + "\n" + text + "\n");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Puts a program on the PATH. */
    void program(String name, String text) throws IOException {
        script(programs.resolve(name), text);
    }

    /** Runs a script and returns its exit code; {@link #out} and {@link #err} are what it said. */
    int run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> line = Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        out = Files.readString(folder.resolve("out.txt"));
        err = Files.readString(folder.resolve("err.txt"));
        return process.exitValue();
    }
}
