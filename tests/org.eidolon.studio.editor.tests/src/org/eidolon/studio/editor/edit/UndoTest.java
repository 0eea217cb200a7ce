// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.engine.Engines;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.TestLibrary;
import org.eidolon.studio.editor.document.GraphDocument;

/** Any sequence of edits, undone, gives the very same file; done again, the very same result. */
class UndoTest {
    private final Engines engines = TestLibrary.engines();

    @Property(tries = 60)
    void anySequenceOfEditsIsUndone(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int length)
            throws Exception {
        var random = new Random(seed);
        var document = new GraphDocument(start(), Path.of("x.eidolon"), engines);
        String before = GraphWriter.write(document.graph());
        for (int i = 0; i < length; i++) {
            step(document, random);
            assertThat(GraphValidator.validate(document.graph())).noneMatch(problem -> problem.isError());
        }
        String after = GraphWriter.write(document.graph());
        while (document.stack().canUndo()) {
            document.stack().undo();
        }
        assertThat(GraphWriter.write(document.graph())).isEqualTo(before);
        while (document.stack().canRedo()) {
            document.stack().redo();
        }
        assertThat(GraphWriter.write(document.graph())).isEqualTo(after);
        assertThat(GraphWriter.write(GraphReader.read(after))).isEqualTo(after);
    }

    private static Graph start() throws Exception {
        return GraphReader.read("""
                {"eidolon": 1, "nodes": {
                  "plain": {"type": "test.plain@1"},
                  "soften": {"type": "test.soften@1", "in": {"image": "plain.image"}},
                  "odd": {"type": "other.thing@3", "params": {"a": 1.50}, "more": [1, 2]}
                 }, "outputs": {"result": "soften.image"},
                 "notes": {"note": "look"}, "view": {"plain": [0, 0], "soften": [300, 0]}}
                """);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private void step(GraphDocument document, Random random) {
        Graph graph = document.graph();
        List<Element> elements = Graphs.elements(graph);
        var types = new ArrayList<NodeDescriptor>(document.catalogue().types().all());
        int x = random.nextInt(1000);
        switch (random.nextInt(12)) {
            case 0, 1 -> document.edit("add", g -> Edits.addNode(g, any(types, random), x, x));
            case 2 -> {
                if (!elements.isEmpty()) {
                    document.edit("delete", g -> Edits.delete(g, List.of(any(elements, random))));
                }
            }
            case 3, 4, 5 -> link(document, random);
            case 6 -> {
                if (!elements.isEmpty()) {
                    document.edit("move", g -> Edits.move(g, List.of(any(elements, random)), x, -x));
                }
            }
            case 7 -> {
                if (!elements.isEmpty()) {
                    Element element = any(elements, random);
                    document.edit("rename", g -> Graphs.rename(g, element, Graphs.freeId(g, "name")));
                }
            }
            case 8 -> paste(document, elements, random, x);
            case 9 -> {
                if (!elements.isEmpty()) {
                    document.edit(
                            "frame",
                            g -> Edits.addFrame(g, "frame", Map.of(any(elements, random), new int[] {x, x, 100, 50})));
                }
            }
            case 10 -> {
                var wires = new ArrayList<Wire>();
                Graphs.links(graph).forEach(link -> wires.add(new Wire.ToNode(link)));
                if (!wires.isEmpty()) {
                    document.edit("dot", g -> Edits.addReroute(g, any(wires, random), x, x));
                }
            }
            default -> {
                if (!graph.getNodes().isEmpty()) {
                    GraphNode node = any(graph.getNodes(), random);
                    document.edit("mute", g -> node.setMuted(!node.isMuted()));
                    document.edit(
                            "align", g -> Arrange.align(Map.of(node, new Rectangle(x, x, 10, 10)), Arrange.Edge.LEFT));
                }
            }
        }
    }

    private void link(GraphDocument document, Random random) {
        List<GraphNode> nodes = document.graph().getNodes();
        if (nodes.isEmpty()) {
            return;
        }
        List<Port> from = document.ports(any(nodes, random)).stream()
                .filter(Port::isOutput)
                .toList();
        List<Port> to = document.ports(any(nodes, random)).stream()
                .filter(p -> !p.isOutput())
                .toList();
        if (!from.isEmpty() && !to.isEmpty()) {
            Port source = any(from, random);
            Port target = any(to, random);
            if (document.wiring()
                    .check(source.ref(), target.node(), target.name())
                    .allowed()) {
                document.edit("link", g -> Edits.link(g, source.ref(), target.node(), target.name(), target.many()));
            }
        }
    }

    private static void paste(GraphDocument document, List<Element> elements, Random random, int x) {
        if (elements.isEmpty()) {
            return;
        }
        String text = Clip.copy(
                document.graph(), List.of(any(elements, random), any(elements, random)), document.catalogue());
        document.edit("paste", g -> {
            try {
                Clip.paste(g, Clip.read(text), x, x);
            } catch (org.eidolon.graph.GraphFormatException e) {
                throw new AssertionError(e);
            }
        });
    }
}
