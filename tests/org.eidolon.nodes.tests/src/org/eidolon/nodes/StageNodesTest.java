// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.value.Artifacts;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.HeadValues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The long nodes and the whole example, with untrained priors and a few steps. */
class StageNodesTest {
    @TempDir
    static Path models;

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeAll
    static void makePriors() throws Exception {
        Workbench.priors(models);
    }

    @AfterAll
    static void forgetPriors() {
        System.clearProperty("eidolon.models");
    }

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
    }

    private static PlanRequest example() throws Exception {
        Path file = Workbench.checkout().resolve("examples/portrait.eidolon");
        return PlanRequest.of(GraphReader.read(Files.readString(file)), file);
    }

    /** The example made small. */
    private static PlanRequest small(String prompts) throws Exception {
        return example()
                .withSettings(Map.of(
                        "expressions.prompts", prompts,
                        "geometry.steps", "2",
                        "geometry.resolution", "16",
                        "texture.steps", "2",
                        "texture.textureSize", "64",
                        "export.triangles", "400",
                        "sheet.tile", "64",
                        "turntable.tile", "64",
                        "relight.tile", "64"));
    }

    @Test
    void theExampleIsCanonicalAndPlans() throws Exception {
        String text = Files.readString(Workbench.checkout().resolve("examples/portrait.eidolon"));
        assertThat(GraphWriter.write(GraphReader.read(text))).isEqualTo(text);
        var plan = new Planner(bench.types).plan(example());
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.nodes()).extracting(node -> node.id()).contains("photo", "identity", "geometry", "report");
    }

    @Test
    void theExampleRunsIsCachedAndRunsAgainOnlyWhereSomethingChanged() throws Exception {
        var result = bench.done(small("neutral; smile"));
        Head head = bench.value(result, "geometry", "head", HeadValues.HEAD);
        assertThat(head.shapes()).extracting(Head.Shape::slug).containsExactly("neutral", "smile");
        assertThat(head.shapes().get(0).mesh().triangleCount()).isGreaterThan(300);
        assertThat(head.weights()).containsKeys("prior/head-normals", "identity/mobilefacenet-arcface");
        for (String file : List.of(
                "head.glb",
                "expressions/smile.glb",
                "expressions.png",
                "turntable.png",
                "relight.png",
                "report.json")) {
            assertThat(bench.out(file)).isNotEmptyFile();
        }
        assertThat(bench.events)
                .anyMatch(e -> e instanceof RunEvent.Preview p && p.node().equals("geometry"));
        assertThat(bench.events)
                .as("the head taking shape, as a viewer reads it")
                .anyMatch(e -> e instanceof RunEvent.Preview p
                        && p.name().equals("head")
                        && p.value() instanceof Artifacts live
                        && live.names().equals(List.of("head.glb")));
        assertThat(bench.events)
                .anyMatch(e -> e instanceof RunEvent.Progress p && p.node().equals("geometry"));

        assertThat(Workbench.unsettled(result))
                .as("what was auto and is not told")
                .isEmpty();

        bench.done(small("neutral; smile"));
        assertThat(bench.started()).isEmpty();

        bench.done(small("neutral; grin"));
        assertThat(bench.started())
                .contains("expressions", "geometry", "texture", "export", "sheet", "report")
                .doesNotContain("photo", "face", "identity", "geometryPrior", "texturePrior");
    }

    @Test
    void wrongPriorsAreRefused() throws Exception {
        var request = small("neutral");
        assertThatThrownBy(() -> new Planner(bench.types).plan(with(request, "geometryPrior.model", "prior/none")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no weights 'prior/none' are listed");
        assertThat(bench.failure(with(request, "geometryPrior.model", "prior/head-colour")))
                .contains("'prior/head-colour' is a prior of colour, here one of normals is needed");
        assertThat(bench.failure(with(request, "geometryPrior.model", "prior/strange")))
                .contains("knows people by the identity encoder", "ffffffffffff", "trained with yours");
        assertThat(bench.failure(with(request, "geometryPrior.loraScale", "0.5")))
                .contains("'prior/head-normals' was trained whole and has no LoRA", "Set loraScale to 1");
        PlanRequest adapted = with(request, "geometryPrior.model", "prior/adapted");
        bench.done(with(adapted, "geometryPrior.loraScale", "0.5"));
        assertThat(bench.failure(with(request, "geometryPrior.model", "prior/base")))
                .contains("'prior/base' is a prior of base, here one of normals is needed");
        assertThat(bench.failure(with(request, "geometryPrior.model", "identity/mobilefacenet-arcface")))
                .contains("cannot be used");
        assertThatThrownBy(() -> new Planner(bench.types).plan(with(request, "geometry.resolution", "3")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("geometry.params.resolution: 3 is out of range (8 to 128 cells, or auto)");
    }

    private static PlanRequest with(PlanRequest request, String name, String value) {
        var settings = new java.util.HashMap<String, Object>(request.settings());
        settings.put(name, value);
        return request.withSettings(settings).withTargets(List.of("geometry"));
    }

    @Test
    void aCancelledStageGoesOnWhereItWas() throws Exception {
        var request = with(small("neutral"), "geometry.steps", "40");
        bench.options = bench.options.withResume(true);
        var engine = new org.eidolon.engine.Engine(bench.types, bench.cache, List.of());
        var plan = new Planner(bench.types).plan(request);
        var cancelled = new java.util.concurrent.atomic.AtomicBoolean();
        var handle = new java.util.concurrent.atomic.AtomicReference<org.eidolon.engine.Engine.RunHandle>();
        handle.set(engine.start(plan, bench.options, event -> {
            if (event instanceof RunEvent.Progress p
                    && p.node().equals("geometry")
                    && p.done() >= 5
                    && cancelled.compareAndSet(false, true)) {
                Thread.ofVirtual().start(() -> handle.get().cancel());
            }
        }));
        assertThat(handle.get().await().outcome()).isEqualTo(RunEvent.Outcome.CANCELLED);

        bench.done(request);
        assertThat(bench.events)
                .anyMatch(e -> e instanceof RunEvent.Log log && log.message().equals("goes on from a checkpoint"));
    }
}
