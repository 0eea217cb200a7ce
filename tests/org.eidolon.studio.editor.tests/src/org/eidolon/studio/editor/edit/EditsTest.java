// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Text;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.TestLibrary;
import org.eidolon.studio.editor.document.Assets;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.document.QuickFixes;
import org.eidolon.studio.editor.layout.Layered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the model, and the questions that are asked before they are made. */
class EditsTest {
    @TempDir
    Path folder;

    private GraphDocument document;

    @BeforeEach
    void open() throws Exception {
        document = new GraphDocument(GraphReader.read("""
                {"eidolon": 1, "nodes": {
                  "plain": {"type": "test.plain@1"},
                  "soften": {"type": "test.soften@1", "in": {"image": "plain.image"}},
                  "join": {"type": "test.join@1", "in": {"images": ["soften.image"]}},
                  "words": {"type": "test.words@1"}}}
                """), folder.resolve("g.eidolon"), TestLibrary.engines());
    }

    private GraphNode node(String id) {
        return Graphs.node(document.graph(), id);
    }

    private Wiring.Verdict check(String from, String node, String port) {
        return document.wiring().check(from, node(node), port);
    }

    @Test
    void linksAreAllowedOrRefusedWithAReason() {
        assertThat(check("plain.image", "join", "images").allowed()).isTrue();
        assertThat(check("words.text", "join", "title").allowed()).isTrue();
        assertThat(check("words.text", "join", "images").reason())
                .contains("text")
                .contains("image");
        assertThat(check("join.image", "soften", "image").reason()).isEqualTo("This would lead round in a circle.");
        assertThat(check("gone.image", "soften", "image").reason()).contains("gone");
        assertThat(check("plain.image", "soften", "none").reason()).contains("none");
    }

    @Test
    void aRerouteTakesWhatFollowsIt() {
        Reroute dot = document.make(
                "dot",
                g -> Edits.addReroute(g, document.index().to("soften", "image").getFirst(), 10, 10));
        assertThat(node("soften").getLinks().get(0).getFrom()).isEqualTo("dot");
        assertThat(document.wiring().given("dot")).contains(Image.class);
        assertThat(document.wiring().check("words.text", dot, "").allowed()).isFalse();
        document.edit("delete", g -> Edits.delete(g, List.of(dot)));
        assertThat(node("soften").getLinks().get(0).getFrom())
                .as("the link lives on without the dot")
                .isEqualTo("plain.image");
    }

    @Test
    void anInputForOneValueChangesHands() {
        document.edit(
                "add",
                g -> Edits.addNode(
                        g,
                        document.catalogue()
                                .types()
                                .find("test.plain")
                                .orElseThrow()
                                .type(),
                        0,
                        0));
        document.edit("link", g -> Edits.link(g, "plain2.image", node("soften"), "image", false));
        assertThat(node("soften").getLinks()).hasSize(1);
        assertThat(node("soften").getLinks().get(0).getFrom()).isEqualTo("plain2.image");
    }

    @Test
    void deletingForgetsTheElementEverywhere() {
        document.edit("out", g -> Graphs.addOutput(g, "result", "soften.image"));
        document.edit("in", g -> Graphs.addInput(g, "much", "soften.radius"));
        document.edit("frame", g -> Edits.addFrame(g, "f", Map.of(node("soften"), new int[] {0, 0, 10, 10})));
        document.edit("delete", g -> Edits.delete(g, List.of(node("soften"))));
        assertThat(GraphWriter.write(document.graph())).doesNotContain("soften");
    }

    @Test
    void anEditThatFailsLeavesTheGraphAsItWas() {
        String before = GraphWriter.write(document.graph());
        assertThatThrownBy(() -> document.edit("bad", g -> {
                    Edits.delete(g, List.of(node("plain")));
                    throw new IllegalStateException("half way");
                }))
                .hasMessage("half way");
        assertThat(GraphWriter.write(document.graph())).isEqualTo(before);
        assertThat(document.stack().canUndo()).isFalse();
    }

    @Test
    void anEditThatChangesNothingLeavesNoTrace() {
        document.edit("nothing", g -> node("plain").setMuted(false));
        assertThat(document.stack().canUndo()).isFalse();
    }

    @Test
    void onlyWhatDiffersFromTheDefaultIsStored() {
        Signature type = document.catalogue().find(node("soften")).orElseThrow();
        var radius = type.parameter("radius").orElseThrow();
        document.edit("set", g -> Edits.setParameter(node("soften"), radius, 5));
        assertThat(GraphWriter.write(document.graph())).contains("\"radius\": 5");
        document.edit("set", g -> Edits.setParameter(node("soften"), radius, 2));
        assertThat(node("soften").getParameters()).isEmpty();
    }

    @Test
    void theSearchFindsByWordsAndByType() {
        Catalogue catalogue = document.catalogue();
        assertThat(catalogue.search("sof", new Catalogue.Wanted.Anything()))
                .extracting(NodeDescriptor::id)
                .containsExactly("test.soften");
        assertThat(catalogue.search("", new Catalogue.Wanted.Takes(Text.class)))
                .extracting(NodeDescriptor::id)
                .contains("test.join", "test.words")
                .doesNotContain("test.soften");
        assertThat(catalogue.search("", new Catalogue.Wanted.Gives(List.of(Image.class))))
                .extracting(NodeDescriptor::id)
                .containsExactlyInAnyOrder("test.plain", "test.soften", "test.join");
    }

    @Test
    void quickFixesMendWhatTheySay() throws Exception {
        document.edit("break", g -> node("soften").getLinks().clear());
        var missing = Problem.error("nodes.soften.in.image", null, "", "");
        QuickFixes.Fix link = QuickFixes.of(missing, document).getFirst();
        document.edit(link.label(), link.change());
        assertThat(node("soften").getLinks().get(0).getFrom()).isEqualTo("plain.image");
        document.edit("break", g -> node("soften").setType("test.softn"));
        QuickFixes.Fix type = QuickFixes.of(Problem.error("nodes.soften", null, "", ""), document)
                .getFirst();
        document.edit(type.label(), type.change());
        assertThat(node("soften").getType()).isEqualTo("test.soften");
        document.edit("break", g -> node("soften").getParameters().put("radios", new com.google.gson.JsonPrimitive(4)));
        QuickFixes.Fix name = QuickFixes.of(Problem.error("nodes.soften.params.radios", null, "", ""), document)
                .getFirst();
        document.edit(name.label(), name.change());
        assertThat(node("soften").getParameters().get("radius").getAsInt()).isEqualTo(4);
    }

    @Test
    void whatComesFromElsewhereIsCopiedBesideTheGraph() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("../elsewhere-" + System.nanoTime()));
        Path file = Files.writeString(elsewhere.resolve("a.txt"), "one");
        assertThat(Assets.bring(document, file)).isEqualTo("assets/a.txt");
        assertThat(Assets.bring(document, file))
                .as("the same file is not copied twice")
                .isEqualTo("assets/a.txt");
        Files.writeString(file, "two");
        assertThat(Assets.bring(document, file)).isEqualTo("assets/a-2.txt");
        assertThat(Assets.bring(document, folder.resolve("assets/a.txt"))).isEqualTo("assets/a.txt");
    }

    @Test
    void theLayoutGoesFromLeftToRightWithoutOverlap() {
        Graph graph = document.graph();
        var boxes = new java.util.HashMap<org.eidolon.graph.model.Element, Rectangle>();
        graph.getNodes().forEach(node -> boxes.put(node, new Rectangle(0, 0, 200, 100)));
        var places = new Layered(graph, boxes).places();
        assertThat(places.get(node("plain")).x).isLessThan(places.get(node("soften")).x - 200);
        assertThat(places.get(node("soften")).x).isLessThan(places.get(node("join")).x - 200);
        var placed = graph.getNodes().stream().map(places::get).toList();
        for (Rectangle one : placed) {
            assertThat(placed).filteredOn(other -> other != one).noneMatch(one::intersects);
        }
    }

    @Test
    void framesHoldWhatIsTheirsAfterTheLayout() {
        Graph graph = document.graph();
        document.edit(
                "frame",
                g -> Edits.addFrame(
                        g, "two", Map.of(node("soften"), new int[] {0, 0, 10, 10}, node("join"), new int[] {0, 0, 10, 10
                        })));
        var boxes = new java.util.HashMap<org.eidolon.graph.model.Element, Rectangle>();
        Graphs.elements(graph).forEach(element -> boxes.put(element, new Rectangle(0, 0, 200, 100)));
        var places = new Layered(graph, boxes).places();
        Rectangle frame = places.get(graph.getFrames().get(0));
        assertThat(frame.contains(places.get(node("soften")))).isTrue();
        assertThat(frame.contains(places.get(node("join")))).isTrue();
        assertThat(frame.intersects(places.get(node("plain")))).isFalse();
        assertThat(frame.intersects(places.get(node("words")))).isFalse();
    }

    @Test
    void gapsBecomeEqual() {
        var boxes = Map.<org.eidolon.graph.model.Element, Rectangle>of(
                node("plain"), new Rectangle(0, 5, 100, 50),
                node("soften"), new Rectangle(110, 7, 100, 50),
                node("join"), new Rectangle(500, 9, 100, 50));
        document.edit("distribute", g -> Arrange.distribute(boxes, true));
        assertThat(node("soften").getX()).isEqualTo(250);
        assertThat(node("join").getX()).isEqualTo(500);
        document.edit("align", g -> Arrange.align(boxes, Arrange.Edge.BOTTOM));
        assertThat(node("plain").getY()).isEqualTo(9);
    }
}
