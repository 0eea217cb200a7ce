// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.diffusion.published.StableDiffusionFiles;
import org.eidolon.head.prior.Domain;
import org.eidolon.models.ModelShelf;
import org.eidolon.models.ModelSource;
import org.eidolon.models.Models;
import org.eidolon.testing.head.Places;
import picocli.CommandLine;

/** A Stable Diffusion in miniature and a few pictures, on which LoRAs are trained in a second or two. */
final class LoraMiniature {
    private static final String FIXTURES = "tests/org.eidolon.diffusion.tests/src/org/eidolon/diffusion/fixtures";

    private record Shelf(String name, Path folder) implements ModelSource {}

    final Path folder;
    final Path base;
    final DiffusersFolder model;
    final Path images;

    LoraMiniature(Path folder) throws IOException {
        this.folder = folder;
        base = folder.resolve("miniature");
        try (InputStream in = Files.newInputStream(fixture("miniature.zip"));
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
                Path file = base.resolve(e.getName());
                if (e.isDirectory()) continue;
                Files.createDirectories(file.getParent());
                Files.copy(entries, file);
            }
        }
        model = DiffusersFolder.open(base);
        images = folder.resolve("images");
        image("ann/1.png", Color.RED, "a photo of ann");
        image("ann/2.png", Color.ORANGE, "a photo of ann, smiling");
        image("bob/1.jpg", Color.BLUE, "a photo of bob");
    }

    /** A file that {@code releng/reference} made. */
    static Path fixture(String name) {
        return Places.root().resolve(FIXTURES).resolve(name);
    }

    /** Where weights are added; the command knows it. */
    ModelShelf shelf() {
        return new ModelShelf(folder.resolve("shelf"));
    }

    Settings settings(String out) {
        return new Settings(out);
    }

    private void image(String name, Color colour, String caption) throws IOException {
        image(images.resolve(name), colour);
        Files.writeString(images.resolve(name.replaceAll("\\.\\w+$", ".txt")), caption);
    }

    /** A picture with a blob of a colour. */
    static void image(Path file, Color colour) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage picture = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(colour);
        g.fillOval(5, 5, 30, 30);
        g.dispose();
        assertThat(ImageIO.write(picture, file.toString().endsWith("png") ? "png" : "jpg", file.toFile()))
                .isTrue();
    }

    /** Options that most tests share, and what a test changes of them. */
    final class Settings {
        StableDiffusionFiles base = model;
        Path data = images;
        Path heads;
        Path out;
        long steps = 6;
        double rate = 1e-3;
        boolean checkpointing;
        double ema;
        boolean resume;
        boolean adapters;
        String arcface;
        String caption;
        int sampleSteps;
        double checkpointMinutes = 5;

        private Settings(String out) {
            this.out = folder.resolve(out + ".safetensors");
        }

        LoraOptions options() {
            return new LoraOptions(
                    base,
                    data,
                    heads,
                    Domain.NORMALS,
                    4,
                    out,
                    3,
                    6,
                    steps,
                    0,
                    2,
                    2,
                    rate,
                    2,
                    7,
                    "cpu",
                    Precision.FLOAT32,
                    checkpointing,
                    ema,
                    resume,
                    arcface,
                    adapters,
                    caption,
                    16,
                    sampleSteps,
                    checkpointMinutes);
        }

        /** Trains to the end; what was logged. */
        List<String> run() throws IOException {
            List<String> lines = new ArrayList<>();
            assertThat(new LoraTraining(options(), Models.standard(), lines::add).run())
                    .isTrue();
            return lines;
        }
    }

    /** What the command says of arguments that are wrong. */
    String said(String... arguments) {
        return said(new String[0], arguments);
    }

    /** The same, where many calls share the rest of the arguments. */
    String said(String[] rest, String... arguments) {
        StringWriter error = new StringWriter();
        TrainLora command = new TrainLora();
        command.models = Models.of(List.of(new Shelf("shelf", shelf().folder())));
        CommandLine line = new CommandLine(command).setErr(new PrintWriter(error));
        assertThat(line.execute(Stream.of(arguments, rest).flatMap(Stream::of).toArray(String[]::new)))
                .isEqualTo(2);
        return error.toString();
    }
}
