// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.eidolon.engine.Workshop.with;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Scalar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters that a node settles by itself where the user leaves them auto. */
class AutoParameterTest {
    @TempDir
    Path folder;

    private Workshop shop;

    public record Out(Scalar value) {}

    @NodeType(id = "test.count", category = "Test", uses = Uses.QUALITY)
    public record Count(
            @Param(min = 1, max = 9, unit = "steps", auto = "by the quality")
            Integer steps) implements Node<Out> {
        public Count() {
            this(null);
        }

        @Override
        public Out run(Run run) {
            return new Out(new Scalar(run.auto("steps", steps, run.quality() == Quality.HIGH ? 8 : 3)));
        }
    }

    @NodeType(id = "test.settles", category = "Test")
    public record SettlesWhatIsNeverAuto(@Param int size) implements Node<Out> {
        public SettlesWhatIsNeverAuto() {
            this(1);
        }

        @Override
        public Out run(Run run) {
            run.settled("size", 2);
            return new Out(new Scalar(size));
        }
    }

    private static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Count.class, SettlesWhatIsNeverAuto.class, TestNodes.Constant.class);
        }

        @Override
        public String version() {
            return "auto 1";
        }
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(folder, new Library());
    }

    private RunResult count(Object... parameters) throws Exception {
        return shop.run(shop.graph().node("n", "test.count", with(parameters)).build(List.of()));
    }

    private static Map<?, ?> recorded(RunResult result) {
        return (Map<?, ?>) ((Map<?, ?>) result.record().get("nodes")).get("n");
    }

    @Test
    void theRecordHasAutoAndTheValueItStoodFor() throws Exception {
        RunResult result = count();
        assertThat(shop.number(result, "n")).isEqualTo(3);
        assertThat(recorded(result).get("parameters")).isEqualTo(Map.of("steps", "auto"));
        assertThat(recorded(result).get("facts")).isEqualTo(Map.of("auto", Map.of("steps", 3L)));
        result = count("steps", 5);
        assertThat(shop.number(result, "n")).isEqualTo(5);
        assertThat(recorded(result).get("parameters")).isEqualTo(Map.of("steps", 5L));
        assertThat(recorded(result).get("facts")).as("nothing was auto").isNull();
        shop.options = shop.options.withQuality(Quality.HIGH);
        assertThat(shop.number(count("steps", "auto"), "n")).isEqualTo(8);
    }

    @Test
    void theZeroOfOlderGraphsMeansTheSameAndIsAnsweredFromTheCache() throws Exception {
        String key = count().entry("n").orElseThrow().key();
        for (Object same : new Object[] {"auto", "Auto", 0L, 0.0, "0"}) {
            assertThat(count("steps", same).entry("n").orElseThrow().key()).isEqualTo(key);
            assertThat(shop.started()).isEmpty();
        }
        var linked = shop.run(shop.graph()
                .node("nought", "test.constant", with("value", 0))
                .node("n", "test.count", Map.of())
                .link("nought", "value", "n", "steps")
                .build(List.of()));
        assertThat(shop.number(linked, "n")).isEqualTo(3);
        assertThat(((Map<?, ?>) recorded(linked).get("facts")).get("auto")).isEqualTo(Map.of("steps", 3L));
    }

    @Test
    void whatIsNeitherIsRefusedWithBoth() {
        var refused = catchThrowableOfType(PlanException.class, () -> count("steps", "ato"));
        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).isEqualTo("'ato' is not a whole number (1 to 9 steps, or auto)"))
                .satisfies(problem -> assertThat(problem.advice()).endsWith("the default is \"auto\""));
        assertThat(catchThrowableOfType(PlanException.class, () -> count("steps", -1)))
                .hasMessageContaining("-1 is out of range (1 to 9 steps, or auto)");
    }

    @Test
    void onlyWhatMayBeAutoIsSettled() throws Exception {
        var result = shop.run(shop.graph().node("n", "test.settles", Map.of()).build(List.of()));
        assertThat(result.failures().get(0).error()).contains("no parameter 'size' that may be auto");
    }
}
