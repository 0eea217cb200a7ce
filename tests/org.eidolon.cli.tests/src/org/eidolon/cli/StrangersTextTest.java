// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.cli.internal.Console;
import org.eidolon.engine.RunEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What strangers write into titles, names of files and messages is shown and does nothing to a terminal. */
class StrangersTextTest extends CommandFixture {
    /** Clears the screen, sets the title, writes the clipboard, C1 and DEL, turns the writing round, forges a line. */
    private static final String HOSTILE =
            "\u001b[2J\u001b]0;x\u0007\u001b]52;c;eA==\u0007\u009b31m\u007f\u202e\u2066\b\rerror: forged\nerror: forged";

    private static void assertHarmless(String text) {
        assertThat(text.chars()
                        .filter(c -> c < ' ' && c != '\n' && c != '\t'
                                || c >= 0x7f && c <= 0x9f
                                || c >= 0x202a && c <= 0x202e
                                || c >= 0x2066 && c <= 0x2069))
                .as(text)
                .isEmpty();
        assertThat(text.lines()).noneMatch(line -> line.startsWith("error: forged"));
    }

    @ParameterizedTest
    @EnumSource
    void noConsoleHandsItOn(Console.Mode mode) {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Console console = Console.open(err, mode, Map.of("NO_COLOR", "1", "COLUMNS", "200"))) {
            console.error(HOSTILE, HOSTILE, HOSTILE);
            console.warning(HOSTILE, HOSTILE, HOSTILE);
            console.info("x " + HOSTILE.replace("\n", ""));
            console.item(HOSTILE, 1, 2);
            console.event(new RunEvent.Cached("a" + HOSTILE.replace("\n", ""), "t", "k"));
            console.event(new RunEvent.Log("a", RunEvent.Level.WARNING, HOSTILE));
            console.event(new RunEvent.Log("a", RunEvent.Level.INFO, HOSTILE));
            console.event(new RunEvent.Failed("a", HOSTILE, HOSTILE, null));
            System.err.println(HOSTILE.replace("\n", "").replace("\r", ""));
        }
        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertHarmless(shown);
        assertThat(shown).contains("\\u001b[2J", "\\u202e", "\\u009b31m");
        if (mode == Console.Mode.JSON) {
            String message = shown.lines()
                    .map(Json::parseObject)
                    .filter(json -> "error".equals(json.get("event")))
                    .map(json -> (String) json.get("message"))
                    .findFirst()
                    .orElseThrow();
            assertThat(message).as("means the same").isEqualTo(HOSTILE);
        }
    }

    @Test
    void titlesOfGraphsAndNamesOfFilesAreShown() throws Exception {
        graph("shout", GRAPH.replace("\"title\": \"Shout\"", "\"title\": " + Json.write(HOSTILE)));
        assertThat(eidolon("info", "graphs/shout.eidolon")).as(err).isZero();
        assertHarmless(out);
        assertThat(out).contains("\\u001b[2J");
        assertThat(eidolon("info", "--json", "graphs/shout.eidolon")).as(err).isZero();
        assertHarmless(out);
        assertThat(Json.parseObject(out)).containsEntry("title", HOSTILE);

        String name = "graphs/" + HOSTILE.replace("/", "") + ".eidolon";
        assertThat(run()).as(err).isZero();
        assertHarmless(out);
        assertThat(eidolon("run", name)).isEqualTo(ExitCode.GRAPH);
        assertHarmless(err);
        assertThat(run("--set", HOSTILE + "=3")).isEqualTo(ExitCode.ARGUMENTS);
        assertHarmless(err);
        assertThat(run("--" + HOSTILE)).isEqualTo(ExitCode.ARGUMENTS);
        assertHarmless(err);
    }

    @Test
    void logsOfRunsHoldItEscaped() throws Exception {
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "ugly");
        graph("shout", GRAPH.replace("test.slow@1", "test.fail@1"));
        String name = "in\u009b31m\u202e.txt";
        Files.writeString(folder.resolve(name), "hey ");
        assertThat(run("--set", "read.file=" + name)).isEqualTo(ExitCode.NODE_FAILED);
        for (String file : new String[] {"run.jsonl", "report.json"}) {
            assertHarmless(Files.readString(folder.resolve("out/shout/" + file)));
        }
    }
}
