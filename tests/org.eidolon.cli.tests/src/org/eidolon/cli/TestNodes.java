// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eidolon.api.In;
import org.eidolon.api.Migration;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.OutOfGpuMemory;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Text;

/** Small nodes that really run: texts go in, files come out. */
public final class TestNodes implements NodeLibrary {
    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(
                Read.class,
                Repeat.class,
                Slow.class,
                Fail.class,
                Picky.class,
                Aged.class,
                Export.class,
                Where.class,
                Plate.class);
    }

    @Override
    public List<Migration> migrations() {
        return List.of(new Migration(
                "test.repeat", 1, stored -> stored.withType("test.repeat", 2).renamed("count", "times")));
    }

    @Override
    public String version() {
        return "test 1";
    }

    public record TextOut(Text text) {}

    @NodeType(id = "test.read", category = "Test", doc = "Reads a text file.")
    public record Read(
            @Param(required = true, accepts = "txt") Path file) implements Node<TextOut> {
        public Read() {
            this(null);
        }

        @Override
        public TextOut run(Run run) throws IOException {
            return new TextOut(new Text(Files.readString(file)));
        }
    }

    public enum Case {
        AS_IT_IS,
        UPPER
    }

    @NodeType(id = "test.repeat", category = "Test", doc = "Repeats a text.", version = 2)
    public record Repeat(
            @In Text text,

            @Param(min = 1, max = 9, unit = "times", doc = "how often | at most nine")
            int times,

            @Param Case letters,
            @Param(min = 0, max = 1) double share,
            @Param(when = "letters=as-it-is") boolean loud)
            implements Node<TextOut> {
        public Repeat() {
            this(null, 2, Case.AS_IT_IS, 0.5, false);
        }

        @Override
        public TextOut run(Run run) {
            System.out.println("noise on standard output");
            System.err.println("noise on standard error");
            run.warn("a warning of the node");
            run.record("licence", "none");
            String all = text.value().repeat(times);
            return new TextOut(new Text(letters == Case.UPPER ? all.toUpperCase() : all));
        }
    }

    @NodeType(
            id = "test.slow",
            category = "Test",
            doc = "Counts.",
            uses = {Uses.CHECKPOINTS, Uses.SEED})
    public record Slow(
            @In Text text, @Param(min = 1, max = 100000) int steps) implements Node<TextOut> {
        public Slow() {
            this(null, 10);
        }

        @Override
        public TextOut run(Run run) throws Exception {
            int from = 0;
            var saved = run.checkpoints().latest();
            if (saved.isPresent()) {
                from = (int) saved.get().step();
                run.log("goes on at " + from);
            }
            for (int i = from; i < steps; i++) {
                run.checkCancelled();
                run.progress("count", i + 1, steps, "step");
                int step = i;
                run.checkpoints().save(i + 1, folder -> Files.writeString(folder.resolve("at"), "" + step));
                Thread.sleep(2);
            }
            return new TextOut(new Text(text.value() + run.seed()));
        }
    }

    @NodeType(id = "test.fail", category = "Test")
    public record Fail(@In Text text, @Param How how) implements Node<TextOut> {
        public enum How {
            FAULT,
            REASON,
            PATH,
            MEMORY
        }

        public Fail() {
            this(null, How.REASON);
        }

        @Override
        public TextOut run(Run run) {
            switch (how) {
                case FAULT -> throw new IllegalStateException("broken");
                case PATH ->
                    throw new NodeException("/srv/faces/in/face.png: not read", "See /var/log/faces/today.log");
                case MEMORY -> throw new OutOfGpuMemory("80 GiB were wanted", null);
                default -> throw new NodeException("there is no face in the photo", "Take another photo");
            }
        }
    }

    @NodeType(id = "test.picky", category = "Test")
    public record Picky(@In Text text) implements Node<TextOut> {
        public Picky() {
            this(null);
        }

        @Override
        public TextOut run(Run run) {
            if (text.value().contains("ugly")) {
                throw new NodeException("this is ugly", "Write it nicely");
            }
            return new TextOut(text);
        }
    }

    @NodeType(id = "test.aged", category = "Test", version = 2)
    public record Aged(@In List<Text> texts) implements Node<TextOut> {
        public Aged() {
            this(List.of());
        }

        @Override
        public TextOut run(Run run) {
            return new TextOut(texts.get(0));
        }
    }

    @NodeType(id = "test.export", category = "Test")
    public record Export(
            @In List<Text> texts,
            @Param String name,

            @Param(min = 1, max = 99, unit = "letters", auto = "all that there are", doc = "most letters")
            Integer letters)
            implements Node<Export.Out> {
        public record Out(Artifacts files) {}

        public Export() {
            this(List.of(), "text.txt", null);
        }

        @Override
        public Out run(Run run) throws IOException {
            Path folder = run.scratch();
            Files.createDirectories(folder.resolve(name).getParent());
            String all = String.join("", texts.stream().map(Text::value).toList());
            int most = run.auto("letters", letters, all.length());
            Files.writeString(folder.resolve(name), all.substring(0, Math.min(most, all.length())));
            return new Out(Artifacts.of(folder));
        }
    }

    @NodeType(id = "test.plate", category = "Test")
    public record Plate(
            @Param(min = 1, max = 200) int grey,
            @Param(min = 0, max = 1) double share,
            @Param Case letters) implements Node<Export.Out> {
        public Plate() {
            this(100, 0.5, Case.UPPER);
        }

        @Override
        public Export.Out run(Run run) throws IOException {
            if (grey == 13) {
                throw new NodeException("an unlucky grey", "Take another");
            }
            byte[] pixels = new byte[40 * 20 * 3];
            Arrays.fill(pixels, (byte) grey);
            Path folder = run.scratch();
            Image.ofBytes(40, 20, 3, pixels).writePng(folder.resolve("plate.png"));
            Image.ofBytes(80, 40, 3, new byte[80 * 40 * 3]).writePng(folder.resolve("black.png"));
            return new Export.Out(Artifacts.of(folder));
        }
    }

    @NodeType(
            id = "test.where",
            category = "Test",
            uses = {Uses.DEVICE, Uses.QUALITY})
    public record Where() implements Node<TextOut> {
        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text(run.device() + " " + run.quality()));
        }
    }

    static Map<String, String> environment(Path cache) {
        return Map.of("EIDOLON_CACHE", cache.toString());
    }
}
