// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.diffusion.published.IpAdapterFile;
import org.eidolon.diffusion.published.StableDiffusion;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LoRAs and IP-Adapters as others publish them, on the miniature of {@link PublishedTest}. */
class AdaptersTest extends OnCpu {
    private StableDiffusion model;

    @Override
    @BeforeEach
    void open() throws IOException {
        super.open();
        model = DiffusersFolder.open(PublishedTest.miniature(folder)).all(s);
    }

    private static void near(NDArray is, NDArray wanted) {
        assertThat(Toy.difference(is, wanted)).isLessThan(2e-5);
    }

    private NDArray words(Fixture f) {
        float[] ids = f.get("ids").toFloatArray();
        long[][] tokens = new long[2][77];
        for (int i = 0; i < ids.length; i++) {
            tokens[i / 77][i % 77] = (long) ids[i];
        }
        return model.text().encode(s, tokens, 0).states();
    }

    private NDArray predict(Fixture f, NDArray words) {
        try (var off = Torch.noGradient()) {
            return model.unet().forward(s, f.get("x"), f.get("t"), Conditioning.text(words), Precision.FLOAT32);
        }
    }

    @Test
    void diffusersLoraOfUNetAndText() throws Exception {
        LoraFile.Parts lora = loras("peft", "lora_peft.safetensors");
        Fixture f = Fixture.tensors("loras.safetensors", s, folder);
        NDArray words = f.get("peft.words");
        model.unet().attach(List.of(lora.unet().at(1)));
        near(predict(f, words), f.get("peft.out"));
        model.unet().attach(List.of());
        assertThatThrownBy(() -> LoraFile.load(s, folder.resolve("lora_peft.safetensors")))
                .hasMessageContaining("text encoder");
    }

    @Test
    void kohyaLoraOfUNetConvolutionsAndText() throws Exception {
        LoraFile.Parts lora = loras("kohya", "lora_kohya.safetensors");
        assertThat(lora.unet().modules()).containsKey("down_blocks.0.downsamplers.0.conv");
        assertThatThrownBy(() -> model.unet().attach(List.of(lora.unet().at(1))))
                .hasMessageContaining("merged");
    }

    /** Merges both parts, compares, and takes them out again. */
    private LoraFile.Parts loras(String name, String file) throws Exception {
        Fixture f = Fixture.tensors("loras.safetensors", s, folder);
        LoraFile.Parts lora = LoraFile.read(s, Fixture.file(file, folder));
        near(words(f), f.get("words"));
        NDArray before = predict(f, f.get("words"));
        near(before, f.get("out"));
        NDArray wanted = f.get(name + ".words");
        assertThat(Toy.difference(wanted, f.get("words"))).isGreaterThan(1e-2);
        try (Merged text = model.text().merge(s, List.of(lora.text().at(1)));
                Merged unet = model.unet()
                        .merge(s, List.of(lora.unet().at(0.25), lora.unet().at(0.75)))) {
            near(words(f), wanted);
            near(predict(f, wanted), f.get(name + ".out"));
        }
        assertThat(Toy.difference(predict(f, f.get("words")), before)).isZero();
        near(words(f), f.get("words"));
        return lora;
    }

    @Test
    void otherNamesOfTheSameLora() throws Exception {
        Path file = Fixture.file("lora_peft.safetensors", folder);
        Lora wanted = LoraFile.read(s, file).unet();
        String module = "mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0";
        Lora.Adapter pair = wanted.modules().get(module);
        for (String[] names : new String[][] {
            {
                "unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out_lora.down.weight",
                "unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out_lora.up.weight"
            },
            {"unet." + module + ".lora.down.weight", "unet." + module + ".lora.up.weight"},
            {module + ".lora_A.default.weight", module + ".lora_B.default.weight"},
            {"unet." + module + ".lora_linear_layer.down.weight", "unet." + module + ".lora_linear_layer.up.weight"},
            {
                "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_out_0.lora_down.weight",
                "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_out_0.lora_up.weight"
            }
        }) {
            Path other = folder.resolve("other.safetensors");
            SafeTensorsWriter.FLOAT.write(other, Map.of(names[0], pair.a(), names[1], pair.b()), Map.of());
            Lora lora = LoraFile.load(s, other);
            assertThat(lora.modules()).containsOnlyKeys(module);
            assertThat(lora.modules().get(module).alpha()).isEqualTo(pair.rank());
        }
        Path odd = folder.resolve("odd.safetensors");
        SafeTensorsWriter.FLOAT.write(
                odd, Map.of("lora_unet_conv_in.hada_w1_a", pair.a(), "lora_unet_conv_in.alpha", s.full(1)), Map.of());
        assertThatThrownBy(() -> LoraFile.read(s, odd))
                .hasMessageContaining("odd.safetensors")
                .hasMessageContaining("hada_w1_a");
        Map<String, NDArray> half = Map.of("unet." + module + ".lora_A.weight", pair.a());
        SafeTensorsWriter.FLOAT.write(odd, half, Map.of());
        assertThatThrownBy(() -> LoraFile.read(s, odd)).hasMessageContaining(module + ".lora_B.weight");
        Map<String, NDArray> ranked = Map.of(
                "unet." + module + ".lora_A.weight",
                s.zeros(0, 12),
                "unet." + module + ".lora_B.weight",
                s.zeros(12, 0));
        SafeTensorsWriter.FLOAT.write(odd, ranked, Map.of());
        assertThatThrownBy(() -> LoraFile.read(s, odd)).hasMessageContaining("(rank, in)");
        SafeTensorsWriter.FLOAT.write(
                odd,
                Map.of("image_proj.proj.0.weight", s.zeros(2, 3), "image_proj.proj.2.weight", s.full(1)),
                Map.of());
        assertThatThrownBy(() -> IpAdapterFile.read(s, odd, model.unet().config()))
                .hasMessageContaining("image_proj.proj.2.weight");
        Map<String, Lora.Adapter> misplaced = new LinkedHashMap<>();
        misplaced.put("up_blocks.7.nothing", pair);
        assertThatThrownBy(
                        () -> model.unet().merge(s, List.of(Lora.of(misplaced).at(1))))
                .hasMessageContaining("up_blocks.7.nothing");
    }

    @Test
    void alphasOfOneFileAreToldOnce() throws Exception {
        Lora.Adapter pair = LoraFile.read(s, Fixture.file("lora_peft.safetensors", folder))
                .unet()
                .modules()
                .get("mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0");
        Path file = folder.resolve("adapter_model.safetensors");
        Map<String, NDArray> tensors = new LinkedHashMap<>(Map.of(
                "base_model.model.a.to_q.lora_A.weight", pair.a(), "base_model.model.a.to_q.lora_B.weight", pair.b()));
        SafeTensorsWriter.FLOAT.write(file, tensors, Map.of());
        assertThatThrownBy(() -> LoraFile.read(s, file)).hasMessageContainingAll("adapter_config.json", "is missing");
        Path settings = folder.resolve("adapter_config.json");
        Files.writeString(settings, "{\"r\": 2, \"lora_alpha\": 5, \"target_modules\": [\"to_q\"]}");
        assertThat(LoraFile.load(s, file).modules().get("a.to_q").alpha()).isEqualTo(5);
        assertThat(LoraFile.check(file)).containsExactly(file, settings);
        // the folder that PEFT wrote means the same
        Path alone = Files.createDirectories(folder.resolve("adapter"));
        Files.copy(file, alone.resolve("adapter_model.safetensors"));
        Files.copy(settings, alone.resolve("adapter_config.json"));
        assertThat(LoraFile.load(s, alone).modules().get("a.to_q").alpha()).isEqualTo(5);
        Files.copy(file, alone.resolve("another.bin"));
        assertThatThrownBy(() -> LoraFile.load(s, alone)).hasMessageContainingAll("one file of weights", "are 2");
        refused(file, settings, "{\"r\": 4, \"target_modules\": [\"to_q\"]}", "'r'", "not 4");
        refused(file, settings, "{\"r\": 2, \"target_modules\": [\"to_k\"]}", "'target_modules'", "a.to_q");
        refused(file, settings, "{\"r\": 2}", "'target_modules'");
        refused(
                file,
                settings,
                "{\"r\": 2, \"novel_setting\": true, \"target_modules\": [\"to_q\"]}",
                "'novel_setting'");
        tensors.put("base_model.model.a.to_q.alpha", s.full(1));
        SafeTensorsWriter.FLOAT.write(file, tensors, Map.of());
        refused(file, settings, "{\"r\": 2, \"target_modules\": [\"to_q\"]}", "keep one");
        Map<String, NDArray> kohya = Map.of(
                "lora_unet_a_to_q.lora_down.weight", pair.a(),
                "lora_unet_a_to_q.lora_up.weight", pair.b(),
                "lora_unet_a_to_q.alpha", s.full(1),
                "lora_unet_a_to_k.lora_down.weight", pair.a(),
                "lora_unet_a_to_k.lora_up.weight", pair.b());
        SafeTensorsWriter.FLOAT.write(file, kohya, Map.of());
        assertThatThrownBy(() -> LoraFile.read(s, file)).hasMessageContainingAll("a.to_k", "has no alpha");
    }

    private void refused(Path file, Path settings, String config, String... named) throws IOException {
        Files.writeString(settings, config);
        assertThatThrownBy(() -> LoraFile.read(s, file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(named);
    }

    @Test
    void aLoraIsHeldAgainstItsNetworksBeforeWeightsAreRead() throws Exception {
        Path file = Fixture.file("lora_kohya.safetensors", folder);
        UNetConfig unet = model.unet().config();
        LoraFile.check(file, unet, model.text().config());
        assertThatThrownBy(() -> LoraFile.check(file, UNetConfig.stableDiffusion15(), null))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("lora_kohya.safetensors", "the UNet's is");
        assertThatThrownBy(() -> LoraFile.check(file, unet, ClipConfig.stableDiffusion15()))
                .hasMessageContaining("the text encoder's is");
        // as many numbers, and another convolution
        Map<String, NDArray> turned = Map.of(
                "lora_unet_down_blocks_0_resnets_0_conv1.lora_down.weight", s.zeros(2, 8, 9, 1),
                "lora_unet_down_blocks_0_resnets_0_conv1.lora_up.weight", s.zeros(8, 2, 1, 1));
        SafeTensorsWriter.FLOAT.write(file, turned, Map.of());
        assertThatThrownBy(() -> LoraFile.check(file, unet, null)).hasMessageContaining("another kernel");
        Lora lora = LoraFile.load(s, file);
        assertThatThrownBy(() -> model.unet().merge(s, List.of(lora.at(1)))).hasMessageContaining("another kernel");
    }

    @Test
    void imageAdapter() throws Exception {
        Fixture f = Fixture.tensors("adapters.safetensors", s, folder);
        Path file = Fixture.file("ip_adapter.safetensors", folder);
        IpAdapterFile.Adapter adapter = IpAdapterFile.read(s, file, model.unet().config());
        assertThat(adapter.lora()).isNull();
        UNet unet = adapter.onto(s, model.unet());
        near(predict(unet, f, 0.6), f.get("image.out"));
        assertThat(Toy.difference(predict(unet, f, 0), f.get("image.out"))).isGreaterThan(1e-2);
        Map<String, NDArray> more = new LinkedHashMap<>(Weights.load(s, file).map());
        more.put("ip_adapter.99.to_k_ip.weight", s.zeros(8, 16));
        SafeTensorsWriter.FLOAT.write(file, more, Map.of());
        assertThatThrownBy(() -> IpAdapterFile.read(s, file, model.unet().config()))
                .hasMessageContaining("ip_adapter.99.to_k_ip.weight")
                .hasMessageContaining("attentions");
        more.remove("ip_adapter.99.to_k_ip.weight");
        more.remove("image_proj.norm.bias");
        SafeTensorsWriter.FLOAT.write(file, more, Map.of());
        assertThatThrownBy(() -> IpAdapterFile.read(s, file, model.unet().config()))
                .hasMessageContaining("identity.norm.bias");
        assertThatThrownBy(() -> IpAdapterFile.read(
                        s,
                        Fixture.file("lora_peft.safetensors", folder),
                        model.unet().config()))
                .hasMessageContaining("image_proj.proj");
    }

    @Test
    void faceAdapterFromAnArchive() throws Exception {
        Fixture f = Fixture.tensors("adapters.safetensors", s, folder);
        Path file = Fixture.file("faceid.bin", folder);
        IpAdapterFile.Adapter adapter = IpAdapterFile.read(s, file, model.unet().config());
        assertThat(adapter.lora().modules()).hasSize(8 * 4);
        UNet unet = adapter.onto(s, model.unet());
        unet.attach(List.of(adapter.lora().at(1)));
        near(predict(unet, f, 0.8), f.get("face.out"));
        unet.attach(new ArrayList<>());
        try (Merged merged = unet.merge(s, List.of(adapter.lora().at(1)))) {
            near(predict(unet, f, 0.8), f.get("face.out"));
        }
    }

    private NDArray predict(UNet unet, Fixture f, double scale) {
        try (var off = Torch.noGradient()) {
            Conditioning c = Conditioning.text(f.get("text"))
                    .withIdentity(f.get("vector"), null)
                    .withIdentityScale(scale);
            return unet.forward(s, f.get("x"), f.get("t"), c, Precision.FLOAT32);
        }
    }
}
