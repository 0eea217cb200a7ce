// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.api.Json;
import org.eidolon.cli.DoctorCheck.Finding;
import org.eidolon.cli.DoctorCheck.Status;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class OtherCommandsTest extends CommandFixture {
    @Test
    void validateTellsEverythingAtOnce() throws Exception {
        assertThat(eidolon("validate", "graphs/shout.eidolon")).as(err).isZero();
        assertThat(out.strip()).isEqualTo("{\"graph\":\"graphs/shout.eidolon\",\"valid\":true,\"problems\":[]}");
        graph(
                "bad",
                GRAPH.replace("\"text\": \"read.text\"", "\"text\": \"read.txet\"")
                        .replace("\"texts\": \"slow.text\"", "\"text\": \"slow.text\""));
        assertThat(eidolon("validate", "graphs/shout.eidolon", "graphs/bad.eidolon"))
                .isEqualTo(ExitCode.GRAPH);
        assertThat(err)
                .contains(
                        "graphs/bad.eidolon:18:17: nodes.repeat.in.text",
                        "has no output 'txet'",
                        "nodes.export.in.text: test.export has no input 'text'",
                        "Did you mean 'texts'?");
    }

    @Test
    void infoShowsTheInterfaceWithCurrentValues() throws Exception {
        assertThat(eidolon("info", "graphs/shout.eidolon")).as(err).isZero();
        assertThat(out)
                .startsWith("Shout\n")
                .contains(
                        "words              read.file (file, now \"assets/words.txt\")",
                        "times              repeat.times (integer, now 2)",
                        "repeat             test.repeat@2",
                        "← read.text");
        assertThat(out).doesNotContain("letters");
        String asBefore = GRAPH.replace(
                "\"texts\": \"slow.text\"\n      }",
                "\"texts\": \"slow.text\"\n      },\n      \"params\": {\n        \"letters\": 0\n      }");
        Files.writeString(folder.resolve("graphs/zero.eidolon"), asBefore);
        assertThat(eidolon("info", "graphs/zero.eidolon")).as(err).isZero();
        assertThat(out).contains("letters        = auto (all that there are)");
        assertThat(eidolon("info", "--json", "graphs/shout.eidolon")).isZero();
        assertThat(Json.parseObject(out)).containsEntry("title", "Shout");
    }

    @Test
    void nodesAreListedAndDocumented() {
        assertThat(eidolon("nodes")).isZero();
        assertThat(out).contains("Test\n", "test.repeat@2              Repeats a text.");
        assertThat(eidolon("nodes", "--markdown")).isZero();
        assertThat(out)
                .contains(
                        "# Node reference",
                        "## Test",
                        "### Repeat test (`test.repeat@2`)",
                        "| in | `text` | text |",
                        "| parameter | `times` | integer, 1 to 9 times | `2` | how often \\| at most nine |");
        assertThat(out)
                .contains(
                        "| parameter | `letters` | integer, 1 to 99 letters, or auto | `\"auto\"` | most letters; auto: all"
                                + " that there are |");
        assertThat(out).contains("| parameter | `loud` | true or false | `false` | only when letters is as-it-is |");
        assertThat(eidolon("nodes", "test.read")).isZero();
        assertThat(out).startsWith("### Read test").doesNotContain("test.repeat");
        assertThat(eidolon("nodes", "test.raed")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("Did you mean 'test.read'?");
        assertThat(eidolon("nodes", "--json")).isZero();
        assertThat((List<?>) Json.parse(out)).hasSize(9);
    }

    @Test
    void doctorTellsWhatIsThereAndHowToGetTheRest() {
        DoctorCheck broken = new DoctorCheck() {
            @Override
            public String name() {
                return "GPU";
            }

            @Override
            public Finding check(Session session) {
                return new Finding(Status.ERROR, "none", "Buy one");
            }
        };
        assertThat(eidolon("doctor")).as(out).isZero();
        assertThat(out).contains("Java", "Processors", "Memory", "Cache", "9 node types are installed");
        var services = Services.of(new TestNodes());
        assertThat(eidolon(new Services(services.engines(), Map.of(), () -> List.of(broken)), "doctor"))
                .isEqualTo(ExitCode.INTERNAL);
        assertThat(out).contains("ERROR    GPU          none\n", "→ Buy one");
    }

    @Test
    void modelsAreListedWithTheirLicences() {
        assertThat(eidolon("models", "list", "--json")).as(err).isZero();
        assertThat(Json.parse(out)).isInstanceOf(List.class);
        assertThat(eidolon("models", "lst")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("Did you mean 'list'?");
        assertThat(eidolon("models", "show", "no/such")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("no weights go by 'no/such'");
    }

    /** A command as another bundle offers it, without knowing this one. */
    @Command(name = "step", description = "Measures a step.")
    static final class BenchStep implements Callable<Integer> {
        @Option(names = "--steps")
        int steps;

        @Override
        public Integer call() {
            return 40 + steps;
        }
    }

    /** A command that fails. */
    @Command(name = "broken")
    static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalArgumentException("a fault");
        }
    }

    @Test
    void otherBundlesBringSubcommands() {
        var services = new Services(
                Services.of().engines(),
                Map.of("bench step", BenchStep::new, "broken", Broken::new, "never", () -> {
                    throw new AssertionError("made although nobody asked");
                }),
                List::of);
        assertThat(eidolon(services, "bench", "step", "--steps", "2")).as(err).isEqualTo(42);
        assertThat(eidolon(services, "bench", "stpe")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("Did you mean 'step'?");
        assertThat(eidolon(services, "bench", "--help")).isZero();
        assertThat(out).contains("bench step", "Measures a step.");
        assertThat(eidolon(services, "broken")).isEqualTo(ExitCode.INTERNAL);
        assertThat(err).contains("internal fault: IllegalArgumentException: a fault", "please report", "\tat ");
        assertThat(eidolon(services, "broken", "--progress=json")).isEqualTo(ExitCode.ARGUMENTS);
    }

    @Test
    void helpAndUnknownCommands() {
        assertThat(eidolon("--help")).isZero();
        assertThat(out)
                .contains("run", "validate", "models verify", "130 cancelled")
                .containsPattern("\n  studio +Opens");
        assertThat(eidolon()).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(eidolon("rnu", "x")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("unknown command 'rnu'", "Did you mean 'run'?");
        assertThat(eidolon("run", "--help")).isZero();
        assertThat(out).contains("--set=NODE.PARAM=VALUE", "Exit codes");
        assertThat(eidolon("docs", "screenshots", "--help")).isZero();
        assertThat(out).contains("--only=NAME", "xvfb-run");
        assertThat(eidolon("docs", "screenshots")).isEqualTo(ExitCode.INTERNAL);
        assertThat(err).contains("start script");
        assertThat(eidolon("studio", "--help")).isZero();
        assertThat(out).contains("[FILE...]", "takes the files");
        assertThat(eidolon("--version")).isZero();
        assertThat(eidolon("run")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("missing required parameter: 'GRAPH'", "See 'eidolon run --help'");
    }
}
