// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphFactory;
import org.eidolon.graph.model.GraphNode;

/** Any graph, whatever strange text and unknown fields it holds, is the same after saving and loading. */
class GraphRoundTripTest {
    private static final GraphFactory MAKE = GraphFactory.eINSTANCE;

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void whatIsSavedIsLoaded(@ForAll("graphs") Graph graph) throws Exception {
        String text = GraphWriter.write(graph);
        Graph loaded = GraphReader.read(text);
        assertThat(EcoreUtil.equals((EObject) loaded, graph)).as(text).isTrue();
        assertThat(GraphWriter.write(loaded)).isEqualTo(text);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void canonicalTextHoldsItsRules(@ForAll("graphs") Graph graph) {
        String text = GraphWriter.write(graph);
        assertThat(text).startsWith("{\n  \"eidolon\": 1").endsWith("}\n").doesNotContain("\r", "\t");
        assertThat(text.lines().filter(line -> line.endsWith(" "))).isEmpty();
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void copiedGraphIsEqualAndWritesTheSame(@ForAll("graphs") Graph graph) {
        Graph copy = EcoreUtil.copy(graph);
        assertThat(EcoreUtil.equals((EObject) copy, graph)).isTrue();
        assertThat(GraphWriter.write(copy)).isEqualTo(GraphWriter.write(graph));
    }

    /** Fields of a later version may stand in any object that the format knows. */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void unknownFieldsSurviveWhereverTheyStand(@ForAll("graphs") Graph graph, @ForAll int seed) throws Exception {
        String canonical = GraphWriter.write(graph);
        JsonObject tree = new JsonText(canonical, GraphLimits.DEFAULT).parse().getAsJsonObject();
        var random = new java.util.Random(seed);
        sprinkle(tree, random);
        for (String section : List.of("inputs", "outputs", "nodes", "reroutes", "frames", "notes")) {
            if (tree.get(section) instanceof JsonObject elements) {
                elements.entrySet().forEach(element -> sprinkle(element.getValue(), random));
            }
        }
        String saved = GraphWriter.write(GraphReader.read(tree.toString()));
        assertThat((Object) new JsonText(saved, GraphLimits.DEFAULT).parse()).isEqualTo(tree);
        assertThat(GraphWriter.write(GraphReader.read(saved))).isEqualTo(saved);
    }

    private static void sprinkle(JsonElement value, java.util.Random random) {
        if (value instanceof JsonObject object) {
            for (int i = random.nextInt(3); i > 0; i--) {
                var inner = new JsonObject();
                inner.addProperty("of", random.nextInt());
                object.add("x-later-" + random.nextInt(1000), inner);
            }
        }
    }

    @Property(tries = 500)
    void noTextMakesTheReaderFailInAnyOtherWay(@ForAll String text) {
        try {
            GraphReader.read(text);
        } catch (GraphFormatException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void damagedFileIsReadOrRefused(
            @ForAll("graphs") Graph graph, @ForAll int where, @ForAll char what, @ForAll boolean cut) {
        String text = GraphWriter.write(graph);
        int at = Math.floorMod(where, text.length());
        String damaged = cut ? text.substring(0, at) : text.substring(0, at) + what + text.substring(at + 1);
        try {
            GraphValidator.validate(GraphReader.read(damaged));
        } catch (GraphFormatException e) {
            assertThat(e.problems())
                    .allSatisfy(problem -> assertThat(problem.place()).isNotNull());
        }
    }

    @Provide
    Arbitrary<Graph> graphs() {
        Arbitrary<List<String>> ids = ids().list().uniqueElements().ofSize(8);
        return Combinators.combine(
                        ids,
                        text().injectNull(0.5),
                        text().injectNull(0.5),
                        unknown(),
                        unknown(),
                        nodes(),
                        Arbitraries.integers().between(0, 3),
                        refs())
                .as((names, title, description, unknown, view, nodes, extra, refs) -> {
                    Graph graph = Graphs.create();
                    graph.setTitle(title);
                    graph.setDescription(description);
                    unknown.forEach(graph.getUnknown()::put);
                    int next = 0;
                    for (GraphNode node : nodes) {
                        GraphNode own = EcoreUtil.copy(node);
                        own.setId(names.get(next++));
                        graph.getNodes().add(own);
                    }
                    if (extra > 0) {
                        var reroute = MAKE.createReroute();
                        reroute.setFrom(refs.get(0));
                        add(reroute, names.get(next++), graph.getReroutes());
                        Graphs.addInput(graph, "in", refs.toArray(new String[0]));
                        Graphs.addOutput(graph, "out", refs.get(0)).setLabel(title);
                        graph.getFiles().put("a/b.jpg", "0".repeat(64));
                    }
                    if (extra > 1) {
                        var frame = MAKE.createFrame();
                        frame.setTitle(title);
                        frame.getMembers().addAll(refs);
                        unknown.forEach(frame.getUnknown()::put);
                        add(frame, names.get(next++), graph.getFrames());
                        Graphs.addInput(graph, "other").setDescription(description);
                    }
                    if (extra > 2) {
                        var note = MAKE.createNote();
                        note.setText(description);
                        note.setWidth(12);
                        note.setHeight(-7);
                        add(note, names.get(next), graph.getNotes());
                    }
                    view.forEach((name, value) -> {
                        if (!names.contains(name)) {
                            graph.getUnknownView().put(name, value);
                        }
                    });
                    return graph;
                });
    }

    private static <T extends Element> void add(T element, String id, List<T> to) {
        element.setId(id);
        element.setX(3);
        element.setY(-4);
        to.add(element);
    }

    private static Arbitrary<List<GraphNode>> nodes() {
        return Combinators.combine(
                        Arbitraries.of("image.load", "identity.encode", "später@x", "a.b.c"),
                        Arbitraries.integers().between(0, 3),
                        text().injectNull(0.7),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.maps(ids(), json(2)).ofMaxSize(3),
                        unknown(),
                        Arbitraries.maps(ids(), refs()).ofMaxSize(2),
                        Arbitraries.integers()
                                .between(-999_999_999, 999_999_999)
                                .injectNull(0.3))
                .as((type, version, label, flags, parameters, unknown, links, x) -> {
                    GraphNode node = MAKE.createGraphNode();
                    node.setType(type);
                    node.setVersion(version);
                    node.setLabel(label);
                    node.setMuted((flags & 1) > 0);
                    node.setBypassed((flags & 2) > 0);
                    node.setCollapsed((flags & 4) > 0);
                    parameters.forEach(node.getParameters()::put);
                    unknown.forEach(node.getUnknown()::put);
                    links.forEach((port, starts) -> starts.forEach(from -> Graphs.addLink(node, port, from)));
                    node.setX(x);
                    node.setY(x);
                    return node;
                })
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<List<String>> refs() {
        return Arbitraries.of("photo.image", "dot", "x.y.z", "", ".", "ü.ß")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8),
                text().filter(t -> !t.isEmpty()));
    }

    /** Text with everything that hurts: line ends, quotes, control characters, emoji, half surrogate pairs. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(12),
                Arbitraries.strings()
                        .withChars("ab \"\\/\n\r\t\u0000\u001f\u2028éあ")
                        .ofMaxLength(12),
                Arbitraries.of("🙂", "\uD83D", "\uDE42\uD83D", "line\nline\n", "\n", ""));
    }

    private static Arbitrary<Map<String, JsonElement>> unknown() {
        Set<String> known = Set.of(
                "eidolon",
                "title",
                "description",
                "inputs",
                "outputs",
                "nodes",
                "reroutes",
                "frames",
                "notes",
                "files",
                "view",
                "type",
                "label",
                "muted",
                "bypassed",
                "collapsed",
                "in",
                "params",
                "color");
        return Arbitraries.maps(ids().filter(id -> !known.contains(id)), json(3))
                .ofMaxSize(3);
    }

    private static Arbitrary<JsonElement> json(int depth) {
        Arbitrary<JsonElement> plain = Arbitraries.oneOf(
                Arbitraries.just(JsonNull.INSTANCE),
                Arbitraries.of(true, false).map(JsonPrimitive::new),
                text().map(JsonPrimitive::new),
                Arbitraries.longs().map(JsonPrimitive::new),
                Arbitraries.doubles().map(JsonPrimitive::new),
                Arbitraries.of("1.50", "-0", "1E+2", "12345678901234567890123", "0.1e-7")
                        .map(number -> new JsonPrimitive(new JsonNumber(number))));
        if (depth == 0) {
            return plain;
        }
        Arbitrary<JsonElement> array = json(depth - 1).list().ofMaxSize(4).map(list -> {
            var json = new JsonArray();
            list.forEach(json::add);
            return json;
        });
        Arbitrary<JsonElement> object = Arbitraries.maps(ids(), json(depth - 1))
                .ofMaxSize(3)
                .map(map -> {
                    var json = new JsonObject();
                    map.forEach(json::add);
                    return json;
                });
        return Arbitraries.oneOf(plain, array, object);
    }
}
