// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.eidolon.engine.Workshop.with;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.api.value.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node checks of its parameters itself. */
class NodeChecksTest {
    @NodeType(id = "test.say", category = "Test")
    record Say(@Param String words) implements Node<TestNodes.Words> {
        Say() {
            this("hello");
        }

        @Override
        public TestNodes.Words run(Run run) {
            return new TestNodes.Words(new Text(words));
        }
    }

    @NodeType(id = "test.even", category = "Test")
    record Even(@Param int first, @Param String second) implements Node<TestNodes.Words> {
        Even() {
            this(2, "even");
        }

        @Override
        public void check(ParameterChecks checks) {
            checks.of("first", () -> {
                if (first % 2 != 0) {
                    throw new NodeException(first + " is odd", "Add one");
                }
            });
            checks.of("second", () -> {
                if (second.length() % 2 != 0) {
                    throw new NodeException("'" + second + "' is odd, too", "");
                }
            });
        }

        @Override
        public TestNodes.Words run(Run run) {
            TestNodes.count("even");
            return new TestNodes.Words(new Text(second));
        }
    }

    private static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Say.class, Even.class);
        }
    }

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(folder, new Library());
    }

    @Test
    void allRefusalsAreToldWithTheirParametersBeforeAnythingRuns() {
        var told = catchThrowableOfType(
                PlanException.class,
                () -> shop.graph()
                        .node("a", "test.even", with("first", 3, "second", "abc"))
                        .node("b", "test.even", with("first", 5))
                        .build(List.of()));
        assertThat(told.problems())
                .extracting(problem -> problem.where() + ": " + problem.message() + " → " + problem.advice())
                .containsExactly(
                        "nodes.a.params.first: 3 is odd → Add one",
                        "nodes.a.params.second: 'abc' is odd, too → ",
                        "nodes.b.params.first: 5 is odd → Add one");
    }

    @Test
    void whatALinkBringsIsCheckedBeforeTheNodeRuns() throws Exception {
        for (String words : List.of("odd", "even")) {
            var result = shop.run(shop.graph()
                    .node("say", "test.say", with("words", words))
                    .node("even", "test.even", Map.of())
                    .link("say", "text", "even", "second")
                    .build(List.of()));
            assertThat(result.failures())
                    .extracting(RunEvent.Failed::error)
                    .isEqualTo(words.equals("odd") ? List.of("'odd' is odd, too") : List.of());
        }
        assertThat(TestNodes.runs("even")).isEqualTo(1);
    }
}
