// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Text;

/** Node types for tests: quick ones, a slow one, one that fails, and all kinds of parameters. */
final class TestNodes implements NodeLibrary {
    /** The first nodes of a graph, as its file has them: an image that is softened twice. */
    static final String SOFTENED = """
            "plain": {
                  "type": "test.plain@1"
                },
                "first": {
                  "type": "test.soften@1",
                  "in": {
                    "image": "plain.image"
                  }
                },
                "second": {
                  "type": "test.soften@1",
                  "in": {
                    "image": "first.image"
                  }
                }\
            """;

    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(
                Shy.class,
                Plain.class,
                Soften.class,
                Join.class,
                Words.class,
                Slow.class,
                Failing.class,
                Everything.class,
                Tuned.class);
    }

    @Override
    public String version() {
        return "test 1";
    }

    @NodeType(id = "test.plain", version = 1, category = "Image", doc = "A plain image.")
    public record Plain(
            @Param(min = 0, max = 255, doc = "how bright") int level) implements Node<Plain.Out> {
        public record Out(@Doc("the image") Image image) {}

        public Plain() {
            this(120);
        }

        @Override
        public Out run(Run run) {
            byte[] samples = new byte[16 * 8 * 3];
            java.util.Arrays.fill(samples, (byte) level);
            Image image = Image.ofBytes(16, 8, 3, samples);
            run.preview("plain", image);
            return new Out(image);
        }
    }

    @NodeType(id = "test.soften", version = 1, category = "Image", doc = "Softens an image.")
    public record Soften(
            @In(doc = "to soften") Image image,
            @Param(min = 0, max = 10, unit = "pixels") int radius) implements Node<Soften.Out> {
        public record Out(Image image) {}

        public Soften() {
            this(null, 2);
        }

        @Override
        public Out run(Run run) {
            return new Out(image);
        }
    }

    @NodeType(id = "test.join", version = 1, category = "Image", doc = "Joins images.")
    public record Join(
            @In List<Image> images, @In(optional = true) Text title) implements Node<Join.Out> {
        public record Out(Image image) {}

        public Join() {
            this(List.of(), null);
        }

        @Override
        public Out run(Run run) {
            return new Out(images.get(0));
        }
    }

    @NodeType(id = "test.shy", version = 1, category = "Test", doc = "Shows a picture, but makes none.")
    public record Shy(@Param(min = 0, max = 255) int level) implements Node<Shy.Out> {
        public record Out(Text text) {}

        public Shy() {
            this(1);
        }

        @Override
        public Out run(Run run) {
            run.preview("shy", Image.ofBytes(1, 1, 3, new byte[] {(byte) level, 0, 0}));
            return new Out(new Text("made"));
        }
    }

    @NodeType(id = "test.words", version = 1, category = "Text", doc = "Some words.")
    public record Words(
            @Param(widget = Param.Widget.MULTILINE) String words) implements Node<Words.Out> {
        public record Out(Text text) {}

        public Words() {
            this("hello");
        }

        @Override
        public Out run(Run run) {
            return new Out(new Text(words));
        }
    }

    @NodeType(id = "test.slow", version = 1, category = "Test", doc = "Takes its time.")
    public record Slow(
            @In(optional = true) Image image,
            @Param(min = 1, max = 100_000) int steps) implements Node<Slow.Out> {
        public record Out(Text text) {}

        public Slow() {
            this(null, 40);
        }

        @Override
        public Out run(Run run) throws InterruptedException {
            for (int i = 0; i < steps; i++) {
                run.checkCancelled();
                run.progress("slow", i, steps, "step");
                Thread.sleep(10);
            }
            return new Out(new Text("done"));
        }
    }

    @NodeType(id = "test.failing", version = 1, category = "Test", doc = "Fails.")
    public record Failing(@In(optional = true) Image image) implements Node<Failing.Out> {
        public record Out(Text text) {}

        public Failing() {
            this(null);
        }

        @Override
        public Out run(Run run) {
            throw new NodeException("there is no light", "Open the shutters");
        }
    }

    @NodeType(id = "test.everything", version = 1, category = "Test", doc = "One parameter of each kind.")
    public record Everything(
            @Param(min = 0, max = 1, step = 0.1) double slider,
            @Param Mood mood,
            @Param boolean flag,
            @Param String text,

            @Param(widget = Param.Widget.FILE, accepts = "txt")
            Path file,

            @Param(widget = Param.Widget.SEED, min = 0) long seed,
            @Param(widget = Param.Widget.COLOUR) String colour)
            implements Node<Everything.Out> {
        public enum Mood {
            CALM,
            WILD
        }

        public record Out(Text text) {}

        public Everything() {
            this(0.5, Mood.CALM, false, "words", null, 7, "#336699");
        }

        @Override
        public Out run(Run run) {
            return new Out(new Text(text));
        }
    }

    /** With a number that it settles by itself, and one that says something only beside another. */
    @NodeType(id = "test.tuned", version = 1, category = "Text", doc = "Tells what it was told.")
    public record Tuned(
            @Param(min = 1, max = 1000, unit = "steps", auto = "by the quality", doc = "how many")
            Integer steps,

            @Param(doc = "in which manner") String style,

            @Param(min = 0, max = 1, when = "style", doc = "how much of it")
            double strength)
            implements Node<Tuned.Out> {
        public record Out(Text text) {}

        public Tuned() {
            this(null, "", 0.5);
        }

        @Override
        public Out run(Run run) {
            return new Out(new Text(run.auto("steps", steps, 40) + " " + style));
        }
    }
}
