// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.diffusion.published.ReferenceCheck;
import org.eidolon.diffusion.published.StableDiffusion;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison that users make with their own weights, and the way back: a LoRA of ours in diffusers. */
class ReferenceCheckTest extends OnCpu {
    private Path model;

    @Override
    @BeforeEach
    void open() throws IOException {
        super.open();
        model = PublishedTest.miniature(folder);
    }

    private Map<String, ReferenceCheck.Part> check(Path dump, Path lora, Path adapter) throws IOException {
        Map<String, ReferenceCheck.Part> parts = new LinkedHashMap<>();
        List<ReferenceCheck.Part> all =
                ReferenceCheck.run(s, model, dump, lora, adapter, part -> parts.put(part.part(), part));
        assertThat(all).hasSize(parts.size());
        return parts;
    }

    @Test
    void aDumpOfTheReferenceIsMet() throws Exception {
        Path dump = Fixture.file("miniature_dump.safetensors", folder);
        Path lora = Fixture.file("lora_peft.safetensors", folder);
        Path adapter = Fixture.file("faceid.bin", folder);
        Map<String, ReferenceCheck.Part> parts = check(dump, lora, adapter);
        assertThat(parts)
                .containsKeys(
                        "tokenizer",
                        "text, penultimate layer",
                        "vae, encode",
                        "vae, decode",
                        "unet",
                        "4 steps of DPM SOLVER",
                        "text with LoRA",
                        "unet with IP-Adapter")
                .hasSize(13);
        assertThat(parts.values()).allMatch(part -> part.relative() <= 2e-5);
        // other numbers are seen, and so is a number that is none
        Map<String, NDArray> numbers = new LinkedHashMap<>(Weights.load(s, dump).map());
        String facts;
        try (SafeTensors in = SafeTensors.open(dump)) {
            facts = in.metadata().get("eidolon.dump");
        }
        numbers.put("unet.out", numbers.get("unet.out").add(1e-3));
        numbers.put("vae.out", numbers.get("vae.out").mul(Float.NaN));
        Path other = folder.resolve("other.safetensors");
        SafeTensorsWriter.FLOAT.write(other, numbers, Map.of("eidolon.dump", facts));
        Map<String, ReferenceCheck.Part> different = check(other, null, null);
        assertThat(different.get("unet").error()).isBetween(9e-4, 2e-3);
        assertThat(different.get("vae, decode").error()).isInfinite();
        numbers.keySet().removeIf(name -> name.startsWith("lora."));
        SafeTensorsWriter.FLOAT.write(other, numbers, Map.of("eidolon.dump", facts));
        assertThatThrownBy(() -> check(other, lora, null)).hasMessageContaining("--lora");
        SafeTensorsWriter.FLOAT.write(other, numbers, Map.of());
        assertThatThrownBy(() -> check(other, null, null)).hasMessageContaining("dump.py");
    }

    @Test
    void aLoraOfOursGivesTheSameImageInDiffusers() throws Exception {
        String python = System.getenv("EIDOLON_REFERENCE_PYTHON");
        assumeTrue(
                python != null,
                "needs EIDOLON_REFERENCE_PYTHON: a Python with releng/reference/requirements.txt installed");
        StableDiffusion parts = DiffusersFolder.open(model).all(s);
        Lora fresh = Lora.create(s, parts.unet().config(), Lora.attention(), 3, 5, 1);
        Map<String, Lora.Adapter> modules = new LinkedHashMap<>();
        fresh.modules()
                .forEach((name, pair) -> modules.put(
                        name,
                        new Lora.Adapter(
                                pair.a(),
                                Toy.gaussian(
                                                s,
                                                name.hashCode(),
                                                pair.b().getShape().getShape())
                                        .mul(0.2),
                                pair.alpha())));
        Path file = folder.resolve("trained.safetensors");
        LoraFile.save(Lora.of(modules), file);
        parts.unet().attach(List.of(LoraFile.load(s, file).at(1)));
        NDArray start = Toy.gaussian(s, 3, 1, 4, 8, 8);
        NDArray latents = parts.sample(s, "an old man", "blurred", start, 5, 3, Precision.FLOAT32);
        NDArray image = parts.vae().decode(s, latents, Precision.FLOAT32);
        Path ours = folder.resolve("ours.safetensors");
        SafeTensorsWriter.FLOAT.write(
                ours,
                Map.of("start", start, "latents", latents, "image", image),
                Map.of("prompt", "an old man", "negative", "blurred", "steps", "5", "guidance", "3"));
        Process process = new ProcessBuilder(
                        python, script().toString(), model.toString(), file.toString(), ours.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static Path script() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve("releng").resolve("reference").resolve("check_lora.py");
            if (Files.isRegularFile(script)) {
                return script;
            }
        }
        throw new IllegalStateException("the checkout has no releng/reference/check_lora.py");
    }
}
