// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.ModelInfo;
import org.eidolon.models.ModelShelf;
import org.eidolon.models.ModelSource;
import org.eidolon.models.Models;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code eidolon models add} and {@code remove}, on a shelf of the test's. */
class ModelsAddCommandTest {
    private static final String CONFIG = "{\"block_out_channels\": [4], \"norm_num_groups\": 2,"
            + " \"down_block_types\": [\"DownEncoderBlock2D\"], \"up_block_types\": [\"UpDecoderBlock2D\"]}";

    private record Folder(String name, Path folder) implements ModelSource {}

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void make() throws IOException {
        model = folder.resolve("tiny");
        Files.createDirectories(model.resolve("vae"));
        Files.writeString(model.resolve("vae/config.json"), CONFIG);
        Files.writeString(model.resolve("README.md"), "---\nlicense: creativeml-openrail-m\n---\n# Tiny\n");
        Files.writeString(model.resolve("vae/notes.txt"), "not part of it");
        write(Map.of());
    }

    private void write(Map<String, NDArray> more) throws IOException {
        try (Scope s = Scope.open(Device.cpu())) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            Vae.shapes(VaeConfig.read(CONFIG)).forEach((name, shape) -> weights.put(name, s.zeros(shape)));
            weights.putAll(more);
            SafeTensorsWriter.FLOAT.write(model.resolve("vae/diffusion_pytorch_model.safetensors"), weights, Map.of());
        }
    }

    private int add(String... arguments) throws Exception {
        ModelsAddCommand command = new ModelsAddCommand();
        command.shelf = new ModelShelf(folder.resolve("shelf"));
        command.environment = Map.of();
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private Models models() {
        return Models.of(List.of(new Folder("shelf", folder.resolve("shelf"))));
    }

    @Test
    void aPriorIsKnownByItsCard() throws Exception {
        Path prior = folder.resolve("head-base.safetensors");
        PriorCard card = new PriorCard(
                Domain.BASE.id(),
                Domain.BASE,
                UNetConfig.tiny(3, ViewCode.LENGTH).withoutPerson(),
                64,
                NoiseSchedule.Prediction.VELOCITY,
                IdentityEncoder.STARTER,
                "0".repeat(64),
                "text/one",
                ViewCode.LENGTH,
                1,
                Map.of());
        try (Scope s = Scope.open(Device.cpu())) {
            SafeTensorsWriter.FLOAT.write(prior, Map.of("w", s.zeros(1)), Map.of(PriorCard.KEY, card.toJson()));
            assertThat(add("my-base", prior.toString())).isZero();
            assertThat(models().get("my-base").info())
                    .returns("prior", ModelInfo::kind)
                    .returns(Map.of("domain", "base", "encoder", IdentityEncoder.STARTER), ModelInfo::attributes);
            SafeTensorsWriter.FLOAT.write(prior, Map.of("w", s.zeros(1)), Map.of(PriorCard.KEY, "{}"));
            assertThatThrownBy(() -> add("other", prior.toString())).hasMessageContaining("damaged");
        }
    }

    @Test
    void aFolderIsCheckedAddedAndRemoved() throws Exception {
        assertThat(add("tiny", model.toString())).isZero();
        assertThat(models().folder("tiny").resolve("vae/config.json")).hasContent(CONFIG);
        assertThat(models().list())
                .filteredOn(m -> m.info().id().startsWith("tiny/"))
                .hasSize(2)
                .allMatch(m -> m.info().kind().equals("stable-diffusion")
                        && m.info().licence().equals("creativeml-openrail-m"));
        assertThatThrownBy(() -> add("tiny", model.toString())).hasMessageContaining("--replace");
        assertThat(add("tiny", model.toString(), "--replace", "--copy")).isZero();
        ModelsRemoveCommand remove = new ModelsRemoveCommand();
        remove.shelf = new ModelShelf(folder.resolve("shelf"));
        new CommandLine(remove).parseArgs("tiny");
        assertThat(remove.call()).isZero();
        assertThat(models().list()).noneMatch(m -> m.info().id().startsWith("tiny"));
        assertThat(model.resolve("vae/config.json")).hasContent(CONFIG);
    }

    @Test
    void whatDoesNotFitIsNamedAndNotAdded() throws Exception {
        try (Scope s = Scope.open(Device.cpu())) {
            write(Map.of("decoder.surprise", s.zeros(2)));
        }
        assertThatThrownBy(() -> add("tiny", model.toString()))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("decoder.surprise")
                .hasMessageContaining("safetensors");
        assertThatThrownBy(() -> add("tiny", folder.resolve("none").toString())).hasMessageContaining("neither a path");
        assertThatThrownBy(() -> add("Tiny!", model.toString())).hasMessageContaining("no name for weights");
        assertThatThrownBy(() -> add("tiny", "owner/name")).hasMessageContaining("HF_ENDPOINT");
        assertThat(folder.resolve("shelf")).doesNotExist();
        Path text = Files.writeString(folder.resolve("some.safetensors"), "text and no tensors");
        assertThatThrownBy(() -> add("tiny", text.toString())).hasMessageContaining("some.safetensors");
    }

    @Test
    void aLoraIsOneFileAndNetworksAreTried() throws Exception {
        Path file = folder.resolve("style.safetensors");
        try (Scope s = Scope.open(Device.cpu())) {
            SafeTensorsWriter.FLOAT.write(
                    file,
                    Map.of("lora_unet_x.lora_down.weight", s.zeros(2, 4), "lora_unet_x.lora_up.weight", s.zeros(4, 2)),
                    Map.of());
        }
        assertThat(add("style", file.toString(), "--licence", "CC0")).isZero();
        assertThat(models().get("style").info().kind()).isEqualTo("lora");
        assertThat(models().get("style").info().licence()).isEqualTo("CC0");
        // a network that is no ArcFace is opened, seen, and not added
        Path starter = Models.standard().get(IdentityEncoder.STARTER).verifiedPath();
        Path onnx = Files.copy(starter, folder.resolve("face.onnx"));
        assertThatThrownBy(() -> add("face", onnx.toString())).hasMessageContaining("ArcFace");
        assertThat(models().find("face")).isEmpty();
    }

    @Test
    void anAdapterOfPeftsBringsItsSettings() throws Exception {
        Path adapter = Files.createDirectories(folder.resolve("adapter"));
        Path file = adapter.resolve("adapter_model.safetensors");
        try (Scope s = Scope.open(Device.cpu())) {
            SafeTensorsWriter.FLOAT.write(
                    file,
                    Map.of(
                            "base_model.model.x.to_q.lora_A.weight", s.zeros(2, 4),
                            "base_model.model.x.to_q.lora_B.weight", s.zeros(4, 2)),
                    Map.of());
            Files.writeString(adapter.resolve("README.md"), "---\nlicense: cc0-1.0\n---\n");
            assertThatThrownBy(() -> add("style", file.toString())).hasMessageContaining("adapter_config.json");
            Path settings = Files.writeString(
                    adapter.resolve("adapter_config.json"),
                    "{\"r\": 2, \"lora_alpha\": 12, \"target_modules\": [\"to_q\"]}");
            for (Path given : List.of(file, adapter)) {
                assertThat(add("style", given.toString(), "--replace", "--copy"))
                        .isZero();
                Path place = models().place("style");
                assertThat(LoraFile.load(s, place).modules().get("x.to_q").alpha())
                        .isEqualTo(12);
                assertThat(models().files("style"))
                        .extracting(m -> m.info().id())
                        .containsExactlyInAnyOrder("style/adapter_model.safetensors", "style/adapter_config.json");
            }
            // others' settings beside a file that has its own stay where they are
            Files.writeString(settings, "{\"r\": 2, \"init_lora_weights\": \"pissa\", \"target_modules\": [\"to_q\"]}");
            assertThatThrownBy(() -> add("other", adapter.toString()))
                    .hasMessageContainingAll("adapter_config.json", "'init_lora_weights'", "pissa");
            Path plain = adapter.resolve("plain.safetensors");
            SafeTensorsWriter.FLOAT.write(
                    plain,
                    Map.of("unet.x.to_q.lora_A.weight", s.zeros(2, 4), "unet.x.to_q.lora_B.weight", s.zeros(4, 2)),
                    Map.of());
            assertThat(add("plain", plain.toString())).isZero();
            assertThat(models().files("plain")).hasSize(1);
        }
    }
}
