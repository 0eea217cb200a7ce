// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.eidolon.api.Checkpoints;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Text;

/** Nodes that read a photo and make a head as the real ones do, in no time. */
public final class Sculpture implements NodeLibrary {
    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(Photo.class, Sculpt.class, Carve.class, Bust.class);
    }

    @Override
    public String version() {
        return "sculpture 1";
    }

    /** A plain picture, whatever file it is told to read. */
    @NodeType(id = "test.photo", category = "Test")
    public record Photo(
            @Param(widget = Param.Widget.FILE, accepts = "jpg")
            Path file) implements Node<Photo.Out> {
        public record Out(Image image) {}

        public Photo() {
            this(null);
        }

        @Override
        public Out run(Run run) {
            Image picture = Image.ofBytes(2, 2, 3, new byte[12]);
            run.preview("photo", picture);
            return new Out(picture);
        }
    }

    /** Shows rough.glb of a folder, and exports done.glb when a file go lies there. */
    @NodeType(id = "test.sculpt", category = "Test")
    public record Sculpt(@In Image photo, @Param String workshop) implements Node<Sculpt.Out> {
        public record Out(Artifacts files) {}

        public Sculpt() {
            this(null, "");
        }

        @Override
        public Out run(Run run) throws Exception {
            Path from = Path.of(workshop);
            Path live = Files.createDirectories(run.scratch().resolve("live"));
            Files.copy(from.resolve("rough.glb"), live.resolve("head.glb"));
            run.preview("head", Artifacts.of(live));
            while (!Files.exists(from.resolve("go"))) {
                run.checkCancelled();
                Thread.sleep(20);
            }
            Path made = run.scratch().resolve("made");
            Path each = Files.createDirectories(made.resolve("expressions"));
            Files.copy(from.resolve("rough.glb"), each.resolve("a.glb"));
            Files.copy(from.resolve("done.glb"), made.resolve("head.glb"));
            return new Out(Artifacts.of(made));
        }
    }

    /** Exports bust-SIZE.glb of a folder, with a picture and a report, when a file go lies there; thirteen breaks. */
    @NodeType(id = "test.bust", category = "Test")
    public record Bust(
            @Param(min = 1, max = 100) int size, @Param String workshop) implements Node<Bust.Out> {
        public record Out(Artifacts files) {}

        public Bust() {
            this(1, "");
        }

        @Override
        public Out run(Run run) throws Exception {
            run.preview("bust", picture());
            Path rough = Path.of(workshop).resolve("bust-live.glb");
            if (Files.exists(rough)) {
                Path live = Files.createDirectories(run.scratch().resolve("live"));
                Files.copy(rough, live.resolve("head.glb"));
                run.preview("head", Artifacts.of(live));
            }
            while (!Files.exists(Path.of(workshop).resolve("go"))) {
                run.checkCancelled();
                run.progress("clay", 1, 4, "lump");
                Thread.sleep(20);
            }
            if (size == 13) {
                throw new NodeException("the clay broke", "Take another size");
            }
            Path made = Files.createDirectories(run.scratch().resolve("made"));
            Path head = Path.of(workshop).resolve("bust-" + size + ".glb");
            if (Files.exists(head)) {
                Files.copy(head, made.resolve("bust.glb"));
            }
            picture().writePng(made.resolve("bust.png"));
            Files.writeString(made.resolve("report.json"), "{\"likeness\": {\"similarity\": 0." + (40 + size) + "}}");
            return new Out(Artifacts.of(made));
        }

        private Image picture() {
            byte[] pixels = new byte[32 * 32 * 3];
            Arrays.fill(pixels, (byte) (2 * size + 40));
            return Image.ofBytes(32, 32, 3, pixels);
        }
    }

    /** Carves step by step, keeps each as a checkpoint, and writes down which steps it took. */
    @NodeType(id = "test.carve", category = "Test", uses = Uses.CHECKPOINTS)
    public record Carve(@Param int steps, @Param String journal) implements Node<Carve.Out> {
        public record Out(Text text) {}

        public Carve() {
            this(1, "");
        }

        @Override
        public Out run(Run run) throws Exception {
            long first =
                    run.checkpoints().latest().map(Checkpoints.Checkpoint::step).orElse(0L);
            for (long step = first; step < steps; step++) {
                run.checkCancelled();
                Files.writeString(Path.of(journal), step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Thread.sleep(50);
                run.checkpoints().save(step + 1, folder -> Files.createFile(folder.resolve("block")));
                run.progress("carve", step + 1, steps, "step");
            }
            return new Out(new Text("carved"));
        }
    }
}
