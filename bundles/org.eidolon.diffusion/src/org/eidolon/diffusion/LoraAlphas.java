// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the alphas of a LoRA stand: beside a pair, else in the file's metadata or PEFT's configuration. */
final class LoraAlphas {
    private static final String PEFT = "adapter_config.json";
    private static final long MAX_CONFIG = 1 << 20;

    /** More modules than any network here has. */
    private static final int MAX_PATTERNS = 10_000;

    /** What settings say of one network; without an alpha it is the rank. */
    private record Settings(Double alpha, Map<String, String> patterns, boolean stabilised) {}

    private final Path file;
    private final Settings text;
    private final Settings unet;
    private final Map<LoraNames.Key, Double> given = new HashMap<>();

    private LoraAlphas(Path file, Settings text, Settings unet) {
        this.file = file;
        this.text = text;
        this.unet = unet;
    }

    /**
     * @param metadata what diffusers wrote into the file, or null
     */
    static LoraAlphas of(Path file, String metadata) throws IOException {
        Path peft = file.resolveSibling(PEFT);
        if (metadata == null && Files.isRegularFile(peft) && Files.size(peft) <= MAX_CONFIG) {
            ConfigJson json = parse(peft.toString(), Files.readString(peft));
            Settings both = settings(file, json, "");
            return new LoraAlphas(file, both, both);
        }
        if (metadata != null && metadata.length() > MAX_CONFIG) {
            throw new IOException(file + ": its metadata has more than " + MAX_CONFIG + " letters of settings");
        }
        ConfigJson json = parse(file + ": its metadata", metadata == null ? "{}" : metadata);
        return new LoraAlphas(file, settings(file, json, "text_encoder."), settings(file, json, "unet."));
    }

    private static ConfigJson parse(String where, String text) throws IOException {
        try {
            return ConfigJson.parse(where, text);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Settings settings(Path file, ConfigJson json, String prefix) throws IOException {
        try {
            ConfigJson pattern = json.object(prefix + "alpha_pattern");
            return new Settings(
                    json.has(prefix + "lora_alpha") ? json.number(prefix + "lora_alpha", 0) : null,
                    pattern == null ? Map.of() : pattern.all(MAX_PATTERNS),
                    json.flag(prefix + "use_rslora", false));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": an alpha in its settings is no number: " + e.getMessage(), e);
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
        Settings settings = key.text() ? text : unet;
        try {
            double alpha = settings.alpha() == null ? rank : settings.alpha();
            for (Map.Entry<String, String> each : settings.patterns().entrySet()) {
                if (matches(each.getKey(), key.module())) {
                    alpha = Double.parseDouble(each.getValue());
                    break;
                }
            }
            return settings.stabilised() ? alpha * Math.sqrt(rank) : alpha;
        } catch (NumberFormatException e) {
            throw new IOException(file + ": an alpha in its settings is no number: " + e.getMessage(), e);
        }
    }

    /** Whether a pattern names a module by its end, as PEFT has it; patterns of real files are plain names. */
    private static boolean matches(String pattern, String module) {
        String plain = pattern.startsWith("^") ? pattern.substring(1) : pattern;
        return module.equals(plain) || module.endsWith("." + plain);
    }
}
