// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.eidolon.engine.Workshop.with;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.graph.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PlanBuilderTest {
    @TempDir
    Path folder;

    private final NodeTypes types = new NodeTypes(new TestNodes());

    private PlanBuilder graph() {
        return new PlanBuilder(types, "test");
    }

    @Test
    void keepsOnlyWhatTheTargetsNeedSourcesFirst() throws Exception {
        var builder = graph().node("last", "test.add", Map.of())
                .node("unneeded", "test.constant", Map.of())
                .node("first", "test.constant", Map.of())
                .link("first", "value", "last", "a");
        assertThat(builder.build(List.of("last")).nodes())
                .extracting(Plan.PlanNode::id)
                .containsExactly("first", "last");
        assertThat(builder.build(List.of()).targets()).containsExactly("last", "unneeded");
    }

    @Test
    void insertsOneConversionForAllWhoNeedIt() throws Exception {
        var plan = graph().node("n", "test.constant", Map.of())
                .node("x", "test.join", Map.of())
                .node("y", "test.join", Map.of())
                .link("n", "value", "x", "a")
                .link("n", "value", "y", "a")
                .build(List.of());
        assertThat(plan.nodes())
                .extracting(Plan.PlanNode::id)
                .containsExactly("n", "n.value>test.number-to-text", "x", "y");
    }

    @Test
    void linksToParametersAndListsWork() throws Exception {
        var shop = new Workshop(folder);
        var result = shop.run(shop.graph()
                .node("two", "test.constant", with("value", 2))
                .node("three", "test.constant", with("value", 3))
                .node("linked", "test.constant", with("value", 77))
                .node("sum", "test.sum", Map.of())
                .link("three", "value", "linked", "value")
                .link("two", "value", "sum", "items")
                .link("linked", "value", "sum", "items")
                .link("two", "value", "sum", "items")
                .build(List.of()));
        assertThat(shop.number(result, "sum")).isEqualTo(7);
    }

    @Test
    void aLinkedValueOutOfRangeIsTheNodesFailure() throws Exception {
        var shop = new Workshop(folder);
        var result = shop.run(shop.graph()
                .node("large", "test.add", with("bias", 5000))
                .node("one", "test.constant", Map.of())
                .node("linked", "test.constant", Map.of())
                .link("one", "value", "large", "a")
                .link("large", "value", "linked", "value")
                .build(List.of()));
        assertThat(result.failures().get(0).error())
                .isEqualTo("the value linked to its parameter 'value' cannot be used: "
                        + "5001 is out of range (at most 1000)");
    }

    @Test
    void saysEveryProblemAtOnce() {
        problems(
                graph().node("a", "test.constant", with("value", 2000, "colour", "red"))
                        .node("b", "test.nothing", Map.of())
                        .node("c", "test.add", Map.of())
                        .node("r", "test.read", Map.of())
                        .node("s", "test.read", with("file", Path.of("gone.jpg"))),
                "nodes.a.params.colour: test.constant has no parameter 'colour'. It has value",
                "nodes.b: there is no node type 'test.nothing'",
                "nodes.a.params.value: 2000 is out of range (at most 1000)",
                "nodes.c.in.a: the input 'a' is not linked. Link an output of type number to it",
                "nodes.r.params.file: a value is required",
                "nodes.s.params.file: the file 'gone.jpg' does not exist. Name another with --set s.file=FILE");
    }

    @Test
    void missingWeightsAreToldBeforeAnythingRuns() {
        problems(
                graph().node("e", "test.environment", with("weights", "gone")),
                "nodes.e: there are no weights 'gone'. See 'eidolon models list'");
    }

    @Test
    void saysWhatIsWrongWithALink() {
        problems(
                graph().node("t", "test.read", with("file", folder))
                        .node("n", "test.add", Map.of())
                        .link("t", "text", "n", "a"),
                "nodes.n.in.a: 't.text' gives a value of type text, but 'n.a' takes number. "
                        + "Put a node between that turns one into the other: test.measure");
        problems(
                graph().node("k", "test.constant", Map.of())
                        .node("n", "test.add", Map.of())
                        .link("k", "sum", "n", "a")
                        .link("k", "value", "n", "left")
                        .link("k", "value", "n", "a"),
                "nodes.n.in.left: test.add has no input 'left'. It has a, b",
                "nodes.n.in.a: two links end at 'a', which takes one",
                "nodes.n.in.a: test.constant has no output 'sum'. It has value");
        problems(
                graph().node("p", "test.add", Map.of())
                        .node("q", "test.add", Map.of())
                        .link("p", "value", "q", "a")
                        .link("q", "value", "p", "a"),
                "its links lead round in a circle, back to itself");
    }

    @Test
    @Timeout(20)
    void devicesAndPipesAreNoFiles() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path file : List.of(Path.of("/dev/zero"), pipe)) {
            problems(
                    graph().node("t", "test.read", with("file", file)),
                    "nodes.t.params.file: '" + file + "' is a device or a pipe, not a file",
                    "--set t.file=FILE");
        }
        assertThatThrownBy(() -> Hashes.ofFile(pipe)).hasMessageContainingAll("pipe", "not a file");
    }

    private static void problems(PlanBuilder builder, String... expected) {
        var thrown = catchThrowableOfType(PlanException.class, () -> builder.build(List.of()));
        assertThat(thrown).isNotNull();
        assertThat(thrown.problems()).allMatch(Problem::isError);
        for (String text : expected) {
            assertThat(thrown.getMessage()).contains(text);
        }
    }

    @Test
    void aGraphOfManyThousandLevelsIsOrdered() throws Exception {
        var builder = graph().node("n0", "test.constant", Map.of());
        for (int i = 1; i < 20_000; i++) {
            builder.node("n" + i, "test.add", Map.of()).link("n" + (i - 1), "value", "n" + i, "a");
        }
        assertThat(builder.build(List.of("n19999")).nodes()).hasSize(20_000);
    }
}
