// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Node;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.engine.example.ExampleLibrary;
import org.eidolon.engine.example.SoftenImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/node-sdk.md compiles, runs, and is what the page shows. */
class ExampleNodeTest {
    @TempDir
    Path folder;

    public record Made(Image image) {}

    @NodeType(id = "example.edge", category = "Test")
    record Edge() implements Node<Made> {
        @Override
        public Made run(Run run) {
            return new Made(Image.ofFloats(8, 8, 1, edge()));
        }

        static float[] edge() {
            float[] samples = new float[64];
            for (int i = 0; i < 64; i++) {
                samples[i] = i % 8 < 4 ? 0 : 1;
            }
            return samples;
        }
    }

    private Plan plan(Workshop shop, int radius) throws PlanException {
        return shop.graph()
                .node("edge", "example.edge", Map.of())
                .node("soft", "example.soften", Map.of("radius", radius, "shape", "box"))
                .link("edge", "image", "soft", "image")
                .build(List.of());
    }

    @Test
    void runsInAGraph() throws Exception {
        var shop = new Workshop(folder, new NodeLibrary() {
            @Override
            public List<Class<? extends Node<?>>> nodes() {
                return List.of(Edge.class);
            }
        });
        shop.types.add(new ExampleLibrary());
        var result = shop.run(plan(shop, 1));
        assertThat(result.failures()).isEmpty();
        var soft = shop.cache.load(result.entry("soft").orElseThrow(), "image", shop.types.valueType(Image.class));
        assertThat(soft.at(2, 3, 0)).isEqualTo(0);
        assertThat(soft.at(3, 3, 0)).isEqualTo(1 / 3f);
        assertThat(soft.at(4, 3, 0)).isEqualTo(2 / 3f);
        var failed = shop.run(plan(shop, 9)).failures().get(0);
        assertThat(failed.cause()).isInstanceOf(NodeException.class);
        assertThat(failed.advice()).isEqualTo("Choose a radius smaller than the image, or a larger image");
    }

    @Test
    void describesItself() {
        var type = NodeDescriptor.of(SoftenImage.class);
        assertThat(type.name()).isEqualTo("Soften example");
        assertThat(type.parameter("shape").orElseThrow().choices()).containsExactly("box", "tent");
        assertThat(type.output("change").orElseThrow().doc()).isEqualTo("largest change of a sample");
    }

    @Test
    void thePageShowsThisVeryCode() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve("bundles"))) {
            root = root.getParent();
        }
        assumeThat(root).as("a checkout above the working folder").isNotNull();
        String page = squeezed(Files.readString(root.resolve("docs/node-sdk.md")));
        Path sources = root.resolve("tests/org.eidolon.engine.tests/src/org/eidolon/engine/example");
        for (String name : List.of("SoftenImage.java", "ExampleLibrary.java")) {
            String code = Files.readString(sources.resolve(name));
            assertThat(page).as(name).contains(squeezed(code.substring(code.indexOf("/**"))));
        }
    }

    /** Without white space, which the formatter may change. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
