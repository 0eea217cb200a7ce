// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.SafeTensors;
import org.junit.jupiter.api.Test;

/** Our text encoder and tokenizer against those of transformers. */
class ClipTest extends OnCpu {
    @Test
    void firstVersion() throws Exception {
        same("clip_sd1.safetensors", "");
    }

    @Test
    void secondVersionWithProjection() throws Exception {
        same("clip_sd2.safetensors", "\"architectures\": [\"CLIPTextModelWithProjection\"], ");
    }

    private void same(String name, String more) throws Exception {
        ClipConfig config;
        try (SafeTensors in = SafeTensors.open(Fixture.file(name, folder))) {
            config = ClipConfig.read("{" + more + in.metadata().get("config").substring(1));
        }
        Fixture f = Fixture.tensors(name, s, folder);
        ClipText clip = ClipText.of(config, f.weights());
        assertThat(clip.parameters()).hasSameSizeAs(f.weights());
        float[] ids = f.get("ids").toFloatArray();
        long[][] tokens = new long[3][ids.length / 3];
        for (int i = 0; i < ids.length; i++) {
            tokens[i / tokens[0].length][i % tokens[0].length] = (long) ids[i];
        }
        ClipText.Output out = clip.encode(s, tokens, 0);
        near(out.states(), f.get("last"));
        near(out.pooled(), f.get("pooled"));
        for (int skip = 1; skip <= 2; skip++) {
            near(clip.encode(s, tokens, skip).states(), f.get("skip" + skip));
            near(clip.encode(s, tokens, skip).raw(), f.get("raw" + skip));
        }
        assertThat(Toy.difference(f.get("skip1"), f.get("last"))).isGreaterThan(1e-2);
        tokens[1][3] = config.vocabulary();
        assertThatThrownBy(() -> clip.encode(s, tokens, 0)).hasMessageContaining("outside its vocabulary");
        assertThatThrownBy(() -> clip.encode(s, tokens, config.layers() + 1)).hasMessageContaining("left out");
        Map<String, NDArray> wrong = new HashMap<>(f.weights());
        wrong.keySet().removeIf(key -> key.endsWith("layers.1.mlp.fc2.bias"));
        assertThatThrownBy(() -> ClipText.of(config, wrong)).hasMessageContaining("layers.1.mlp.fc2.bias");
    }

    private static void near(NDArray is, NDArray wanted) {
        assertThat(Toy.difference(is, wanted)).isLessThan(2e-5);
    }

    @Test
    void sizesAreStableDiffusions() {
        assertThat(count(ClipConfig.stableDiffusion15())).isEqualTo(123_060_480);
        assertThat(count(ClipConfig.stableDiffusion21())).isEqualTo(340_387_840);
    }

    private static long count(ClipConfig config) {
        return ClipText.shapes(config).values().stream()
                .mapToLong(shape -> java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }

    private Path tokenizer(String name) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        for (String file : List.of(
                "vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json", "expected.json")) {
            Files.move(Fixture.file(name + "/" + file, folder), target.resolve(file));
        }
        return target;
    }

    @Test
    void tokensEqualTheReference() throws Exception {
        for (String name : List.of("tokenizer_sd1", "tokenizer_sd2")) {
            Path at = tokenizer(name);
            ClipTokenizer tokenizer = ClipTokenizer.read(at, 77);
            JsonObject expected = JsonParser.parseString(Files.readString(at.resolve("expected.json")))
                    .getAsJsonObject();
            JsonArray texts = expected.getAsJsonArray("texts");
            assertThat(texts.size()).isGreaterThan(10);
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i).getAsString();
                long[] ids = expected.getAsJsonArray("ids").get(i).getAsJsonArray().asList().stream()
                        .mapToLong(e -> e.getAsLong())
                        .toArray();
                assertThat(tokenizer.encode(text)).as(name + ": " + text).isEqualTo(ids);
            }
        }
    }

    @Test
    void damagedTokenizersAreNamed() throws Exception {
        Path at = tokenizer("tokenizer_sd1");
        Map<String, String> damage = Map.of(
                "{\"a\": 1", "not valid JSON",
                "[1]", "pieces and their numbers",
                "{\"a\": \"x\"}", "pieces and their numbers",
                "{\"a\": 1}", "<|startoftext|>",
                "{\"a\": -1}", "outside",
                "{\"a\": 1, \"a\": 2}", "twice");
        for (Map.Entry<String, String> each : damage.entrySet()) {
            Files.writeString(at.resolve("vocab.json"), each.getKey());
            assertThatThrownBy(() -> ClipTokenizer.read(at, 77))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("vocab.json")
                    .hasMessageContaining(each.getValue());
        }
        Path whole = tokenizer("tokenizer_sd2");
        Files.writeString(whole.resolve("merges.txt"), "#version: 0.2\na b\na b c\n");
        assertThatThrownBy(() -> ClipTokenizer.read(whole, 77)).hasMessageContaining("line 3");
        Files.delete(whole.resolve("merges.txt"));
        assertThatThrownBy(() -> ClipTokenizer.read(whole, 77)).hasMessageContaining("merges.txt");
    }
}
