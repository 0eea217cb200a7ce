// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphFactory;
import org.eidolon.graph.model.GraphNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphValidatorTest {
    private final Graph graph = Graphs.create();

    private List<String> problems() {
        return GraphValidator.validate(graph).stream().map(Problem::toString).toList();
    }

    private GraphNode node(String id, String... from) {
        GraphNode node = Graphs.addNode(graph, id, "test.type", 1);
        for (int i = 0; i < from.length; i++) {
            Graphs.addLink(node, "in" + i, from[i]);
        }
        return node;
    }

    @Test
    void soundGraphHasNoProblems() throws Exception {
        String sound = GraphFileTest.PORTRAIT
                .replace("\"head.seed\", \"texture.seed\"", "\"identity.seed\", \"photo.seed\"")
                .replace("head.head", "identity.identity");
        assertThat(GraphValidator.validate(GraphReader.read(sound))).isEmpty();
    }

    @Test
    void danglingLinksNameTheNearestNode() throws Exception {
        List<Problem> problems = GraphValidator.validate(GraphReader.read(GraphFileTest.PORTRAIT
                .replace("\"identity.identity\"", "\"idnetity.identity\"")
                .replace("[\"head.seed\", \"texture.seed\"]", "\"photo.seed\"")
                .replace("head.head", "photo.image")));
        assertThat(problems)
                .singleElement()
                .hasToString("43:21: nodes.thing.in.identity: there is no node 'idnetity' for "
                        + "the link from 'idnetity.identity'. Did you mean 'identity'?");
    }

    @Test
    void idsAreUniqueOverAllElements() {
        node("photo");
        node("photo");
        var note = GraphFactory.eINSTANCE.createNote();
        note.setId("photo");
        graph.getNotes().add(note);
        assertThat(problems())
                .containsExactly(
                        "nodes.photo: the id 'photo' is taken by nodes.photo. Give one of the two another id",
                        "notes.photo: the id 'photo' is taken by nodes.photo. Give one of the two another id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a.b", "a b", "ä", "a/../b", "a\n"})
    void badIdsAreErrors(String id) {
        node(id);
        assertThat(problems()).anyMatch(problem -> problem.contains("cannot be an id"));
    }

    @Test
    void circlesAreToldOnceInTheDirectionOfTheLinks() {
        node("a", "c.out");
        node("b", "a.out");
        var dot = GraphFactory.eINSTANCE.createReroute();
        dot.setId("dot");
        dot.setFrom("b.out");
        graph.getReroutes().add(dot);
        node("c", "dot", "a.out");
        node("self", "self.out");
        assertThat(problems())
                .hasSize(3)
                .anyMatch(p -> p.contains("circle: b → dot → c → a → b") || p.contains("circle: a → b → dot → c → a"))
                .anyMatch(p -> p.contains("circle: self → self"));
    }

    @Test
    void longChainsAreNoProblem() {
        node("n0");
        for (int i = 1; i < 20_000; i++) {
            node("n" + i, "n" + (i - 1) + ".out");
        }
        assertThat(problems()).isEmpty();
    }

    @Test
    void declaredInterfaceMustLeadSomewhere() {
        node("a");
        Graphs.addInput(graph, "x", "b.size");
        Graphs.addInput(graph, "x", "a");
        Graphs.addInput(graph, "nowhere");
        Graphs.addOutput(graph, "out put", "a.out");
        assertThat(problems()).hasSize(5);
    }

    @Test
    void parametersOutOfRangeAndSubgraphPaths() throws Exception {
        node("a").getParameters().put("n", new JsonPrimitive(new JsonNumber("1e999")));
        GraphNode sub = Graphs.addNode(graph, "sub", "graph", 1);
        sub.getParameters().put("file", new JsonPrimitive("../secret.eidolon"));
        assertThat(problems())
                .containsExactly(
                        "nodes.a.params.n: the number 1e999 is too large. Numbers go up to about 1.8e308",
                        "nodes.sub.params.file: the path leaves the graph's folder by '..'. Put the subgraph into the folder of this "
                                + "graph");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/passwd", "../a", "a/../../b", "a//b", "./a", "C:/a", "a\\b", "a\u0000b", "..", "a/."})
    void pathsStayInside(String path, @TempDir Path folder) {
        assertThat(GraphPaths.fault(path)).isPresent();
        assertThatThrownBy(() -> GraphPaths.resolve(folder, path)).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void symbolicLinksStayInside(@TempDir Path folder) throws Exception {
        Path inside = Files.createDirectories(folder.resolve("graphs/assets"));
        Path outside = Files.writeString(folder.resolve("secret.txt"), "x");
        Path root = folder.resolve("graphs");
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("up"), folder);
        Files.createSymbolicLink(root.resolve("nothing"), folder.resolve("not-there"));
        Files.createSymbolicLink(root.resolve("good"), inside);
        for (String path : List.of("assets/link", "up/secret.txt", "up/new.txt", "nothing")) {
            assertThatThrownBy(() -> GraphPaths.resolve(root, path))
                    .as(path)
                    .hasMessageContaining("out of the graph's folder");
        }
        assertThat(GraphPaths.resolve(root, "good/new.txt"))
                .isEqualTo(root.toRealPath().resolve("good/new.txt"));
        assertThat(GraphPaths.relative(root, inside.resolve("b.jpg"))).contains("assets/b.jpg");
        assertThat(GraphPaths.relative(root, outside)).isEmpty();
    }

    @Test
    void changedFilesAreWarnedOfAndMissingOnesAreErrors(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "one");
        node("a").getParameters().put("file", new JsonPrimitive("b.txt"));
        GraphPaths.record(graph, folder, "a.txt");
        graph.getFiles().put("b.txt", "0".repeat(64));
        graph.getFiles().put("c.txt", "0".repeat(64));
        assertThat(GraphPaths.check(graph, folder)).extracting(Problem::isError).containsExactly(true, false);
        Files.writeString(file, "two");
        assertThat(GraphPaths.check(graph, folder))
                .extracting(Problem::message)
                .contains("the file 'a.txt' has changed since the graph was saved");
    }

    @Test
    void nearestForgivesTypingErrors() {
        assertThat(Nearest.to("pohto", List.of("photo", "phase", "head"))).contains("photo");
        assertThat(Nearest.to("Steps", List.of("steps"))).contains("steps");
        assertThat(Nearest.to("xyz", List.of("photo", "head"))).isEmpty();
    }
}
