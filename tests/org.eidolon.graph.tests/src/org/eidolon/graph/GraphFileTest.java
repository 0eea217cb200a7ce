// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphFileTest {
    static final String PORTRAIT = """
            {
              "eidolon": 1,
              "title": "Portrait to head",
              "description": [
                "One photo becomes a head.",
                "Replace the photo by yours."
              ],
              "inputs": {
                "photo": "photo.file",
                "seed": {
                  "to": ["head.seed", "texture.seed"],
                  "label": "Seed"
                }
              },
              "outputs": {
                "head": "head.head"
              },
              "nodes": {
                "photo": {
                  "type": "image.load@1",
                  "params": {
                    "file": "assets/collins.jpg"
                  }
                },
                "identity": {
                  "type": "identity.encode@2",
                  "label": "Who it is",
                  "collapsed": true,
                  "in": {
                    "photos": ["photo.image", "dot"]
                  },
                  "params": {
                    "minConfidence": 0.50
                  },
                  "x-colour": {
                    "of": null
                  }
                },
                "thing": {
                  "type": "elsewhere.unknown@7",
                  "muted": true,
                  "in": {
                    "identity": "identity.identity"
                  }
                }
              },
              "reroutes": {
                "dot": "photo.image"
              },
              "frames": {
                "who": {
                  "title": "Identity",
                  "color": "#4488cc",
                  "nodes": ["identity", "dot"]
                }
              },
              "notes": {
                "hint": "Frontal photos work best."
              },
              "files": {
                "assets/collins.jpg": "0000000000000000000000000000000000000000000000000000000000000000"
              },
              "x-made-by": ["a", 1, true],
              "view": {
                "photo": [0, 0],
                "identity": [240, -10],
                "who": [220, -40, 300, 200],
                "gone": [1, 2]
              }
            }
            """;

    @Test
    void canonicalTextStaysAsItIs() throws Exception {
        assertThat(GraphWriter.write(GraphReader.read(PORTRAIT))).isEqualTo(PORTRAIT);
    }

    @Test
    void modelHoldsWhatTheTextSays() throws Exception {
        Graph graph = GraphReader.read(PORTRAIT);
        GraphNode identity = Graphs.node(graph, "identity");
        assertThat(identity.getType()).isEqualTo("identity.encode");
        assertThat(identity.getVersion()).isEqualTo(2);
        assertThat(identity.getX()).isEqualTo(240);
        assertThat(identity.getParameters().get("minConfidence").getAsDouble()).isEqualTo(0.5);
        assertThat(graph.getDescription()).isEqualTo("One photo becomes a head.\nReplace the photo by yours.");
        assertThat(Graphs.source(graph, "dot")).isEqualTo(new PortRef("photo", "image"));
        assertThat(Graphs.links(graph)).extracting("port").containsExactly("photos", "photos", "identity");
        assertThat(Locations.find(graph, "nodes.identity.params.minConfidence")).isEqualTo(new Place(33, 26));
        assertThat(Locations.find(graph, "nodes.identity.params.other")).isEqualTo(new Place(32, 17));
    }

    @Test
    void looseFormBecomesCanonical() throws Exception {
        Graph graph = GraphReader.read(
                "\uFEFF{\"nodes\":{\"a\":{\"params\":{},\"in\":{\"p\":[\"b.c\"]},\"type\":\"t@1\"}},\r\n"
                        + "\"description\":[\"one\"],\"eidolon\":1}");
        assertThat(GraphWriter.write(graph)).isEqualTo("""
                        {
                          "eidolon": 1,
                          "description": "one",
                          "nodes": {
                            "a": {
                              "type": "t@1",
                              "in": {
                                "p": "b.c"
                              }
                            }
                          }
                        }
                        """);
    }

    @Test
    void numbersOfProgramsAreShortAndMustBeFinite() {
        Graph graph = Graphs.create();
        GraphNode node = Graphs.addNode(graph, "a", "t", 1);
        node.getParameters().put("n", new com.google.gson.JsonPrimitive(2.0));
        assertThat(GraphWriter.write(graph)).contains("\"n\": 2\n");
        node.getParameters().put("n", new com.google.gson.JsonPrimitive(Double.NaN));
        assertThatThrownBy(() -> GraphWriter.write(graph)).hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                         | 1:1   | the file is empty",
                "{\"eidolon\": 1                          | 1:14  | the file ends too early",
                "[]                                       | 1:1   | this is not a graph",
                "{}                                       | 1:1   | the field \"eidolon\" is missing",
                "{\"eidolon\": 2, \"nodes\": {}}          | 1:13  | has schema 2",
                "{\"eidolon\": \"x\"}                     | 1:13  | expected the schema number",
                "{\"eidolon\": 1, \"nodes\": []}          | 1:25  | nodes: expected an object { … }, found an array",
                "{\"eidolon\": 1, \"nodes\": {\"a\": {}, \"a\": {}}} | 1:35 | nodes.a: 'a' is given twice",
                "{\"eidolon\": 1, \"nodes\": {\"a\": {\"muted\": 1}}} | 1:41 | nodes.a.muted: expected true or false",
                "{\"eidolon\": 01}                        | 1:13  | not a number",
                "{\"eidolon\": 1,}                        | 1:15  | expected a name in double quotes",
                "{\"eidolon\": NaN}                       | 1:13  | expected a value",
                "{\"eidolon\": 1} x                       | 1:16  | text after the end",
                "{\"eidolon\": 1, \"title\": \"\\x\"}   | 1:27  | unknown escape",
            })
    void errorsNamePlaceAndPath(String text, String place, String message) {
        assertThatExceptionOfType(GraphFormatException.class)
                .isThrownBy(() -> GraphReader.read(text == null ? "" : text))
                .satisfies(e -> {
                    assertThat(e.problems().get(0).toString()).contains(message);
                    assertThat(e.problems().get(0).place()).hasToString(place);
                });
    }

    @Test
    void severalErrorsAreToldAtOnce() {
        assertThatExceptionOfType(GraphFormatException.class)
                .isThrownBy(() -> GraphReader.read("{\"eidolon\":1,\"title\":1,\"nodes\":{\"a\":{\"type\":3}}}"))
                .satisfies(e ->
                        assertThat(e.problems()).extracting(Problem::where).containsExactly("title", "nodes.a.type"));
    }

    @Test
    void hostileTextsAreRefusedQuickly() {
        String deep = "{\"eidolon\":1,\"x\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> GraphReader.read(deep)).hasMessageContaining("nested more than 64 deep");
        var many = new StringBuilder("{\"eidolon\":1,\"nodes\":{\"n\":{}");
        for (int i = 0; i < 1_000_000; i++) {
            many.append(",\"n").append(i).append("\":{}");
        }
        String text = many.append("}}").toString();
        assertThatThrownBy(() -> GraphReader.read(text)).hasMessageContaining("more than 1000000 values");
        assertThatThrownBy(() -> GraphReader.read(
                        "{\"eidolon\":1,\"nodes\":{\"a\":{},\"b\":{},\"c\":{}}}", new GraphLimits(100, 100, 10, 2)))
                .hasMessageContaining("more than 2 elements");
        assertThatThrownBy(() -> GraphReader.read("{\"eidolon\":1,\"x\":1" + "0".repeat(1000) + "}"))
                .hasMessageContaining("not a number");
    }

    @Test
    void saveReplacesWholeOrNotAtAll(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.eidolon");
        Files.writeString(file, PORTRAIT);
        Graph broken = GraphReader.read(PORTRAIT);
        Graphs.addNode(broken, "photo", "twice", 1);
        assertThatThrownBy(() -> GraphFiles.save(broken, file)).isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent(PORTRAIT);
        Graph good = GraphFiles.load(file);
        good.setTitle("Other");
        Path link = Files.createSymbolicLink(folder.resolve("link.eidolon"), Path.of("a.eidolon"));
        GraphFiles.save(good, link);
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEqualTo(PORTRAIT.replace("Portrait to head", "Other"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThatThrownBy(() -> GraphFiles.save(good, folder.resolve("no/such/folder.eidolon")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoTextIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("a.eidolon"), new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> GraphFiles.load(file)).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> GraphFiles.load(folder)).hasMessageContaining("a folder");
    }

    @Test
    void emfToolsLoadAndSave(@TempDir Path folder) throws Exception {
        GraphResource.Factory.register();
        Path file = Files.writeString(folder.resolve("a.eidolon"), PORTRAIT);
        var resource = new ResourceSetImpl().getResource(URI.createFileURI(file.toString()), true);
        var node = (GraphNode) resource.getEObject("identity");
        assertThat(resource.getURIFragment(node)).isEqualTo("identity");
        node.setLabel("Someone");
        resource.save(null);
        assertThat(Files.readString(file)).isEqualTo(PORTRAIT.replace("Who it is", "Someone"));
    }

    @Test
    void changeRecorderUndoesEdits() throws Exception {
        Graph graph = GraphReader.read(PORTRAIT);
        var recorder = new org.eclipse.emf.ecore.change.util.ChangeRecorder(graph);
        Graphs.rename(graph, Graphs.node(graph, "photo"), "picture");
        Graphs.node(graph, "identity").getParameters().removeKey("minConfidence");
        graph.getNodes().remove(2);
        var change = recorder.endRecording();
        assertThat(GraphWriter.write(graph)).contains("\"picture.image\"", "\"dot\": \"picture.image\"");
        change.apply();
        assertThat(GraphWriter.write(graph)).isEqualTo(PORTRAIT);
    }

    @Test
    void migrationsCarryParametersAndLinks() throws Exception {
        Graph graph = GraphReader.read(PORTRAIT);
        List<String> taken = NodeMigration.apply(
                graph,
                List.of(
                        new NodeMigration("identity.encode", 2, node -> {
                            var parameters = new LinkedHashMap<>(node.parameters());
                            parameters.put("confidence", parameters.remove("minConfidence"));
                            return new NodeMigration.Stored(
                                    node.type(),
                                    3,
                                    parameters,
                                    Map.of("photos", "images"),
                                    Map.of("identity", "person"));
                        }),
                        new NodeMigration(
                                "identity.encode",
                                3,
                                node -> new NodeMigration.Stored(
                                        "face.identity", 1, node.parameters(), Map.of(), Map.of()))));
        assertThat(taken)
                .containsExactly(
                        "identity: identity.encode@2 → identity.encode@3",
                        "identity: identity.encode@3 → face.identity@1");
        assertThat(GraphWriter.write(graph))
                .isEqualTo(PORTRAIT.replace("identity.encode@2", "face.identity@1")
                        .replace("minConfidence", "confidence")
                        .replace("\"photos\":", "\"images\":")
                        .replace("identity.identity", "identity.person"));
    }
}
