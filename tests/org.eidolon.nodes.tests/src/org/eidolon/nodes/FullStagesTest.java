// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.encoders.Identity;
import org.eidolon.engine.Engine;
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

/** The example of the full size from photo to files, with published weights in miniature. */
class FullStagesTest {
    @TempDir
    static Path models;

    @TempDir
    Path folder;

    private static PublishedMiniature miniature;
    private Workbench bench;

    @BeforeAll
    static void addWeights() throws Exception {
        miniature = new PublishedMiniature(models);
        miniature.addAll();
        Path base = models.resolve("base");
        UNetConfig config = DiffusersFolder.open(base).unetConfig();
        miniature.addFile("style", "lora", miniature.lora("style.safetensors", config));
        miniature.addFile("strange-lora", "lora", miniature.lora("strange.safetensors", UNetConfig.tiny(3, 23)));
        miniature.addFile("other-faceid", "ip-adapter", miniature.faceId(base, "other.safetensors", 192));
        System.setProperty("eidolon.models", miniature.shelf().toString());
    }

    @AfterAll
    static void forgetWeights() {
        System.clearProperty("eidolon.models");
    }

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
    }

    private static PlanRequest example() throws Exception {
        Path file = Workbench.checkout().resolve("examples/portrait-full.eidolon");
        return PlanRequest.of(GraphReader.read(Files.readString(file)), file);
    }

    /** The example made small. */
    private static PlanRequest small() throws Exception {
        Map<String, Object> settings = new HashMap<>(Map.of("expressions.prompts", "neutral; smile @ 0.5"));
        for (String stage : List.of("geometry", "texture", "refined")) {
            settings.put(stage + ".steps", "3");
            settings.put(stage + ".picture", "32");
        }
        settings.put("geometry.resolution", "16");
        settings.put("texture.textureSize", "64");
        settings.put("refined.textureSize", "64");
        settings.put("export.triangles", "400");
        for (String sheet : List.of("sheet", "turntable", "relight")) settings.put(sheet + ".tile", "64");
        return example().withSettings(settings);
    }

    private static PlanRequest with(PlanRequest request, String target, String... namesAndValues) {
        var settings = new HashMap<String, Object>(request.settings());
        for (int i = 0; i < namesAndValues.length; i += 2) settings.put(namesAndValues[i], namesAndValues[i + 1]);
        return request.withSettings(settings).withTargets(List.of(target));
    }

    @Test
    void theExampleIsCanonicalAndRuns() throws Exception {
        String text = Files.readString(Workbench.checkout().resolve("examples/portrait-full.eidolon"));
        assertThat(GraphWriter.write(GraphReader.read(text))).isEqualTo(text);

        var result = bench.done(small());
        assertThat(Workbench.unsettled(result))
                .as("what was auto and is not told")
                .isEmpty();
        Identity identity = bench.value(result, "identity", "identity", HeadValues.IDENTITY);
        assertThat(identity.embedding()).hasSize(512);
        Head shaped = bench.value(result, "geometry", "head", HeadValues.HEAD);
        assertThat(shaped.shapes()).extracting(Head.Shape::slug).containsExactly("neutral", "smile-0-5");
        assertThat(shaped.weights()).containsKeys("normal-sd15/vae/config.json", "faceid", "arcface");
        Head painted = bench.value(result, "texture", "head", HeadValues.HEAD);
        Head refined = bench.value(result, "refined", "head", HeadValues.HEAD);
        assertThat(refined.textured()).isTrue();
        assertThat(refined.textures().get(0).png())
                .isNotEqualTo(painted.textures().get(0).png());
        for (String file : List.of("head.glb", "expressions.png", "turntable.png", "relight.png", "report.json")) {
            assertThat(bench.out(file)).isNotEmptyFile();
        }
        assertThat(bench.out("report.json"))
                .content()
                .contains("\"encoder\":\"arcface\"", "\"sd15/unet/config.json\"", "\"normal-sd15/unet/config.json\"");

        bench.done(small());
        assertThat(bench.started()).isEmpty();
        bench.done(with(small(), "texture", "texturePrior.lora", "style"));
        assertThat(bench.started()).containsExactly("texturePrior", "texture");
    }

    @Test
    void missingWeightsSayHowToAddThem() throws Exception {
        assertThatThrownBy(() -> new Planner(bench.types).plan(with(small(), "texture", "texturePrior.model", "sd16")))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("no weights 'sd16' were added", "eidolon models add sd16 PATH");
        assertThatThrownBy(() -> new Planner(bench.types).plan(with(small(), "texture", "texturePrior.lora", "faceid")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("are of the kind ip-adapter, here lora is needed");
        assertThatThrownBy(() -> new Planner(bench.types)
                        .plan(with(small(), "texture", "texturePrior.model", "sd16", "texturePrior.adapter", "face")))
                .hasMessageContainingAll("no weights 'sd16', 'face' were added", "eidolon models add face PATH");
    }

    @Test
    void whatDoesNotFitIsToldWithWhatToDo() throws Exception {
        assertThat(bench.failure(with(small(), "geometry", "geometryPrior.domain", "colour")))
                .contains("is told to show colour, here normals are needed");
        assertThat(bench.failure(with(small(), "geometry", "geometryPrior.adapter", "other-faceid")))
                .contains("the identity has 512 numbers, the IP-Adapter-FaceID reads 192", "192 from identity.encode");
        assertThat(bench.failure(with(small(), "geometry", "geometry.picture", "30")))
                .contains("pictures of 30² do not fit the prior", "multiple of 4");
    }

    private void refused(PlanRequest request, String... named) {
        assertThatThrownBy(() -> new Planner(bench.types).plan(request))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll(named);
    }

    /** What only the last stage would have found is found before the first. */
    @Test
    void whatCannotBeUsedIsToldWhilePlanning() throws Exception {
        refused(
                with(small(), "refined", "texturePrior.lora", "strange-lora"),
                "texturePrior",
                "strange.safetensors",
                "made for another model");
        refused(with(small(), "refined", "texturePrior.text", "a head, {mood}"), "{mood}", "{expression} and {view}");
        Path broken = miniature.base("broken");
        miniature.add(
                "broken",
                "stable-diffusion",
                broken,
                DiffusersFolder.open(broken).check());
        new Planner(bench.types).plan(with(small(), "refined", "texturePrior.model", "broken"));
        Path scheduler = broken.resolve("scheduler/scheduler_config.json");
        String whole = Files.readString(scheduler);
        Files.writeString(scheduler, whole.replace("DPMSolverMultistepScheduler", "FlowMatchEulerDiscreteScheduler"));
        PlanRequest request = with(small(), "refined", "texturePrior.model", "broken");
        refused(request, "'_class_name'", "FlowMatchEulerDiscreteScheduler");
        Files.writeString(scheduler, whole);
        Path vocabulary = broken.resolve("tokenizer/vocab.json");
        String pieces = Files.readString(vocabulary);
        Files.writeString(vocabulary, pieces.replaceFirst("\\{", "{\"more\": 639, "));
        refused(request, "the tokenizer has numbers up to 639", "a vocabulary of 639");
        Files.delete(vocabulary);
        refused(request, "vocab.json", "are missing");
        Path alone = miniature.base("alone");
        Files.delete(alone.resolve("tokenizer/vocab.json"));
        miniature.add(
                "alone", "stable-diffusion", alone, DiffusersFolder.open(alone).check());
        refused(with(small(), "refined", "texturePrior.model", "alone"), "vocab.json: no such file", "tokenizer.json");
    }

    private PlanRequest shape(String adapter, String identity) throws Exception {
        return bench.graph("'photo': {'type': 'image.photo@1'},"
                        + "'face': {'type': 'face.align@1', 'in': {'photo': 'photo.image'}},"
                        + "'who': {'type': 'identity.encode@1', 'in': {'faces': 'face.face'}},"
                        + "'worn': {'type': 'expression.prompts@1', 'params': {'prompts': 'neutral'}},"
                        + "'prior': {'type': 'prior.published@1', 'params': {'domain': 'normals'" + adapter + "}},"
                        + "'shape': {'type': 'stage.geometry.full@1', 'in': {" + identity
                        + "'expressions': 'worn.expressions', 'prior': 'prior.prior'},"
                        + "'params': {'steps': 1, 'resolution': 12, 'picture': 16, 'coarse': 0}}")
                .withSettings(Map.of("photo.file", Workbench.portrait().toString()))
                .withTargets(List.of("shape"));
    }

    @Test
    void wordsAloneDoAndAnAdapterTakesTheEncoderItWasTrainedWith() throws Exception {
        bench.done(shape("", ""));
        bench.done(shape("", "'identity': 'who.identity', "));
        assertThat(bench.events)
                .anyMatch(e -> e instanceof RunEvent.Log log && log.message().contains("the identity is not used"));
        bench.done(shape(", 'adapter': 'other-faceid'", "'identity': 'who.identity', "));
        assertThat(bench.failure(shape(", 'adapter': 'other-faceid'", "")))
                .contains("no identity is linked", "Link an identity.arcface");
    }

    @Test
    void wordsBeyondWhatThePriorReadsAreTold() throws Exception {
        String text = "a head, {expression}, {view}";
        bench.done(shape(", 'text': '" + text + "'", ""));
        assertThat(cuts()).isEmpty();
        bench.done(shape(", 'text': '" + text + ", very detailed".repeat(40) + "'", ""));
        assertThat(cuts()).singleElement().asString().contains("a head, neutral", "fewer words");
    }

    private List<String> cuts() {
        return bench.events.stream()
                .filter(e -> e instanceof RunEvent.Log log && log.message().contains("does not read the end of"))
                .map(e -> ((RunEvent.Log) e).message())
                .toList();
    }

    @Test
    void aCancelledStageGoesOnWhereItWas() throws Exception {
        var request = with(small(), "geometry", "geometry.steps", "40");
        bench.options = bench.options.withResume(true);
        var engine = new Engine(bench.types, bench.cache, List.of());
        var cancelled = new AtomicBoolean();
        var handle = new AtomicReference<Engine.RunHandle>();
        handle.set(engine.start(new Planner(bench.types).plan(request), bench.options, event -> {
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
