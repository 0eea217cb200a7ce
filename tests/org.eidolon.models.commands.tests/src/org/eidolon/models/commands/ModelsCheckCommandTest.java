// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code eidolon models check}: what it prints and its exit codes. That the numbers are right is tested below it. */
class ModelsCheckCommandTest {
    private static final String CONFIG = "{\"block_out_channels\": [4], \"norm_num_groups\": 2,"
            + " \"down_block_types\": [\"DownEncoderBlock2D\"], \"up_block_types\": [\"UpDecoderBlock2D\"]}";

    @TempDir
    Path folder;

    /** An autoencoder of random weights, and a dump of what it gives, each latent moved by so much. */
    private Path dump(Scope s, double off) throws IOException {
        Path vae = Files.createDirectories(folder.resolve("model").resolve("vae"));
        Files.writeString(vae.resolve("config.json"), CONFIG);
        VaeConfig config = VaeConfig.read(CONFIG);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        Torch.seed(4);
        Vae.shapes(config)
                .forEach((name, shape) -> weights.put(name, s.randn(shape).mul(0.3)));
        SafeTensorsWriter.FLOAT.write(vae.resolve("diffusion_pytorch_model.safetensors"), weights, Map.of());
        Vae made = Vae.of(config, weights);
        NDArray image = s.rand(1, 3, 8, 8);
        NDArray latents = made.latents(s, image, Precision.FLOAT32);
        Path dump = folder.resolve("dump.safetensors");
        Map<String, NDArray> numbers = Map.of(
                "vae.image", image,
                "vae.latents", latents.add(off),
                "vae.out", made.decode(s, latents.add(off), Precision.FLOAT32));
        SafeTensorsWriter.FLOAT.write(dump, numbers, Map.of("eidolon.dump", "{}"));
        return dump;
    }

    private int run(StringBuilder said, String... arguments) {
        PrintStream before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true));
        try {
            return new CommandLine(new ModelsCheckCommand()).execute(arguments);
        } finally {
            System.setOut(before);
            said.append(bytes);
        }
    }

    @Test
    void equalIsZeroAndDifferentIsFour() throws Exception {
        Path dump;
        try (Scope s = Scope.open(Device.cpu())) {
            dump = dump(s, 0);
        }
        String model = folder.resolve("model").toString();
        var said = new StringBuilder();
        assertThat(run(said, model, "--reference", dump.toString())).isZero();
        assertThat(said.toString())
                .contains("vae, encode", "vae, decode", "equal")
                .doesNotContain("DIFFERENT");
        try (Scope s = Scope.open(Device.cpu())) {
            dump(s, 1e-3);
        }
        var other = new StringBuilder();
        assertThat(run(other, model, "--reference", dump.toString())).isEqualTo(4);
        assertThat(other.toString()).contains("DIFFERENT");
        assertThat(run(other, model, "--reference", dump.toString(), "--tolerance", "0.01"))
                .isZero();
        var json = new StringBuilder();
        assertThat(run(json, model, "--reference", dump.toString(), "--json")).isEqualTo(4);
        assertThat(json.toString()).contains("\"part\"", "\"equal\"");
    }

    @Test
    void whatIsMissingIsNamed() {
        var command = new ModelsCheckCommand();
        new CommandLine(command).parseArgs(folder.resolve("none").toString(), "--reference", "no.safetensors");
        assertThatThrownBy(command::call)
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("no folder of diffusers");
        assertThat(new CommandLine(new ModelsCheckCommand()).execute("somewhere"))
                .isEqualTo(2);
    }
}
