// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Text;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node is told of the graph that it runs in. */
class GraphAsRunTest {
    @TempDir
    Path folder;

    /** Gives the graph as its text. */
    @NodeType(id = "test.graph", category = "Test", uses = Uses.GRAPH)
    record Whole(@Param String title, @Param Path file) implements Node<Whole.Out> {
        record Out(Text text) {}

        Whole() {
            this("untitled", null);
        }

        @Override
        public Out run(Run run) {
            return new Out(new Text(run.graph()));
        }
    }

    static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Whole.class);
        }
    }

    private static final String GRAPH = """
        {'eidolon': 1,
         'inputs': {'name': 'w.title'},
         'nodes': {'w': {'type': 'test.graph@1', 'params': {'title': 'first', 'file': 'a.txt'}}},
         'files': {'a.txt': '0000000000000000000000000000000000000000000000000000000000000000'}}\
        """.replace('\'', '"');

    @Test
    void theTextHoldsTheSettingsButNoFoldersOfTheUser() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "a");
        Path elsewhere = Files.createDirectories(folder.resolve("private")).resolve("me.txt");
        Files.writeString(elsewhere, "b");
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("a.txt"), "a");
        var shop = new Workshop(folder.resolve("cache"), new Library());
        var request = PlanRequest.of(GraphReader.read(GRAPH), home.resolve("test.eidolon"));
        var planner = new Planner(shop.types);

        String plain = shop.text(shop.run(planner.plan(request)), "w");
        assertThat(plain).isEqualTo(GraphWriter.write(GraphReader.read(GRAPH)));

        var set = request.withSettings(Map.of("w.file", elsewhere.toString()));
        String text = shop.text(shop.run(planner.plan(set)), "w");
        assertThat(text).contains("\"file\": \"me.txt\"").doesNotContain("private", "a.txt");
        assertThat(GraphWriter.write(GraphReader.read(text))).isEqualTo(text);

        text = shop.text(shop.run(planner.plan(request.withSettings(Map.of("w.title", "untitled")))), "w");
        assertThat(text).doesNotContain("title\": ");
        text = shop.text(shop.run(planner.plan(request.withInputs(Map.of("name", "mine")))), "w");
        assertThat(text).contains("\"title\": \"mine\"");
    }

    @Test
    void anyChangeOfTheGraphIsAChangeForItsReaders() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "a");
        var shop = new Workshop(folder.resolve("cache"), new Library());
        var planner = new Planner(shop.types);
        Path file = folder.resolve("test.eidolon");
        assertThat(shop.run(planner.plan(PlanRequest.of(GraphReader.read(GRAPH), file)))
                        .failures())
                .isEmpty();
        assertThat(shop.started()).containsExactly("w");
        shop.run(planner.plan(PlanRequest.of(GraphReader.read(GRAPH), file)));
        assertThat(shop.started()).isEmpty();
        String noted = GRAPH.replace("\"eidolon\": 1,", "\"eidolon\": 1, \"title\": \"New\",");
        shop.run(planner.plan(PlanRequest.of(GraphReader.read(noted), file)));
        assertThat(shop.reasons("w")).containsExactly("graph changed");
    }
}
