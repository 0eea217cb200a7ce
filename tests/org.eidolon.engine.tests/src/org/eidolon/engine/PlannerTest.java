// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From graph files to plans, and through the engine. */
class PlannerTest {
    @TempDir
    Path folder;

    private Workshop shop;
    private Planner planner;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder.resolve("cache"));
        planner = new Planner(shop.types);
    }

    /** A graph file's text with ' for ". */
    private PlanRequest graph(String nodes) throws IOException {
        return PlanRequest.of(GraphReader.read(text(nodes)), folder.resolve("test.eidolon"));
    }

    private static String text(String sections) {
        return ("{'eidolon': 1, " + sections + "}").replace('\'', '"');
    }

    private double run(PlanRequest request, String node) throws Exception {
        var result = shop.run(planner.plan(request));
        assertThat(result.failures()).isEmpty();
        return shop.number(result, node);
    }

    private static final String TWO = """
        'inputs': {'amount': 'k.value'},
        'nodes': {
          'k': {'type': 'test.constant@1', 'params': {'value': 4}},
          's': {'type': 'test.add@1', 'in': {'a': 'k.value'}, 'params': {'bias': 0.5}}}\
        """;

    @Test
    void aGraphFileRuns() throws Exception {
        assertThat(run(graph(TWO), "s")).isEqualTo(4.5);
        assertThat(planner.plan(graph(TWO)).graphHash()).matches("[0-9a-f]{64}");
    }

    @Test
    void settingsAndInputsOfTheUserWin() throws Exception {
        assertThat(run(graph(TWO).withSettings(Map.of("s.bias", "-1")), "s")).isEqualTo(3);
        assertThat(run(graph(TWO).withInputs(Map.of("amount", 10)), "s")).isEqualTo(10.5);
        assertThat(planner.plan(graph(TWO).withTargets(List.of("k"))).nodes()).hasSize(1);
        refused(graph(TWO).withSettings(Map.of("z.bias", "1")), "there is no parameter 'z.bias' to set");
        refused(graph(TWO).withSettings(Map.of("s.offset", "1")), "test.add has no parameter 'offset'. It has bias");
        refused(graph(TWO).withInputs(Map.of("size", "1")), "the graph declares no input 'size'. It declares amount");
        refused(graph(TWO).withTargets(List.of("z")), "there is no node 'z' to run");
    }

    @Test
    void problemsHaveTheirPlaceInTheFile() throws Exception {
        var request = PlanRequest.of(
                GraphReader.read(
                        text("'nodes': {\n  'k': {'type': 'test.constant@1',\n    'params': {'value': 'four'}}}")),
                folder.resolve("test.eidolon"));
        refused(request, "3:", "nodes.k.params.value: 'four' is not a number (at most 1000)");
    }

    @Test
    void olderNodesAreCarriedToTheInstalledVersion() throws Exception {
        var old = graph("""
            'nodes': {
              'k': {'type': 'test.constant@1'},
              'p': {'type': 'test.plus@1', 'in': {'left': 'k.value', 'right': 'k.value'}, 'params': {'offset': 3}},
              'q': {'type': 'test.add@1', 'in': {'a': 'p.total'}}}\
            """);
        assertThat(run(old, "q")).isEqualTo(5);
        assertThat(planner.plan(old).warnings())
                .extracting(Problem::message)
                .containsExactly("the node was saved as test.plus@1 and is used as test.add@1");
        refused(graph("'nodes': {'k': {'type': 'test.constant@7'}}"), "was made with test.constant@7");
        refused(graph("'nodes': {'k': {'type': 'none.such@1'}}"), "there is no node type 'none.such'");
    }

    @Test
    void bypassedNodesPassTheirInputOnAndMutedOnesStopWhatFollows() throws Exception {
        String nodes = """
            'nodes': {
              'k': {'type': 'test.constant@1', 'params': {'value': 4}},
              's': {'type': 'test.add@1', 'FLAG': true, 'in': {'a': 'k.value'}, 'params': {'bias': 1}},
              't': {'type': 'test.add@1', 'in': {'a': 's.value'}, 'params': {'bias': 2}}}\
            """;
        assertThat(run(graph(nodes.replace("FLAG", "bypassed")), "t")).isEqualTo(6);
        var muted = planner.plan(graph(nodes.replace("FLAG", "muted")));
        assertThat(muted.nodes()).extracting(Plan.PlanNode::id).containsExactly("k");
    }

    @Test
    void subgraphsAreInlined() throws Exception {
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("parts/inner.eidolon"), text("""
            'inputs': {'number': 'i.a', 'bias': 'i.bias'},
            'outputs': {'result': 'i.value'},
            'nodes': {'i': {'type': 'test.add@1', 'params': {'bias': 100}}}\
            """));
        Files.writeString(folder.resolve("parts/outer.eidolon"), text("""
            'inputs': {'in': 'deep.number'},
            'outputs': {'out': 'deep.result'},
            'nodes': {'deep': {'type': 'graph', 'params': {'file': 'inner.eidolon'}}}\
            """));
        String nodes = """
            'nodes': {
              'k': {'type': 'test.constant@1', 'params': {'value': 4}},
              'sub': {'type': 'graph', 'in': {'number': 'k.value'},
                'params': {'file': 'parts/inner.eidolon', 'bias': 20}},
              'nest': {'type': 'graph', 'in': {'in': 'sub.result'}, 'params': {'file': 'parts/outer.eidolon'}},
              't': {'type': 'test.add@1', 'in': {'a': 'nest.out'}}}\
            """;
        assertThat(run(graph(nodes), "t")).isEqualTo(124);
        assertThat(shop.started()).containsExactly("k", "sub/i", "nest/deep/i", "t");
        assertThat(run(graph(nodes).withSettings(Map.of("sub/i.bias", 1)), "t")).isEqualTo(105);
        assertThat(run(graph(nodes).withSettings(Map.of("sub.bias", 2)), "t")).isEqualTo(106);
        assertThat(planner.plan(graph(nodes).withTargets(List.of("sub"))).nodes())
                .extracting(Plan.PlanNode::id)
                .containsExactly("k", "sub/i");
        refused(graph(nodes.replace("'number': 'k", "'what': 'k")), "the subgraph declares no input 'what'");
        refused(graph(nodes.replace("nest.out", "nest.none")), "'nest' declares no output 'none'. It declares out");
    }

    @Test
    void aBypassedNodeInASubgraphPassesOnWhatComesFromOutside() throws Exception {
        Files.writeString(folder.resolve("inner.eidolon"), text("""
            'inputs': {'number': 'i.a'},
            'outputs': {'result': 'j.value'},
            'nodes': {
              'i': {'type': 'test.add@1', 'bypassed': true, 'params': {'bias': 100}},
              'j': {'type': 'test.add@1', 'in': {'a': 'i.value'}, 'params': {'bias': 1}}}\
            """));
        String nodes = """
            'nodes': {
              'k': {'type': 'test.constant@1', 'params': {'value': 4}},
              'sub': {'type': 'graph', 'IN': {'number': 'k.value'}, 'params': {'file': 'inner.eidolon'}},
              't': {'type': 'test.add@1', 'in': {'a': 'sub.result'}}}\
            """;
        assertThat(run(graph(nodes.replace("IN", "in")), "t")).isEqualTo(5);
        refused(graph(nodes.replace("IN", "other")), "'sub/i' is bypassed, but no linked input of it has the type");
    }

    @Test
    void aGraphThatHoldsItselfIsRefused() throws Exception {
        Files.writeString(
                folder.resolve("self.eidolon"),
                text("'nodes': {'again': {'type': 'graph', 'params': {'file': 'self.eidolon'}}}"));
        refused(graph("'nodes': {'g': {'type': 'graph', 'params': {'file': 'self.eidolon'}}}"), "more than 16 deep");
    }

    @Test
    void filesOfTheGraphStayInItsFolderThoseOfTheUserNeedNot() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "inside");
        String nodes = "'nodes': {'r': {'type': 'test.read@1', 'params': {'file': 'NAME'}}}";
        var result = shop.run(planner.plan(graph(nodes.replace("NAME", "in.txt"))));
        assertThat(shop.text(result, "r")).isEqualTo("inside");
        refused(graph(nodes.replace("NAME", "../x")), "leaves the graph's folder by '..'");
        refused(graph(nodes.replace("NAME", "/etc/hostname")), "the path is absolute", "--set r.file=FILE");

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("me.txt"), "mine");
        Path home = Files.createDirectory(folder.resolve("home"));
        var plain = graph(nodes.replace("NAME", "in.txt"));
        var mine = new PlanRequest(
                plain.graph(),
                plain.folder(),
                plain.name(),
                Map.of("r.file", "../elsewhere/me.txt"),
                Map.of(),
                home,
                List.of());
        assertThat(shop.text(shop.run(planner.plan(mine)), "r")).isEqualTo("mine");
    }

    @Test
    void aChangedFileIsUsedWithAWarning() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "now");
        var plan = planner.plan(graph("'nodes': {'r': {'type': 'test.read@1', 'params': {'file': 'in.txt'}}}, "
                + "'files': {'in.txt': '" + "0".repeat(64) + "'}"));
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .containsExactly("the file 'in.txt' has changed since the graph was saved");
        assertThat(shop.text(shop.run(plan), "r")).isEqualTo("now");
    }

    private void refused(PlanRequest request, String... reasons) {
        var thrown = catchThrowableOfType(PlanException.class, () -> planner.plan(request));
        assertThat(thrown).as("a plan was made").isNotNull();
        assertThat(thrown.getMessage()).contains(reasons);
    }
}
