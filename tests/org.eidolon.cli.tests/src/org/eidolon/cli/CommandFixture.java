// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.testing.ChildCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a graph, and the command run on it with its streams caught. */
abstract class CommandFixture {
    /** The command in a process of its own. */
    static final ChildCommand COMMAND = ChildCommand.with(new TestNodes());

    static final String GRAPH = """
            {
              "eidolon": 1,
              "title": "Shout",
              "inputs": {
                "words": "read.file",
                "times": "repeat.times"
              },
              "nodes": {
                "read": {
                  "type": "test.read@1",
                  "params": {
                    "file": "assets/words.txt"
                  }
                },
                "repeat": {
                  "type": "test.repeat@2",
                  "in": {
                    "text": "read.text"
                  }
                },
                "slow": {
                  "type": "test.slow@1",
                  "in": {
                    "text": "repeat.text"
                  }
                },
                "export": {
                  "type": "test.export@1",
                  "in": {
                    "texts": "slow.text"
                  }
                }
              }
            }
            """;

    @TempDir
    Path folder;

    String out;
    String err;

    @BeforeEach
    void makeGraph() throws IOException {
        Files.createDirectories(folder.resolve("graphs/assets"));
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "hey ");
        graph("shout", GRAPH);
    }

    void graph(String name, String text) throws IOException {
        Files.writeString(folder.resolve("graphs/" + name + ".eidolon"), text);
    }

    int eidolon(String... arguments) {
        return eidolon(Services.of(new TestNodes()), arguments);
    }

    int eidolon(Services services, String... arguments) {
        var outBytes = new ByteArrayOutputStream();
        var errBytes = new ByteArrayOutputStream();
        int code = new Eidolon(
                        services,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                        Map.of("EIDOLON_CACHE", folder.resolve("cache").toString()),
                        folder,
                        false)
                .run(arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    int run(String... more) {
        var arguments = new ArrayList<>(List.of("run", "graphs/shout.eidolon"));
        arguments.addAll(List.of(more));
        return eidolon(arguments.toArray(new String[0]));
    }

    Map<String, Object> manifest() {
        return Json.parseObject(out);
    }

    /** Every line of standard error as an object. */
    List<Map<String, Object>> events() {
        return err.lines().map(Json::parseObject).toList();
    }
}
