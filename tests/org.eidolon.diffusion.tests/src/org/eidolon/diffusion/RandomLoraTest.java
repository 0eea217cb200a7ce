// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eidolon.torch.SafeTensorsWriter;
import org.junit.jupiter.api.Test;

/** LoraConfigs of PEFT drawn at random: the scale of each pair is the reference's, or the setting is refused by its name. */
class RandomLoraTest extends OnCpu {
    @Test
    void scalesEqualTheReferenceOrSettingsAreRefused() throws Exception {
        int equal = 0, refused = 0, changed = 0;
        for (JsonElement each : RandomConfigs.cases("random_lora.json", folder)) {
            JsonObject drawn = each.getAsJsonObject();
            JsonObject config = drawn.getAsJsonObject("config");
            JsonObject modules = drawn.has("error") ? new JsonObject() : drawn.getAsJsonObject("modules");
            boolean peft = drawn.get("layout").getAsString().equals("peft");
            Path file = written(config, modules, peft);
            Predicate<String> named = message ->
                    config.keySet().stream().anyMatch(key -> message.contains(peft ? "'" + key : "'unet." + key));
            try {
                Lora lora = LoraFile.load(s, file);
                assertThat(drawn.has("error") || drawn.get("changed").getAsBoolean())
                        .as("read, and the reference changes the network or fails: %s", drawn)
                        .isEqualTo(drawn.has("error"));
                modules.entrySet().forEach(module -> {
                    Lora.Adapter pair = lora.modules().get(module.getKey());
                    double scale =
                            module.getValue().getAsJsonObject().get("scale").getAsDouble();
                    assertThat(pair.alpha() / pair.rank())
                            .as("%s of %s", module.getKey(), config)
                            .isCloseTo(scale, within(1e-9 * Math.abs(scale)));
                });
                equal += drawn.has("error") ? 0 : 1;
            } catch (IOException e) {
                assertThat(e.getMessage()).as("%s", drawn).matches(named);
                refused += drawn.has("error") ? 0 : 1;
                changed += !drawn.has("error") && drawn.get("changed").getAsBoolean() ? 1 : 0;
            }
        }
        assertThat(equal).isGreaterThan(2 * (refused - changed));
        assertThat(changed).as("of those that change the network's own weights").isPositive();
    }

    /** A file as PEFT or diffusers would write it. */
    private Path written(JsonObject config, JsonObject modules, boolean peft) throws IOException {
        Map<String, NDArray> tensors = new HashMap<>();
        modules.entrySet().forEach(each -> {
            int rank = each.getValue().getAsJsonObject().get("rank").getAsInt();
            String name = (peft ? "base_model.model." : "unet.") + each.getKey();
            tensors.put(name + ".lora_A.weight", s.zeros(rank, 1));
            tensors.put(name + ".lora_B.weight", s.zeros(1, rank));
        });
        if (tensors.isEmpty()) {
            tensors.put((peft ? "base_model.model." : "unet.") + "any.to_q.lora_A.weight", s.zeros(8, 1));
            tensors.put((peft ? "base_model.model." : "unet.") + "any.to_q.lora_B.weight", s.zeros(1, 8));
        }
        Path file = folder.resolve("adapter_model.safetensors");
        Files.writeString(folder.resolve("adapter_config.json"), peft ? config.toString() : "{\"r\": 77}");
        JsonObject metadata = new JsonObject();
        config.entrySet().forEach(e -> metadata.add("unet." + e.getKey(), e.getValue()));
        SafeTensorsWriter.FLOAT.write(
                file, tensors, peft ? Map.of() : Map.of("lora_adapter_metadata", metadata.toString()));
        return file;
    }
}
