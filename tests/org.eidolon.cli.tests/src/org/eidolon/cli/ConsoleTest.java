// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.Quality;
import org.eidolon.cli.internal.Console;
import org.eidolon.cli.internal.Console.Mode;
import org.eidolon.engine.RunEvent;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private Console open(Mode mode) {
        return Console.open(err, mode, Map.of("COLUMNS", "72", "NO_COLOR", "1"));
    }

    /** What a terminal shows in the end: cursor movements applied. */
    private List<String> screen() {
        var lines = new ArrayList<String>();
        String text = bytes.toString(StandardCharsets.UTF_8);
        for (String part : text.split("\n", -1)) {
            String rest = part;
            while (rest.startsWith("\r\u001b[")) {
                int up = Integer.parseInt(rest.substring(3, rest.indexOf('A')));
                for (int i = 0; i < up; i++) {
                    lines.remove(lines.size() - 1);
                }
                rest = rest.substring(rest.indexOf("\u001b[J") + 3);
            }
            if (!rest.isEmpty()) {
                lines.add(rest);
            }
        }
        return lines;
    }

    private static RunEvent.Progress progress(long done) {
        return new RunEvent.Progress("head", "fit", done, 400, "step", 8.123, Duration.ofSeconds(34));
    }

    @Test
    void terminalShowsBarsBelowLinesThatStay() throws Exception {
        try (Console console = open(Mode.TERMINAL)) {
            console.event(new RunEvent.Planned(
                    "g", List.of("a", "head"), List.of("head"), Quality.DRAFT, List.of(Device.CPU), 0));
            console.event(new RunEvent.Cached("a", "t", "k"));
            console.event(new RunEvent.Started("head", "t", Device.CPU, List.of()));
            Thread.sleep(120);
            console.event(progress(120));
            assertThat(screen())
                    .containsExactly(
                            "1 node to run, 1 not; quality draft on cpu",
                            "✓ a  from the cache",
                            "▸ head  ████░░░░░░░░░░░  30%  fit 120/400 steps, 8.1 steps/s, 0:34 left");
            System.err.println("a library speaks");
            assertThat(screen()).hasSize(4).element(2).isEqualTo("a library speaks");
            console.event(new RunEvent.Finished("head", 12.3, "k", Map.of()));
            console.event(new RunEvent.Ended(RunEvent.Outcome.DONE, 1, 1, 12.4));
        }
        assertThat(screen())
                .endsWith("✓ head  12.3 s", "done (1 ran, 1 from the cache, 12.4 s)")
                .hasSize(5);
    }

    @Test
    void plainTellsRateAndTimeLeftButNotEveryStep() {
        try (Console console = open(Mode.PLAIN)) {
            for (int i = 1; i <= 400; i++) {
                console.event(progress(i));
            }
        }
        assertThat(screen())
                .containsExactly(
                        "head: fit 1/400 steps, 8.1 steps/s, 0:34 left", "head: fit 400/400 steps, 8.1 steps/s");
    }

    @Test
    void standardErrorIsGivenBack() {
        PrintStream before = System.err;
        open(Mode.JSON).close();
        assertThat(System.err).isSameAs(before);
    }

    @Test
    void formIsKnownBeforeArgumentsAreParsed() {
        assertThat(Console.mode(words("run g --progress json"), true)).isEqualTo(Mode.JSON);
        assertThat(Console.mode(words("run g --progress=plain"), true)).isEqualTo(Mode.PLAIN);
        assertThat(Console.mode(words("run g"), true)).isEqualTo(Mode.TERMINAL);
        assertThat(Console.mode(words("run g --progress"), false)).isEqualTo(Mode.PLAIN);
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split(" ")).toArray(String[]::new);
    }
}
