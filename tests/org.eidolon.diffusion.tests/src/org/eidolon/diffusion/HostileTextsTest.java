// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.diffusion.HostileWeightsTest.many;
import static org.eidolon.diffusion.HostileWeightsTest.name;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Consumer;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokenizers and configurations that were made to take memory, each with what it takes, as a multiple of the files. */
class HostileTextsTest {
    private static final int SIZE = 1 << 20;
    private static final String ENDS = "\"<|startoftext|>\":1,\"<|endoftext|>\":2";
    private static final String LONG = "\u20ac" + "a".repeat(SIZE);

    @TempDir
    Path folder;

    private String tokenizer(double factor, String vocabulary, String merges, String special) throws IOException {
        long size = 0;
        String[] texts = {vocabulary, merges, special};
        String[] names = {"vocab.json", "merges.txt", "special_tokens_map.json"};
        for (int i = 0; i < names.length; i++) {
            Files.writeString(folder.resolve(names[i]), texts[i]);
            size += texts[i].getBytes(StandardCharsets.UTF_8).length;
        }
        return Reserved.atMost(factor, Reserved.SMALL, size, "a tokenizer", () -> ClipTokenizer.read(folder, 77));
    }

    @Test
    void vocabularies() throws IOException {
        String all = many(SIZE, i -> name(i) + ":1");
        assertThat(tokenizer(1.4, "{" + ENDS + "," + all + "}", "", "{}")).isEmpty();
        assertThat(tokenizer(1.4, "{" + ENDS + "," + all + "," + name(7) + ":1}", "", "{}"))
                .contains("'7' stands there twice");
        assertThat(tokenizer(1.7, "{" + many(SIZE, i -> "\"\":1") + "}", "", "{}"))
                .contains("twice");
        assertThat(tokenizer(0, "{\"" + LONG + "\":1}", "", "{}")).contains("aaa…' is longer than");
        assertThat(tokenizer(0, "{\"a\":" + "1".repeat(SIZE) + "}", "", "{}")).contains("a number that is too large");
        assertThat(tokenizer(0, "{\"a\":" + "[".repeat(SIZE), "", "{}")).contains("expected a whole number");
    }

    @Test
    void merges() throws IOException {
        String vocabulary = "{" + ENDS + "}";
        assertThat(tokenizer(2, vocabulary, "a b\n".repeat(SIZE / 4), "{}")).isEmpty();
        String pairs = many(SIZE, i -> Integer.toString(i, 36) + " b").replace(',', '\n');
        assertThat(tokenizer(1.7, vocabulary, pairs, "{}")).isEmpty();
        assertThat(tokenizer(1, vocabulary, "\n".repeat(SIZE), "{}")).isEmpty();
        assertThat(tokenizer(1, vocabulary, "a".repeat(SIZE) + " b", "{}")).isEmpty();
        assertThat(tokenizer(1, vocabulary, " ".repeat(SIZE) + "b", "{}")).contains("line 1");
    }

    @Test
    void specialTokens() throws IOException {
        String vocabulary = "{" + ENDS + "}";
        assertThat(tokenizer(1, vocabulary, "", "{\"model_input_names\":[" + many(SIZE, i -> "1") + "]}"))
                .isEmpty();
        assertThat(tokenizer(1, vocabulary, "", "{" + many(SIZE, i -> name(i) + ":null") + "}"))
                .isEmpty();
        assertThat(tokenizer(1, vocabulary, "", "{\"pad_token\":\"" + LONG + "\"}"))
                .contains("'pad_token' must be a token");
        assertThat(tokenizer(1, vocabulary, "", "{\"pad_token\":{\"content\":\"" + LONG + "\"}}"))
                .contains("up to 400 letters");
    }

    /** Reads a text as each of the four configurations. */
    private static void configuration(String text, String wrong) {
        long size = text.getBytes(StandardCharsets.UTF_8).length;
        StringBuilder errors = new StringBuilder();
        for (Consumer<String> reader : java.util.List.<Consumer<String>>of(
                DiffusersConfig::read,
                VaeConfig::read,
                ClipConfig::read,
                t -> SchedulerConfig.read(t).sampler(SchedulerConfig.Method.DPM_SOLVER, 7, 0))) {
            errors.append(Reserved.atMost(1, Reserved.SMALL, size, "a configuration", () -> reader.accept(text)));
        }
        assertThat(errors.toString()).contains(wrong);
    }

    @Test
    void configurations() {
        int size = SIZE / 4;
        String text = LONG.substring(0, size);
        configuration("{\"a\":[" + many(size, i -> "1") + "]}", "");
        configuration("{" + many(size, i -> name(i) + ":1") + "}", "");
        configuration("{\"act_fn\":\"" + text + "\"}", "aaa…");
        configuration("{\"beta_schedule\":[\"" + text + "\"]}", "aaa…");
        configuration("{\"block_out_channels\":[" + many(size, i -> "1") + "]}", "a list of up to 16");
        configuration("{\"norm_eps\":1" + "0".repeat(size) + "}", "must be a number");
        configuration("{\"a\":" + "[".repeat(size), "nested too deeply");
    }

    /** What a configuration makes is bounded by sense, whatever its length. */
    @Test
    void networksOfManyBlocks() {
        String deep = "{\"block_out_channels\":" + Collections.nCopies(4, 320) + ",\"layers_per_block\":64,"
                + "\"transformer_layers_per_block\":64}";
        configuration(deep, "at most 512 blocks, not 16640");
        String most = deep.replaceFirst("64", "4").replace(":64", ":31");
        Reserved.atMost(0, 64 << 20, 1, "a network", () -> UNet.shapes(DiffusersConfig.read(most)));
        String steps = "{\"num_train_timesteps\":100000}";
        Reserved.atMost(
                0, 32 << 20, 1, "a schedule", () -> SchedulerConfig.read(steps).sampler(7));
    }

    /** From a folder, where a text lies as bytes and as letters before it is read. */
    @Test
    void configurationsInFolders() throws IOException {
        Path file = Files.createDirectories(folder.resolve("unet")).resolve("config.json");
        Files.writeString(file, "{\"sample_size\":[" + many(SIZE - 100, i -> "1") + "]}");
        DiffusersFolder model = DiffusersFolder.open(folder);
        assertThat(Reserved.atMost(2, Reserved.SMALL, Files.size(file), "a configuration", model::unetConfig))
                .isEmpty();
    }
}
