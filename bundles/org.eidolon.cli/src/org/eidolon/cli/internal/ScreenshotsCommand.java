// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon docs screenshots}: the pictures of the studio in the documentation, taken from the real one. */
@Command(
        name = "screenshots",
        description =
                "Takes the pictures of the studio for the documentation: starts the real one on a display of its own"
                        + " and drives it.",
        sortOptions = false,
        footer = {"", "Needs xvfb-run. What the cache does not hold is computed, which takes minutes."})
final class ScreenshotsCommand extends OwnCommand {
    /** Those of the documentation at their usual look; the last two show another. */
    private static final List<String> PICTURES = List.of(
            "studio-welcome",
            "studio-link",
            "studio-progress",
            "studio-queue",
            "studio-run",
            "studio-head",
            "studio-sweep",
            "studio-compare",
            "studio-cache",
            "studio-models");

    private static final String DARK = "studio-dark";

    @Option(names = "--out", paramLabel = "DIR", description = "folder for them (default: docs/images)")
    private String out = "docs/images";

    @Option(names = "--graph", paramLabel = "FILE", description = "what to show (default: examples/portrait.eidolon)")
    private String graph = "examples/portrait.eidolon";

    @Option(names = "--only", paramLabel = "NAME", description = "take this picture alone; may be repeated")
    private List<String> only = new ArrayList<>();

    @Option(names = "--theme", paramLabel = "light|dark", description = "take all in this theme")
    private String theme;

    @Option(names = "--scale", paramLabel = "1|2", description = "take all at this scale of the display")
    private Integer scale;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String home = System.getProperty("eidolon.home");
        if (home == null) {
            throw new CommandException(
                    ExitCode.INTERNAL,
                    List.of(new ErrorLine(
                            "eidolon docs screenshots",
                            "the window is not part of a command that is started without the product's start script",
                            "Start the product's own file 'eidolon'")));
        }
        if (theme != null && !List.of("light", "dark").contains(theme)) {
            throw CommandException.arguments("--theme", "'" + theme + "' is not one of light, dark", "");
        }
        if (scale != null && (scale < 1 || scale > 2)) {
            throw CommandException.arguments("--scale", scale + " is not 1 or 2", "");
        }
        Path file = GraphArgument.path(session, "--graph", graph);
        if (!Files.isRegularFile(file)) {
            throw CommandException.arguments(
                    "--graph " + graph,
                    "there is no such file",
                    "Call it from the checkout, or name another with --graph");
        }
        Path folder = Files.createDirectories(GraphArgument.path(session, "--out", out));
        List<String> usual = only.isEmpty()
                ? PICTURES
                : only.stream().filter(name -> !name.equals(DARK)).toList();
        boolean dark = only.isEmpty() || only.contains(DARK);
        if (!usual.isEmpty()) {
            take(home, file, folder, usual, theme == null ? "light" : theme, scale == null ? 1 : scale);
        }
        if (dark) {
            take(home, file, folder, List.of(DARK), theme == null ? "dark" : theme, scale == null ? 2 : scale);
        }
        var taken = new ArrayList<>(usual);
        if (dark) {
            taken.add(DARK);
        }
        session.out().println(Json.write(Map.of("out", out, "pictures", taken)));
        return ExitCode.DONE;
    }

    private void take(String home, Path file, Path folder, List<String> names, String look, int zoom)
            throws IOException, InterruptedException {
        var line = List.of(
                "xvfb-run",
                "-a",
                "-s",
                "-screen 0 " + 1400 * zoom + "x" + 900 * zoom + "x24",
                Path.of(home, "eidolon").toString(),
                "studio",
                "--pictures",
                folder + "," + look + "," + String.join("+", names),
                file.toString());
        session.messages().info("taking " + String.join(", ", names) + " (" + look + ", scale " + zoom + ")");
        Path errors = session.scratch().resolve("errors");
        var builder = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("XDG_STATE_HOME", session.scratch().toString()); // a window as nobody has moved it
        environment.put("GDK_SCALE", "" + zoom);
        environment.put("LC_ALL", "C.UTF-8");
        environment.remove("WAYLAND_DISPLAY");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INTERNAL,
                    List.of(new ErrorLine("xvfb-run", "it cannot be started: " + e.getMessage(), "apt install xvfb")));
        }
        int code = process.waitFor();
        if (code != 0) {
            List<String> said = Files.readAllLines(errors).stream()
                    .filter(text -> text.startsWith("eidolon: "))
                    .toList();
            throw new CommandException(
                    ExitCode.INTERNAL,
                    List.of(new ErrorLine(
                            "eidolon studio",
                            said.isEmpty()
                                    ? "it ended with code " + code
                                    : said.getLast().substring(9),
                            "")));
        }
    }
}
