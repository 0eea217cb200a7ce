// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eclipse.emf.common.util.ECollections;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.api.Parameter;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engine;
import org.eidolon.engine.Engines;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunOptions;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;
import org.eidolon.studio.editor.TestLibrary;
import org.eidolon.studio.editor.document.GraphDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of a graph becomes a file of its own and comes back: nothing is lost, and it runs as before. */
class SubgraphTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "inputs": {
                "brightness": "plain.level",
                "radius": ["soften.radius", "last.radius"]
              },
              "outputs": {
                "result": "last.image"
              },
              "nodes": {
                "plain": {"type": "test.plain@1"},
                "other": {"type": "test.plain@1", "params": {"level": 9}},
                "soften": {"type": "test.soften@1", "in": {"image": "plain.image"}, "params": {"radius": 5}},
                "words": {"type": "test.words@1"},
                "join": {"type": "test.join@1", "in": {"images": ["dot", "other.image", "plain.image"], "title": "words.text"}},
                "last": {"type": "test.soften@1", "in": {"image": "join.image"}}
              },
              "reroutes": {"dot": "soften.image"},
              "frames": {"all": {"title": "All", "nodes": ["soften", "dot", "join", "last"]}},
              "view": {"plain": [0, 0], "other": [0, 200], "soften": [300, 0], "dot": [500, 20], "words": [300, 300],
                       "join": [600, 0], "last": [900, 0], "all": [280, -40, 900, 300]}
            }
            """;

    private final Engines engines = TestLibrary.engines();

    private GraphDocument document(Path folder, String text) throws Exception {
        return new GraphDocument(GraphReader.read(text), folder.resolve("outer.eidolon"), engines);
    }

    private static List<Element> some(Graph graph, String... ids) {
        var index = new LinkIndex(graph);
        return Stream.of(ids).map(index::element).toList();
    }

    private static GraphNode make(GraphDocument document, Extraction extraction) throws Exception {
        GraphFiles.save(extraction.inner("Part"), document.folder().resolve("part.eidolon"));
        return document.make("make", graph -> extraction.replace("part.eidolon"));
    }

    private static void dissolve(GraphDocument document, GraphNode node) {
        document.edit("dissolve", g -> Dissolution.dissolve(g, node, document.catalogue(), document.folder()));
    }

    /** The same whatever the order of elements, and of links that end at different ports, as these say nothing. */
    private static String sorted(Graph graph) {
        Graph copy = EcoreUtil.copy(graph);
        for (EList<? extends Element> list :
                List.of(copy.getNodes(), copy.getReroutes(), copy.getFrames(), copy.getNotes())) {
            ECollections.sort(list, Comparator.comparing(Element::getId));
        }
        copy.getNodes().forEach(node -> ECollections.sort(node.getLinks(), Comparator.comparing(Link::getPort)));
        copy.getFrames().forEach(frame -> ECollections.sort(frame.getMembers(), Comparator.naturalOrder()));
        return GraphWriter.write(copy);
    }

    @Test
    void whatCrossesTheBorderBecomesInputsAndOutputs(@TempDir Path folder) throws Exception {
        var document = document(folder, GRAPH);
        var extraction =
                new Extraction(document.graph(), document.catalogue(), some(document.graph(), "soften", "dot", "join"));
        assertThat(extraction.borders())
                .extracting(border -> border.name() + ": " + border.outer() + " > " + String.join(" ", border.inner()))
                .containsExactly(
                        "image: plain.image > soften.image",
                        "joinImages: other.image > join.images",
                        "joinImages2: plain.image > join.images",
                        "title: words.text > join.title",
                        "radius: radius > soften.radius",
                        "image: > join.image".replace(": >", ":  >"));
        assertThat(extraction.reordered())
                .as("a link from within comes first there")
                .containsExactly("join.images");
        assertThat(extraction.parameters()).as("the radius is exposed already").isEmpty();

        GraphNode node = make(document, extraction);
        Signature signature = document.catalogue().find(node).orElseThrow();
        assertThat(signature.name()).isEqualTo("Part");
        assertThat(signature.input("image").orElseThrow().type()).isEqualTo(Image.class);
        assertThat(signature.input("joinImages").orElseThrow().many()).isTrue();
        assertThat(signature.input("title").orElseThrow().optional()).isTrue();
        assertThat(signature.output("image").orElseThrow().type()).isEqualTo(Image.class);
        assertThat(signature.parameter("radius").orElseThrow().defaultValue())
                .as("what is set inside")
                .isEqualTo(5);
        assertThat(GraphWriter.write(document.graph()))
                .contains("\"radius\": [\"part.radius\", \"last.radius\"]")
                .contains("\"image\": \"part.image\"")
                .contains("\"nodes\": [\"part\", \"last\"]");
        assertThat(document.wiring().check("words.text", node, "image").allowed())
                .isFalse();
        assertThat(document.wiring().check("other.image", node, "image").allowed())
                .isTrue();
    }

    @Test
    void whatLiesBetweenHasToGoAlong(@TempDir Path folder) throws Exception {
        var document = document(folder, GRAPH);
        var ends = some(document.graph(), "soften", "last");
        var extraction = new Extraction(document.graph(), document.catalogue(), ends);
        assertThat(extraction.between()).extracting(Element::getId).containsExactly("join", "dot");
        var all = some(document.graph(), "soften", "last", "join", "dot");
        assertThat(new Extraction(document.graph(), document.catalogue(), all).between())
                .isEmpty();
    }

    @Test
    void theResultsAreThoseOfTheWholeGraphAndComeFromTheCache(@TempDir Path folder) throws Exception {
        String ordered = GRAPH.replace("[\"dot\", \"other.image\", \"plain.image\"]", "[\"plain.image\", \"dot\"]");
        var document = document(folder, ordered);
        var engine = new Engine(engines.types(), new Cache(folder.resolve("cache")), List.of());
        assertThat(started(engine, document))
                .containsExactlyInAnyOrder("plain", "other", "soften", "words", "join", "last");
        var extraction =
                new Extraction(document.graph(), document.catalogue(), some(document.graph(), "soften", "dot", "join"));
        assertThat(extraction.reordered()).isEmpty();
        GraphNode node = make(document, extraction);
        assertThat(started(engine, document)).as("the cache knows all of it").isEmpty();
        Parameter radius = document.catalogue()
                .find(node)
                .orElseThrow()
                .parameter("radius")
                .orElseThrow();
        document.edit("set", g -> Edits.setParameter(node, radius, 7));
        assertThat(started(engine, document)).containsExactly("part/soften", "part/join", "last");
        dissolve(document, node);
        assertThat(Graphs.node(document.graph(), "soften")
                        .getParameters()
                        .get("radius")
                        .getAsInt())
                .isEqualTo(7);
        assertThat(started(engine, document)).isEmpty();
    }

    private static List<String> started(Engine engine, GraphDocument document) throws Exception {
        var plan = new Planner(document.engines().types()).plan(PlanRequest.of(document.graph(), document.file()));
        var started = new CopyOnWriteArrayList<String>();
        var result = engine.run(plan, RunOptions.defaults(), event -> {
            if (event instanceof RunEvent.Started begun) {
                started.add(begun.node());
            }
        });
        assertThat(result.failures()).isEmpty();
        return started;
    }

    @Test
    void dissolvingGivesNewIdsWhereTheyAreTakenAndNewPathsWhereTheFolderIsAnother(@TempDir Path folder)
            throws Exception {
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("parts/inner.eidolon"), """
                {"eidolon": 1, "inputs": {"words": "all.text"}, "outputs": {"text": "all.text"},
                 "nodes": {"all": {"type": "test.everything@1", "params": {"file": "notes.txt"}}},
                 "view": {"all": [10, 10]}}
                """);
        var document = document(folder, """
                {"eidolon": 1, "nodes": {
                  "all": {"type": "graph", "params": {"file": "parts/inner.eidolon", "words": "these"}},
                  "join": {"type": "test.join@1", "in": {"title": "all.text"}}},
                 "view": {"all": [500, 300], "join": [900, 300]}}
                """);
        dissolve(document, Graphs.node(document.graph(), "all"));
        GraphNode back = Graphs.node(document.graph(), "all2");
        assertThat(back.getParameters().get("file").getAsString()).isEqualTo("parts/notes.txt");
        assertThat(back.getParameters().get("text").getAsString()).isEqualTo("these");
        assertThat(List.of(back.getX(), back.getY())).containsExactly(500, 300);
        assertThat(Graphs.node(document.graph(), "join").getLinks())
                .extracting(Link::getFrom)
                .containsExactly("all2.text");
        assertThat(GraphValidator.validate(document.graph())).isEmpty();
    }

    @Test
    void copiedAsTextItTakesItsFilesAlong(@TempDir Path folder) throws Exception {
        Path here = Files.createDirectory(folder.resolve("here"));
        Files.createDirectory(here.resolve("parts"));
        Files.writeString(here.resolve("parts/deep.eidolon"), """
                {"eidolon": 1, "outputs": {"text": "words.text"}, "nodes": {"words": {"type": "test.words@1"}}}
                """);
        Files.writeString(here.resolve("parts/inner.eidolon"), """
                {"eidolon": 1, "outputs": {"text": "deep.text"},
                 "nodes": {"deep": {"type": "graph", "params": {"file": "deep.eidolon"}}}}
                """);
        var document = document(here, """
                {"eidolon": 1, "nodes": {"inner": {"type": "graph", "params": {"file": "parts/inner.eidolon"}}}}
                """);
        String text = Clip.copy(document.graph(), document.graph().getNodes(), document.catalogue());

        Path there = Files.createDirectory(folder.resolve("there"));
        Files.createDirectory(there.resolve("parts"));
        Files.writeString(there.resolve("parts/deep.eidolon"), "another file of that name");
        Graph part = Clip.read(text);
        Enclosures.unpack(part, there);
        assertThat(there.resolve("parts/deep.eidolon")).hasContent("another file of that name");
        var pasted = new GraphDocument(part, there.resolve("other.eidolon"), engines);
        assertThat(GraphWriter.write(part)).doesNotContain("subgraphs");
        assertThat(pasted.catalogue().find(part.getNodes().get(0)).orElseThrow().outputs())
                .extracting(output -> output.name() + " " + output.type().getSimpleName())
                .containsExactly("text Text");
        Enclosures.unpack(Clip.read(text), there);
        try (Stream<Path> files = Files.list(there.resolve("parts"))) {
            assertThat(files).as("pasted again it finds what it needs").hasSize(3);
        }
        for (String name : List.of("../out.eidolon", "run.sh")) {
            Graph hostile = Clip.read(text.replace("\"parts/inner.eidolon\": {", "\"" + name + "\": {"));
            assertThatThrownBy(() -> Enclosures.unpack(hostile, there)).isInstanceOf(IOException.class);
        }
        assertThat(folder.resolve("out.eidolon")).doesNotExist();
    }

    @Test
    void aGraphThatContainsItselfOrIsGoneDeclaresNothing(@TempDir Path folder) throws Exception {
        Path self = folder.resolve("self.eidolon");
        String text = """
                {"eidolon": 1, "inputs": {"in": "again.in"}, "nodes": {"again": {"type": "graph", "params": {"file": "self.eidolon"}}}}
                """;
        Files.writeString(self, text);
        var document = document(folder, text);
        GraphNode node = document.graph().getNodes().get(0);
        assertThat(document.catalogue().find(node).orElseThrow().inputs().get(0).type())
                .isNull();
        assertThat(document.catalogue().subgraphs().refresh()).isFalse();
        Files.delete(self);
        assertThat(document.catalogue().subgraphs().refresh()).isTrue();
        assertThat(document.catalogue().find(node)).isEmpty();
        assertThat(document.catalogue().subgraphs().refresh()).isFalse();
    }

    @Property(tries = 60)
    void makingAndDissolvingGivesTheSameGraphAndSoDoesUndoing(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 14) int size) throws Exception {
        var random = new Random(seed);
        Path folder = Files.createTempDirectory("subgraph");
        try {
            var document = new GraphDocument(graph(random, size), folder.resolve("outer.eidolon"), engines);
            Graph graph = document.graph();
            String before = GraphWriter.write(graph);
            String like = sorted(graph);
            var selected = new ArrayList<Element>();
            Graphs.elements(graph).stream().filter(e -> random.nextInt(3) == 0).forEach(selected::add);
            selected.add(graph.getNodes().get(random.nextInt(graph.getNodes().size())));
            var extraction = new Extraction(graph, document.catalogue(), selected);
            while (!extraction.between().isEmpty()) {
                selected.addAll(extraction.between());
                extraction = new Extraction(graph, document.catalogue(), selected);
            }
            List<Border> parameters = extraction.parameters();
            if (!parameters.isEmpty() && random.nextBoolean()) {
                extraction.expose(parameters.get(random.nextInt(parameters.size())));
            }
            boolean ordered = extraction.reordered().isEmpty();
            GraphNode node = make(document, extraction);
            assertThat(GraphValidator.validate(graph)).isEmpty();
            assertThat(GraphValidator.validate(GraphFiles.load(folder.resolve("part.eidolon"))))
                    .isEmpty();
            dissolve(document, node);
            if (ordered) {
                assertThat(sorted(graph)).isEqualTo(like);
            }
            document.stack().undo();
            document.stack().undo();
            assertThat(GraphWriter.write(graph)).isEqualTo(before);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Nodes with links from earlier ones, some by dots; declared inputs and outputs; one frame around part of it. */
    private static Graph graph(Random random, int size) {
        Graph graph = Graphs.create();
        var starts = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            String type = starts.isEmpty()
                    ? "plain"
                    : List.of("plain", "soften", "join").get(random.nextInt(3));
            GraphNode node = Graphs.addNode(graph, "n" + i, "test." + type, 1);
            Edits.place(node, random.nextInt(100) * 10, random.nextInt(100) * 10);
            int links = type.equals("plain") ? 0 : type.equals("soften") ? 1 : 1 + random.nextInt(3);
            for (int k = 0; k < links; k++) {
                String from = starts.get(random.nextInt(starts.size()));
                if (node.getLinks().stream().noneMatch(link -> from.equals(link.getFrom()))) {
                    Graphs.addLink(node, type.equals("soften") ? "image" : "images", from);
                }
            }
            starts.add("n" + i + ".image");
            if (random.nextInt(4) == 0 && !node.getLinks().isEmpty()) {
                Wire wire = new Wire.ToNode(node.getLinks().get(0));
                starts.add(Edits.addReroute(graph, wire, random.nextInt(500), 5).getId());
            }
            if (random.nextInt(4) == 0) {
                Graphs.addOutput(graph, "out" + i, starts.get(random.nextInt(starts.size())));
            }
            if (random.nextInt(4) == 0 && !type.equals("join")) {
                Graphs.addInput(graph, "in" + i, "n" + i + (type.equals("plain") ? ".level" : ".radius"));
            }
        }
        return graph;
    }
}
