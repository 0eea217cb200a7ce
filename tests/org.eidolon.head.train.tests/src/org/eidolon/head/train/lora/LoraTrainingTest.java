// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.published.IpAdapterFile;
import org.eidolon.diffusion.published.StableDiffusion;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.model.HeadPack;
import org.eidolon.models.Models;
import org.eidolon.testing.head.Places;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eidolon train lora} on a Stable Diffusion in miniature. */
class LoraTrainingTest {
    @TempDir
    static Path folder;

    private static LoraMiniature miniature;

    @BeforeAll
    static void lay() throws IOException {
        miniature = new LoraMiniature(folder);
    }

    @Test
    void aLoraComesOutThatChangesTheNetwork() throws IOException {
        LoraMiniature.Settings settings = miniature.settings("plain");
        settings.sampleSteps = 2;
        List<String> lines = settings.run();
        assertThat(lines)
                .anyMatch(line -> line.equals("3 pictures"))
                .anyMatch(line -> line.matches("LoRA of rank 3: 1,896 numbers, 5.214 % of the network's 36,364"))
                .anyMatch(line -> line.matches("step 6/6 {2}loss \\d+\\.\\d+.*left"));
        BufferedImage sheet =
                ImageIO.read(settings.options().work().resolve("samples.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(3 * 16);
        assertThat(sheet.getHeight()).isEqualTo(2 * 16);
        try (Scope s = Scope.open(Device.cpu())) {
            Lora lora = LoraFile.load(s, settings.out);
            assertThat(lora.count()).isEqualTo(1896);
            lora.modules().values().forEach(pair -> {
                assertThat(pair.alpha()).isEqualTo(6);
                assertThat(pair.b().abs().max().getFloat()).isPositive();
            });
        }
        // latents are made once: what lies there is taken, whatever it holds
        Path latents = settings.options().work().resolve("latents.safetensors");
        byte[] before = Files.readAllBytes(settings.out);
        var time = Files.getLastModifiedTime(latents);
        settings.sampleSteps = 0;
        settings.run();
        assertThat(Files.getLastModifiedTime(latents)).isEqualTo(time);
        assertThat(Files.readAllBytes(settings.out)).isEqualTo(before);
    }

    @Test
    void stoppedAndResumedIsAsUndisturbedAndCheckpointingChangesNothing() throws IOException {
        LoraMiniature.Settings whole = miniature.settings("whole");
        whole.ema = 0.9;
        whole.run();
        LoraMiniature.Settings parted = miniature.settings("parted");
        parted.ema = 0.9;
        List<String> lines = new ArrayList<>();
        LoraTraining[] training = new LoraTraining[1];
        training[0] = new LoraTraining(parted.options(), Models.standard(), line -> {
            lines.add(line);
            if (line.startsWith("step 1/6")) training[0].stop();
        });
        assertThat(training[0].run()).isFalse();
        assertThat(lines.getLast()).isEqualTo("stopped at step 1; --resume goes on from there");
        assertThat(parted.out).doesNotExist();
        parted.resume = true;
        assertThat(parted.run()).contains("resumed at step 1");
        assertThat(Files.readAllBytes(parted.out)).isEqualTo(Files.readAllBytes(whole.out));

        LoraMiniature.Settings anew = miniature.settings("anew");
        anew.ema = 0.9;
        anew.checkpointing = true;
        anew.run();
        try (Scope s = Scope.open(Device.cpu())) {
            Map<String, Lora.Adapter> a = LoraFile.load(s, whole.out).modules();
            LoraFile.load(s, anew.out).modules().forEach((module, pair) -> {
                assertThat(distance(pair.b(), a.get(module).b())).isLessThan(1e-3);
                assertThat(distance(pair.a(), a.get(module).a())).isLessThan(1e-3);
            });
        }
        parted.resume = true;
        parted.adapters = true;
        parted.data = withEmbeddings();
        assertThatThrownBy(parted::run).isInstanceOf(IOException.class).hasMessageContaining("other options");
    }

    private static double distance(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getFloat() / Math.max(1e-9, b.abs().max().getFloat());
    }

    private static Path withEmbeddings() throws IOException {
        Path data = folder.resolve("listed");
        LoraMiniature.image(data.resolve("a.png"), Color.GREEN);
        LoraMiniature.image(data.resolve("b.png"), Color.CYAN);
        Files.writeString(data.resolve("metadata.jsonl"), """
                {"file_name": "a.png", "text": "ann", "identity": "ann", "embedding": [3, 0, 4]}

                {"file_name": "b.png", "text": "bob", "identity": "bob", "embedding": [0, 1, 0]}
                """);
        return data;
    }

    @Test
    void anIdentityAdapterIsTrainedBesideIt() throws IOException {
        LoraMiniature.Settings settings = miniature.settings("person");
        settings.data = withEmbeddings();
        settings.adapters = true;
        assertThat(settings.run()).anyMatch(line -> line.startsWith("identity adapter: "));
        try (Scope s = Scope.open(Device.cpu())) {
            IpAdapterFile.Adapter adapter =
                    IpAdapterFile.read(s, folder.resolve("person.identity.safetensors"), miniature.model.unetConfig());
            assertThat(adapter.config().identityWidth()).isEqualTo(3);
            assertThat(adapter.lora()).isNull();
            // values begin at zero, and every one was trained
            adapter.tensors().forEach((name, t) -> {
                if (name.endsWith("to_v_ip.weight"))
                    assertThat(t.abs().max().getFloat()).isPositive();
            });
        }
    }

    @Test
    void rendersTeachAnExpressionAdapterToo() throws IOException {
        LoraMiniature.Settings settings = miniature.settings("heads");
        settings.data = null;
        settings.heads = folder.resolve("tiny.ehd");
        HeadPack.write(TinyHead.model(), settings.heads);
        settings.adapters = true;
        settings.steps = 3;
        assertThat(settings.run())
                .contains("4 pictures")
                .anyMatch(line -> line.startsWith("identity adapter: "))
                .anyMatch(line -> line.startsWith("expression adapter: "));
        try (SafeTensors in = SafeTensors.open(folder.resolve("heads.expression.safetensors"))) {
            assertThat(in.metadata().get("eidolon.expression")).contains("" + HeadCodes.EXPRESSION);
        }
        try (SafeTensors in = SafeTensors.open(folder.resolve("heads.identity.safetensors"))) {
            assertThat(in.metadata()).containsEntry("eidolon.identity", IdentityEncoder.STARTER);
        }
    }

    @Test
    void aLossThatIsNoNumberLeavesTheLastCheckpoint() throws IOException {
        LoraMiniature.Settings settings = miniature.settings("nan");
        settings.steps = 2;
        settings.run();
        Path checkpoint = settings.options().work().resolve("checkpoint.safetensors");
        byte[] good = Files.readAllBytes(checkpoint);
        byte[] lora = Files.readAllBytes(settings.out);
        settings.resume = true;
        settings.steps = 20;
        settings.rate = 1e30;
        settings.checkpointMinutes = 0;
        assertThatThrownBy(settings::run)
                .isInstanceOf(LoraTraining.Diverged.class)
                .hasMessageContainingAll("no number", "--resume", "--learning-rate");
        try (Scope s = Scope.open(Device.cpu());
                SafeTensors in = SafeTensors.open(checkpoint)) {
            for (SafeTensors.Info info : in.tensors()) {
                assertThat(in.read(s, info.name()).toFloatArray()).doesNotContain(Float.NaN);
            }
        }
        assertThat(Files.readAllBytes(settings.out)).isEqualTo(lora);
        assertThat(good).isNotEmpty();
    }

    @Test
    void badInputIsNamed() throws IOException {
        LoraMiniature.Settings settings = miniature.settings("bad");
        settings.data = Files.createDirectories(folder.resolve("empty"));
        refused(settings, "empty", "holds no images");
        settings.data = folder.resolve("nowhere");
        refused(settings, "nowhere", "is no folder");
        settings.data = folder.resolve("mute");
        LoraMiniature.image(settings.data.resolve("x.png"), Color.RED);
        LoraMiniature.image(settings.data.resolve("y.png"), Color.RED);
        refused(settings, "x.png and 1 more", "x.txt", "--caption");
        settings.caption = "somebody";
        settings.adapters = true;
        refused(settings, "--arcface", "embedding");
        settings.adapters = false;
        Files.write(
                settings.data.resolve("y.png"), Arrays.copyOf(Files.readAllBytes(settings.data.resolve("x.png")), 60));
        refused(settings, "y.png");
        settings.data = folder.resolve("badly");
        Files.createDirectories(settings.data);
        Files.writeString(settings.data.resolve("metadata.jsonl"), "{\"file_name\": \"../images/ann/1.png\"}\n");
        refused(settings, "metadata.jsonl, line 1", "no file");
        Files.writeString(settings.data.resolve("metadata.jsonl"), "\n[1]\n");
        refused(settings, "metadata.jsonl, line 2", "file_name");
        Path file = Files.writeString(folder.resolve("file"), "");
        settings.data = miniature.images;
        settings.out = file.resolve("x.safetensors");
        refused(settings, "cannot be written to", "--out");
    }

    private static void refused(LoraMiniature.Settings settings, String... told) {
        assertThatThrownBy(settings::run)
                .isInstanceOfAny(IOException.class, java.io.UncheckedIOException.class)
                .hasMessageContainingAll(told);
    }

    @Test
    void theCommandSaysWhatIsWrong() {
        assertThat(miniature.said(
                        "--base", "nobody-added-this", "--data", "x", "--out", "x.safetensors", "--steps", "1"))
                .contains("nobody-added-this", "neither a file nor a folder nor the name");
        assertThat(miniature.said(
                        "--base", miniature.base.toString(), "--data", "x", "--out", "x.safetensors", "--steps", "-1"))
                .contains("--steps or --minutes");
        assertThat(miniature.said("--base", miniature.base.toString(), "--data", "x", "--out", "x.bin", "--steps", "1"))
                .contains("x.bin", ".safetensors");
        assertThat(miniature.said("--base", miniature.base.toString(), "--out", "x.safetensors", "--steps", "1"))
                .contains("--data or --heads");
    }

    @Test
    void whatWasTrainedGivesTheSameImageInDiffusers() throws Exception {
        String python = System.getenv("EIDOLON_REFERENCE_PYTHON");
        assumeThat(python)
                .as("EIDOLON_REFERENCE_PYTHON: a Python with releng/reference/requirements.txt")
                .isNotNull();
        LoraMiniature.Settings settings = miniature.settings("strong");
        settings.rate = 0.03;
        settings.steps = 12;
        settings.run();
        Path ours = folder.resolve("ours.safetensors");
        try (Scope s = Scope.open(Device.cpu())) {
            StableDiffusion model = miniature.model.all(s);
            model.unet().attach(List.of(LoraFile.load(s, settings.out).at(1)));
            NDArray start = s.randn(1, 4, 8, 8);
            NDArray latents = model.sample(s, "a photo of ann", "blurred", start, 5, 3, Precision.FLOAT32);
            NDArray image = model.vae().decode(s, latents, Precision.FLOAT32);
            SafeTensorsWriter.FLOAT.write(
                    ours,
                    Map.of("start", start, "latents", latents, "image", image),
                    Map.of("prompt", "a photo of ann", "negative", "blurred", "steps", "5", "guidance", "3"));
        }
        Process process = new ProcessBuilder(
                        python,
                        Places.root().resolve("releng/reference/check_lora.py").toString(),
                        miniature.base.toString(),
                        settings.out.toString(),
                        ours.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Test
    void endsBySteps() {
        assertThat(TrainLora.steps(0, 0)).isEqualTo(2000);
        assertThat(TrainLora.steps(0, 5)).isZero();
        assertThat(TrainLora.steps(30, 0)).isEqualTo(30);
        assertThat(TrainLora.steps(30, 5)).isEqualTo(30);
    }
}
