// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the alphas of a LoRA stand: beside a pair, else in the file's metadata or PEFT's configuration. */
final class LoraAlphas {
    private static final String PEFT = "adapter_config.json";
    private static final long MAX_CONFIG = 1 << 20;

    private final Path file;
    private final JsonObject settings;
    private final boolean prefixed;
    private final Map<LoraNames.Key, Double> given = new HashMap<>();

    private LoraAlphas(Path file, JsonObject settings, boolean prefixed) {
        this.file = file;
        this.settings = settings;
        this.prefixed = prefixed;
    }

    /**
     * @param metadata what diffusers wrote into the file, or null
     */
    static LoraAlphas of(Path file, String metadata) throws IOException {
        Path peft = file.resolveSibling(PEFT);
        if (metadata == null && Files.isRegularFile(peft) && Files.size(peft) <= MAX_CONFIG) {
            return new LoraAlphas(file, parse(peft.toString(), Files.readString(peft)), false);
        }
        JsonObject settings = metadata == null ? new JsonObject() : parse(file + ": its metadata", metadata);
        return new LoraAlphas(file, settings, true);
    }

    private static JsonObject parse(String where, String text) throws IOException {
        try {
            JsonElement e = JsonParser.parseString(text);
            return e.isJsonObject() ? e.getAsJsonObject() : new JsonObject();
        } catch (JsonParseException | StackOverflowError e) {
            throw new IOException(where + " is not valid JSON", e);
        }
    }

    /** An alpha that stands beside a pair. */
    void put(LoraNames.Key module, double alpha) {
        given.put(module, alpha);
    }

    /** The alpha of a module, multiplied so that divided by the rank it gives the scale that was trained with. */
    double of(LoraNames.Key key, long rank) throws IOException {
        if (given.containsKey(key)) {
            return given.get(key);
        }
        String prefix = !prefixed ? "" : key.text() ? "text_encoder." : "unet.";
        try {
            JsonElement all = settings.get(prefix + "lora_alpha");
            double alpha = all == null || all.isJsonNull() ? rank : all.getAsDouble();
            JsonElement pattern = settings.get(prefix + "alpha_pattern");
            if (pattern != null && pattern.isJsonObject()) {
                for (Map.Entry<String, JsonElement> each :
                        pattern.getAsJsonObject().entrySet()) {
                    if (matches(each.getKey(), key.module())) {
                        alpha = each.getValue().getAsDouble();
                        break;
                    }
                }
            }
            JsonElement stabilised = settings.get(prefix + "use_rslora");
            boolean root = stabilised != null && !stabilised.isJsonNull() && stabilised.getAsBoolean();
            return root ? alpha * Math.sqrt(rank) : alpha;
        } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
            throw new IOException(file + ": an alpha in its settings is no number: " + e.getMessage(), e);
        }
    }

    /** Whether a pattern names a module by its end, as PEFT has it; patterns of real files are plain names. */
    private static boolean matches(String pattern, String module) {
        String plain = pattern.startsWith("^") ? pattern.substring(1) : pattern;
        return module.equals(plain) || module.endsWith("." + plain);
    }
}
