// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.published.SingleFile;
import org.eidolon.diffusion.published.StableDiffusionFiles;
import org.eidolon.models.ModelShelf;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eidolon train lora} on a Stable Diffusion in a single file, in miniature. */
class LoraSingleFileTest {
    @TempDir
    static Path folder;

    private static LoraMiniature miniature;

    @BeforeAll
    static void lay() throws IOException {
        miniature = new LoraMiniature(folder);
    }

    /** The miniature again, as single files have it; its sizes are too small to be told from the shapes alone. */
    private static StableDiffusionFiles single(String file, Prediction predicts) throws IOException {
        try (Scope s = Scope.open(Device.cpu())) {
            return SingleFile.open(
                    LoraMiniature.fixture(file),
                    miniature.model.unetConfig(),
                    miniature.model.vaeConfig(),
                    miniature.model.text(s).config(),
                    predicts,
                    miniature.model);
        }
    }

    @Test
    void aSingleFileTrainsAsTheFolderOfTheSameWeights() throws IOException {
        LoraMiniature.Settings folders = miniature.settings("of-folder");
        folders.run();
        LoraMiniature.Settings first = miniature.settings("of-file");
        first.base = single("single_sd1.safetensors", null);
        first.sampleSteps = 2;
        first.run();
        assertThat(Files.readAllBytes(first.out)).isEqualTo(Files.readAllBytes(folders.out));
        // the second file holds the same in half precision, and says nothing of what it predicts
        LoraMiniature.Settings noise = miniature.settings("of-second-noise");
        noise.base = single("single_sd2.safetensors", Prediction.NOISE);
        noise.run();
        LoraMiniature.Settings velocity = miniature.settings("of-second-velocity");
        velocity.base = single("single_sd2.safetensors", Prediction.VELOCITY);
        velocity.run();
        try (Scope s = Scope.open(Device.cpu())) {
            double near = distance(s, first.out, noise.out), far = distance(s, first.out, velocity.out);
            assertThat(near).isLessThan(0.5 * far);
        }
    }

    /** How far apart what two files do is, over all modules and relative to the first. */
    private static double distance(Scope s, Path wanted, Path file) throws IOException {
        Map<String, Lora.Adapter> is = LoraFile.load(s, file).modules();
        double apart = 0, whole = 0;
        for (var each : LoraFile.load(s, wanted).modules().entrySet()) {
            NDArray b = each.getValue().b();
            apart += is.get(each.getKey()).b().sub(b).square().sum().getFloat();
            whole += b.square().sum().getFloat();
        }
        return Math.sqrt(apart / whole);
    }

    @Test
    void whatASingleFileLacksIsAskedFor() throws IOException {
        Path first = LoraMiniature.fixture("single_sd1.safetensors");
        String out = folder.resolve("never.safetensors").toString();
        String[] rest = {"--data", miniature.images.toString(), "--out", out, "--steps", "1"};
        assertThat(miniature.said(rest, "--base", first.toString()))
                .contains("single_sd1.safetensors", "holds no tokenizer", "--tokenizer");
        assertThat(miniature.said(rest, "--base", first.toString(), "--tokenizer", "sd15"))
                .contains("--tokenizer sd15", "neither a file nor a folder nor the name");
        assertThat(miniature.said(rest, "--base", first.toString(), "--tokenizer", miniature.images.toString()))
                .contains("images", "no folder of diffusers");
        assertThat(miniature.said(rest, "--base", miniature.base.toString(), "--tokenizer", miniature.base.toString()))
                .contains("--tokenizer is for a single file");
        assertThat(miniature.said(rest, "--base", miniature.base.toString(), "--predicts", "velocity"))
                .contains("predict velocity", "says noise", "--predicts");
        assertThat(miniature.said(rest, "--base", miniature.base.toString(), "--predicts", "nothing"))
                .contains("noise or velocity", "'nothing'");
        assertThat(miniature.said(
                        rest,
                        "--base",
                        LoraMiniature.fixture("lora.safetensors").toString()))
                .contains("lora.safetensors", "of the kind lora", "a Stable Diffusion is needed");
    }

    @Test
    void whatASecondVersionPredictsIsToldOrWasRecorded() throws IOException {
        Path second = secondInPart();
        ModelShelf shelf = miniature.shelf();
        Map<String, String> velocity = Map.of("predicts", "velocity");
        for (var attributes :
                Map.of("told", velocity, "untold", Map.<String, String>of()).entrySet()) {
            var label = new ModelShelf.Label("stable-diffusion", "", "a test", "", attributes.getValue());
            shelf.add(
                    attributes.getKey(),
                    label,
                    second.getParent(),
                    List.of(second),
                    ModelShelf.Way.LINK,
                    false,
                    each -> {});
        }
        var label = new ModelShelf.Label("stable-diffusion", "", "a test", "", Map.of());
        shelf.add("sd21", label, miniature.base, miniature.model.check(), ModelShelf.Way.LINK, false, each -> {});
        String out = folder.resolve("second.safetensors").toString();
        String[] rest = {"--tokenizer", "sd21", "--data", miniature.images.toString(), "--out", out, "--steps", "1"};
        String unasked = "does not tell what it predicts";
        assertThat(miniature.said(rest, "--base", second.toString())).contains(unasked, "--predicts noise");
        assertThat(miniature.said(rest, "--base", "untold")).contains(unasked);
        // where that is known, the first weight that is not there is next
        String missing = "'first_stage_model.";
        assertThat(miniature.said(rest, "--base", second.toString(), "--predicts", "velocity"))
                .contains(missing, "is missing");
        assertThat(miniature.said(rest, "--base", "told")).contains(missing);
    }

    /** As much of a Stable Diffusion 2 as tells what it is. */
    private static Path secondInPart() throws IOException {
        Path file = Files.createDirectories(folder.resolve("second")).resolve("part.safetensors");
        String unet = "model.diffusion_model.", block = unet + "input_blocks.1.";
        try (Scope s = Scope.open(Device.cpu())) {
            SafeTensorsWriter.FLOAT.write(
                    file,
                    Map.of(
                            unet + "input_blocks.0.0.weight",
                            s.zeros(64, 4, 3, 3),
                            unet + "out.2.weight",
                            s.zeros(4, 64, 3, 3),
                            unet + "time_embed.0.weight",
                            s.zeros(256, 64),
                            block + "0.in_layers.2.weight",
                            s.zeros(64, 64, 3, 3),
                            block + "1.norm.weight",
                            s.zeros(64),
                            block + "1.proj_in.weight",
                            s.zeros(64, 64),
                            block + "1.transformer_blocks.0.norm1.weight",
                            s.zeros(64),
                            block + "1.transformer_blocks.0.attn2.to_k.weight",
                            s.zeros(64, 1024),
                            "cond_stage_model.model.ln_final.weight",
                            s.zeros(1024)),
                    Map.of());
        }
        return file;
    }
}
