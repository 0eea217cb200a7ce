// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.diffusion.published.SingleFile;
import org.eidolon.diffusion.published.StableDiffusion;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;
import org.junit.jupiter.api.Test;

/** A Stable Diffusion in miniature as others publish it; numbers by {@code releng/reference/pipeline_fixtures.py}. */
class PublishedTest extends OnCpu {
    private static final double TOLERANCE = 2e-5;

    /** The folder that diffusers wrote: UNet in shards, text encoder in float16, autoencoder in bfloat16. */
    static Path miniature(Path folder) throws IOException {
        Path root = folder.resolve("miniature");
        unpack("miniature.zip", root);
        return root;
    }

    private static void unpack(String name, Path root) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(PublishedTest.class.getResourceAsStream("fixtures/" + name))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (!e.isDirectory()) {
                    Path file = root.resolve(e.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static void near(NDArray is, NDArray wanted) {
        double size = Math.max(1, Toy.difference(wanted, wanted.zerosLike()));
        assertThat(Toy.difference(is, wanted)).isLessThan(TOLERANCE * size);
    }

    @Test
    void oneDenoisingLoopFromWordsToAnImage() throws Exception {
        StableDiffusion model = DiffusersFolder.open(miniature(folder)).all(s);
        Fixture f = Fixture.tensors("miniature.safetensors", s, folder);
        near(model.words(s, "a photo of a smiling face"), f.get("positive"));
        near(model.words(s, "blurred"), f.get("negative"));
        NDArray latents =
                model.sample(s, "a photo of a smiling face", "blurred", f.get("start"), 6, 4, Precision.FLOAT32);
        near(latents, f.get("latents"));
        near(model.vae().decode(s, latents, Precision.FLOAT32), f.get("image"));
    }

    @Test
    void oneScoreDistillationGradientThroughTheEncoder() throws Exception {
        StableDiffusion model = DiffusersFolder.open(miniature(folder)).all(s);
        Fixture f = Fixture.tensors("miniature.safetensors", s, folder);
        NDArray image = Torch.parameter(f.get("sds.image"));
        NDArray latents = model.vae().latents(s, image, Precision.FLOAT32);
        near(latents, f.get("sds.latents"));
        ScoreDistillation distillation =
                new ScoreDistillation(model.scheduler().schedule(), ScoreDistillation.Weighting.SDS, 0);
        NDArray byLatents = distillation
                .step(
                        s,
                        model.unet(),
                        latents,
                        f.get("sds.noise"),
                        f.get("sds.t"),
                        model.branches(s, "blurred", "a photo of a smiling face", 1),
                        Guidance.of(7.5),
                        Precision.FLOAT32)
                .gradient();
        near(byLatents, f.get("sds.by_latents"));
        Torch.backward(latents, byLatents);
        NDArray wanted = f.get("sds.gradient");
        double size = Toy.difference(wanted, wanted.zerosLike());
        assertThat(size).isGreaterThan(1e-3);
        assertThat(Toy.difference(Torch.gradient(s, image), wanted)).isLessThan(1e-4 * size);
    }

    @Test
    void otherLayoutsOfAFolder() throws Exception {
        Path root = miniature(folder);
        UNet sharded = DiffusersFolder.open(root).unet(s);
        // one file in half precision under the name of a variant, as downloads to save space are
        Path unet = root.resolve("unet");
        try (var files = Files.list(unet)) {
            for (Path file :
                    files.filter(p -> p.toString().endsWith(".safetensors")).toList()) {
                Files.delete(file);
            }
        }
        SafeTensorsWriter.HALF.write(
                unet.resolve("diffusion_pytorch_model.fp16.safetensors"), sharded.parameters(), Map.of());
        UNet half = DiffusersFolder.open(root).unet(s);
        assertThat(Toy.difference(
                        half.parameters().get("conv_in.weight"),
                        sharded.parameters().get("conv_in.weight")))
                .isBetween(1e-9, 1e-3);
        // the autoencoder's attention under its names of before
        Path vae = root.resolve("vae").resolve("diffusion_pytorch_model.safetensors");
        Map<String, NDArray> today = Weights.load(s, vae).map();
        Map<String, NDArray> before = new LinkedHashMap<>();
        today.forEach((name, t) -> before.put(
                name.replace(".to_q.", ".query.")
                        .replace(".to_k.", ".key.")
                        .replace(".to_v.", ".value.")
                        .replace(".to_out.0.", ".proj_attn."),
                t));
        assertThat(before.keySet()).isNotEqualTo(today.keySet());
        SafeTensorsWriter.FLOAT.write(vae, before, Map.of());
        Vae again = DiffusersFolder.open(root).vae(s);
        assertThat(again.parameters().keySet())
                .isEqualTo(DiffusersFolder.open(root).vae(s).parameters().keySet());
        String query = "encoder.mid_block.attentions.0.to_q.weight";
        assertThat(Toy.difference(again.parameters().get(query), today.get(query)))
                .isZero();
    }

    @Test
    void shardsUnderAllTheirNames() throws Exception {
        Path root = miniature(folder);
        UNet unet = DiffusersFolder.open(root).unet(s);
        ClipText text = DiffusersFolder.open(root).text(s);
        for (String form : List.of("%s.fp16-%s.safetensors", "%s-%s.fp16.safetensors", "%s-%s.safetensors")) {
            try (var files = Files.list(root.resolve("unet"))) {
                for (Path file :
                        files.filter(p -> p.toString().endsWith(".safetensors")).toList()) {
                    Matcher number = Pattern.compile("\\d{5}-of-\\d{5}")
                            .matcher(file.getFileName().toString());
                    assertThat(number.find()).isTrue();
                    Files.move(
                            file, file.resolveSibling(String.format(form, "diffusion_pytorch_model", number.group())));
                }
            }
            same(DiffusersFolder.open(root).unet(s).parameters(), unet.parameters(), 0);
            assertThat(DiffusersFolder.open(root).check())
                    .filteredOn(p -> p.toString().endsWith(".safetensors"))
                    .hasSize(3 + 1 + 1);
        }
        // archives, in shards too
        Files.delete(root.resolve("text_encoder").resolve("model.safetensors"));
        unpack("text_shards.zip", root.resolve("text_encoder"));
        same(DiffusersFolder.open(root).text(s).parameters(), text.parameters(), 0);
        assertThat(DiffusersFolder.open(root).check())
                .filteredOn(p -> p.toString().endsWith(".bin"))
                .hasSize(2);
        Files.delete(root.resolve("text_encoder").resolve("pytorch_model-00001-of-00002.bin"));
        assertThatThrownBy(() -> DiffusersFolder.open(root).text(s))
                .hasMessageContainingAll("pytorch_model", "00002", "fetch all");
    }

    @Test
    void aTokenizerInOneFileIsPartOfAFolder() throws Exception {
        Path root = miniature(folder);
        Path tokenizer = root.resolve("tokenizer");
        long[] ids = DiffusersFolder.open(root).tokenizer().encode("a photo of a smiling face");
        JsonObject whole = JsonParser.parseString(Files.readString(Fixture.file("tokenizer.json", folder)))
                .getAsJsonObject();
        JsonObject model = whole.getAsJsonObject("model");
        model.add("vocab", JsonParser.parseString(Files.readString(tokenizer.resolve("vocab.json"))));
        JsonArray merges = new JsonArray();
        Files.readAllLines(tokenizer.resolve("merges.txt")).stream().skip(1).forEach(merges::add);
        model.add("merges", merges);
        Files.writeString(tokenizer.resolve("tokenizer.json"), whole.toString());
        Files.delete(tokenizer.resolve("vocab.json"));
        Files.delete(tokenizer.resolve("merges.txt"));
        assertThat(DiffusersFolder.open(root).tokenizer().encode("a photo of a smiling face"))
                .isEqualTo(ids);
        assertThat(DiffusersFolder.open(root).check()).contains(tokenizer.resolve("tokenizer.json"));
        model.addProperty("end_of_word_suffix", "@@");
        Files.writeString(tokenizer.resolve("tokenizer.json"), whole.toString());
        assertThatThrownBy(() -> DiffusersFolder.open(root).check())
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("tokenizer.json", "'end_of_word_suffix'", "@@");
    }

    @Test
    void settingsAreNamedAsTheirFileNamesThem() throws Exception {
        Path root = miniature(folder);
        wrong(root, "unet", "\"norm_num_groups\": 4", "\"norm_num_groups\": 7", "'block_out_channels'", "7");
        wrong(root, "unet", "\"attention_head_dim\": 2", "\"attention_head_dim\": 5", "'attention_head_dim'", "5");
        wrong(root, "unet", "\"layers_per_block\": 1", "\"layers_per_block\": 0", "'layers_per_block'", "0");
        wrong(root, "unet", "UNet2DConditionModel", "UNet3DConditionModel", "'_class_name'", "UNet3DConditionModel");
        wrong(root, "vae", "AutoencoderKL", "AutoencoderTiny", "'_class_name'", "AutoencoderTiny");
        wrong(root, "vae", "\"norm_num_groups\": 4", "\"norm_num_groups\": 3", "'block_out_channels'", "3");
        wrong(
                root,
                "text_encoder",
                "\"num_attention_heads\": 2",
                "\"num_attention_heads\": 3",
                "'num_attention_heads'");
        wrong(root, "text_encoder", "\"vocab_size\": 639", "\"vocab_size\": 0", "'vocab_size'");
        wrong(root, "text_encoder", "\"CLIPTextModel\"", "\"T5EncoderModel\"", "'architectures'", "T5EncoderModel");
    }

    private static void wrong(Path root, String part, String before, String after, String... named) throws IOException {
        Path config = root.resolve(part).resolve("config.json");
        String whole = Files.readString(config);
        assertThat(whole).contains(before);
        Files.writeString(config, whole.replace(before, after));
        assertThatThrownBy(() -> DiffusersFolder.open(root).check())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("config.json")
                .hasMessageContainingAll(named);
        Files.writeString(config, whole);
    }

    @Test
    void damagedFoldersNameFileAndKey() throws Exception {
        Path root = miniature(folder);
        Path vae = root.resolve("vae").resolve("diffusion_pytorch_model.safetensors");
        Map<String, NDArray> whole = Weights.load(s, vae).map();
        damaged(vae, whole, m -> m.put("decoder.surprise", s.zeros(1)), root, "decoder.surprise");
        damaged(vae, whole, m -> m.remove("quant_conv.bias"), root, "quant_conv.bias");
        damaged(vae, whole, m -> m.put("quant_conv.bias", s.zeros(3)), root, "[3]");
        damaged(vae, whole, m -> m.put("quant_conv.bias", s.zeros(3)), root, "expects [8]");
        Files.delete(vae);
        assertThatThrownBy(() -> DiffusersFolder.open(root).vae(s))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no weights");
        Files.delete(root.resolve("unet").resolve("diffusion_pytorch_model-00002-of-00003.safetensors"));
        assertThatThrownBy(() -> DiffusersFolder.open(root).unet(s)).hasMessageContaining("00003");
        Path config = root.resolve("unet").resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"silu\"", "\"sine\""));
        assertThatThrownBy(() -> DiffusersFolder.open(root).unet(s))
                .hasMessageContaining("config.json")
                .hasMessageContaining("act_fn");
        assertThatThrownBy(() -> DiffusersFolder.open(folder)).hasMessageContaining("no folder of diffusers");
    }

    private void damaged(
            Path file, Map<String, NDArray> whole, Consumer<Map<String, NDArray>> damage, Path root, String named)
            throws IOException {
        Map<String, NDArray> other = new LinkedHashMap<>(whole);
        damage.accept(other);
        SafeTensorsWriter.FLOAT.write(file, other, Map.of());
        assertThatThrownBy(() -> DiffusersFolder.open(root).vae(s))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(named);
    }

    @Test
    void singleFilesHoldTheSame() throws Exception {
        Path root = miniature(folder);
        StableDiffusion wanted = DiffusersFolder.open(root).all(s);
        Path first = Fixture.file("single_sd1.safetensors", folder);
        SingleFile one = SingleFile.open(
                first,
                wanted.unet().config(),
                wanted.vae().config(),
                wanted.text().config(),
                null,
                null);
        same(one.unet(s).parameters(), wanted.unet().parameters(), 0);
        same(one.vae(s).parameters(), wanted.vae().parameters(), 0);
        same(one.text(s).parameters(), wanted.text().parameters(), 0);
        assertThat(one.scheduler().schedule().prediction()).isEqualTo(Prediction.NOISE);
        // version 2 is stored in half precision here, its text encoder as OpenCLIP has it
        Path second = Fixture.file("single_sd2.safetensors", folder);
        SingleFile two = SingleFile.open(
                second,
                wanted.unet().config(),
                wanted.vae().config(),
                wanted.text().config(),
                Prediction.VELOCITY,
                DiffusersFolder.open(root));
        same(two.unet(s).parameters(), wanted.unet().parameters(), 1e-3);
        same(two.vae(s).parameters(), wanted.vae().parameters(), 1e-3);
        same(two.text(s).parameters(), wanted.text().parameters(), 1e-3);
        String words = "a photo of a smiling face";
        assertThat(two.tokenizer().encode(words)).isEqualTo(wanted.tokenizer().encode(words));
        assertThat(two.scheduler().schedule().prediction()).isEqualTo(Prediction.VELOCITY);
        assertThatThrownBy(() -> SingleFile.open(second, null)).hasMessageContaining("768");
        Map<String, NDArray> more = new LinkedHashMap<>(Weights.load(s, first).map());
        more.put("model.diffusion_model.surprise", s.zeros(1));
        SafeTensorsWriter.FLOAT.write(first, more, Map.of());
        assertThatThrownBy(() -> SingleFile.open(
                        first,
                        wanted.unet().config(),
                        wanted.vae().config(),
                        wanted.text().config(),
                        null,
                        null))
                .hasMessageContaining("model.diffusion_model.surprise")
                .hasMessageContaining("single_sd1");
        more.remove("model.diffusion_model.surprise");
        more.remove("first_stage_model.decoder.conv_in.bias");
        SafeTensorsWriter.FLOAT.write(first, more, Map.of());
        SingleFile lacking = SingleFile.open(
                first,
                wanted.unet().config(),
                wanted.vae().config(),
                wanted.text().config(),
                null,
                null);
        assertThatThrownBy(() -> lacking.vae(s)).hasMessageContaining("first_stage_model.decoder.conv_in.bias");
    }

    private static void same(Map<String, NDArray> is, Map<String, NDArray> wanted, double tolerance) {
        assertThat(is.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((name, t) -> {
            assertThat(is.get(name).getShape()).as(name).isEqualTo(t.getShape());
            assertThat(Toy.difference(is.get(name), t)).as(name).isLessThanOrEqualTo(tolerance);
        });
    }

    @Test
    void keysOfFullSizeTellTheSizes() throws Exception {
        JsonObject all = JsonParser.parseString(Files.readString(Fixture.file("single_keys.json", folder)))
                .getAsJsonObject();
        for (Map.Entry<String, UNetConfig> each : Map.of(
                        "sd15", UNetConfig.stableDiffusion15(), "sd21", UNetConfig.stableDiffusion21())
                .entrySet()) {
            Map<String, long[]> keys = keys(all.getAsJsonObject(each.getKey()));
            keys.putAll(keys(all.getAsJsonObject("vae")));
            boolean second = each.getKey().equals("sd21");
            assertThat(SingleFile.sizes(keys)).isEqualTo(each.getValue());
            assertThat(SingleFile.keys(each.getValue(), VaeConfig.stableDiffusion()))
                    .as("second version: " + second)
                    .isEqualTo(keys.keySet());
        }
    }

    private static Map<String, long[]> keys(JsonObject json) {
        Map<String, long[]> keys = new LinkedHashMap<>();
        json.entrySet().forEach(e -> {
            JsonArray shape = e.getValue().getAsJsonArray();
            keys.put(
                    e.getKey(),
                    shape.asList().stream().mapToLong(JsonElement::getAsLong).toArray());
        });
        return keys;
    }
}
