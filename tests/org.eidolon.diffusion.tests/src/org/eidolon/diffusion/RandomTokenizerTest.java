// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of CLIP's tokenizer drawn at random: the numbers of texts are the reference's, or what is not read is named. */
class RandomTokenizerTest {
    /** What tells that something is not read. */
    private static final List<String> NAMED = List.of(
            "'do_lower_case'",
            "'padding_side'",
            "'truncation_side'",
            "'split_special_tokens'",
            "'normalizer'",
            "'dropout'",
            "are read alike",
            "__type",
            "is said to have the number");

    @TempDir
    Path folder;

    @Test
    void numbersEqualTheReferenceOrFoldersAreRefused() throws Exception {
        int equal = 0, refused = 0;
        for (JsonElement each : RandomConfigs.cases("random_tokenizer.json", folder)) {
            JsonObject drawn = each.getAsJsonObject();
            Path at = Files.createTempDirectory(folder, "tokenizer");
            write(drawn, at);
            try {
                ClipTokenizer tokenizer = ClipTokenizer.read(at, 77);
                assertThat(drawn.has("error"))
                        .as("read, and the reference fails: %s", drawn)
                        .isFalse();
                JsonArray texts = drawn.getAsJsonArray("texts");
                for (int i = 0; i < texts.size(); i++) {
                    long[] ids = drawn.getAsJsonArray("ids").get(i).getAsJsonArray().asList().stream()
                            .mapToLong(JsonElement::getAsLong)
                            .toArray();
                    assertThat(tokenizer.encode(texts.get(i).getAsString()))
                            .as("'%s' by %s", texts.get(i).getAsString(), drawn.get("files"))
                            .isEqualTo(ids);
                }
                equal++;
            } catch (IOException e) {
                assertThat(NAMED).as("%s for %s", e.getMessage(), drawn).anyMatch(e.getMessage()::contains);
                refused++;
            }
        }
        assertThat(equal).isGreaterThan(2 * refused);
    }

    private void write(JsonObject drawn, Path at) throws IOException {
        String vocabulary = Files.readString(Fixture.file("tokenizer_sd1/vocab.json", folder));
        String merges = Files.readString(Fixture.file("tokenizer_sd1/merges.txt", folder));
        JsonObject files = drawn.getAsJsonObject("files");
        if (drawn.get("apart").getAsBoolean()) {
            Files.writeString(at.resolve("vocab.json"), vocabulary);
            Files.writeString(at.resolve("merges.txt"), merges);
        }
        for (String name : files.keySet()) {
            JsonObject json = files.getAsJsonObject(name);
            if (name.equals("tokenizer.json")) {
                json.getAsJsonObject("model").add("vocab", JsonParser.parseString(vocabulary));
                JsonArray pairs = new JsonArray();
                merges.lines().skip(1).forEach(line -> {
                    JsonArray pair = new JsonArray();
                    pair.add(line.split(" ")[0]);
                    pair.add(line.split(" ")[1]);
                    // both forms have been written
                    pairs.add(
                            pairs.size() % 2 == 0
                                    ? pair
                                    : JsonParser.parseString("\"" + line.replace("\"", "\\\"") + "\""));
                });
                json.getAsJsonObject("model").add("merges", pairs);
            }
            Files.writeString(at.resolve(name), json.toString());
        }
    }
}
