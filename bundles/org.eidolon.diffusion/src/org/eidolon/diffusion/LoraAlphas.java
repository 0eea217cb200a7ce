// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the alphas of a LoRA stand: beside a pair (kohya), in the file's metadata (diffusers), or in the configuration
 * beside an adapter of PEFT's. Where none of them is, an alpha equals its rank.
 */
final class LoraAlphas {
    /** PEFT's configuration, which lies beside the weights. */
    static final String PEFT = "adapter_config.json";

    private static final long MAX_CONFIG = 1 << 20;
    private static final String TEXT = "text_model.";

    private final Path file;
    private final boolean peft;
    private final PeftConfig text;
    private final PeftConfig unet;
    private final Map<LoraNames.Key, Double> given = new HashMap<>();

    private LoraAlphas(Path file, boolean peft, PeftConfig text, PeftConfig unet) {
        this.file = file;
        this.peft = peft;
        this.text = text;
        this.unet = unet;
    }

    /**
     * @param metadata what diffusers wrote into the file, or null
     * @param peft whether the file's names are PEFT's; the settings of any other lie in itself
     */
    static LoraAlphas of(Path file, String metadata, boolean peft) throws IOException {
        if (peft) {
            Path beside = file.resolveSibling(PEFT);
            PeftConfig both = null;
            if (Files.isRegularFile(beside)) {
                if (Files.size(beside) > MAX_CONFIG) {
                    throw new IOException(beside + ": larger than " + MAX_CONFIG + " bytes, which no configuration is");
                }
                both = read(beside.toString(), Files.readString(beside), "", true);
            }
            return new LoraAlphas(file, true, both, both);
        }
        if (metadata == null) {
            return new LoraAlphas(file, false, null, null);
        }
        if (metadata.length() > MAX_CONFIG) {
            throw new IOException(file + ": its metadata has more than " + MAX_CONFIG + " letters of settings");
        }
        String where = file + ": its metadata";
        return new LoraAlphas(
                file, false, read(where, metadata, "text_encoder.", false), read(where, metadata, "unet.", false));
    }

    private static PeftConfig read(String where, String text, String prefix, boolean choosesModules)
            throws IOException {
        try {
            return new PeftConfig(ConfigJson.parse(where, text), prefix, choosesModules);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** An alpha that stands beside a pair. */
    void put(LoraNames.Key module, double alpha) {
        given.put(module, alpha);
    }

    /**
     * The alpha of a module, multiplied so that divided by the rank it gives the scale that was trained with.
     *
     * @throws IOException when the file does not tell it, or tells two
     */
    double of(LoraNames.Key key, long rank) throws IOException {
        PeftConfig config = key.text() ? text : unet;
        if (!given.isEmpty() && config != null) {
            throw new IOException(file + ": has alphas beside its pairs, and settings that tell others: keep one");
        }
        if (!given.isEmpty()) {
            Double alpha = given.get(key);
            if (alpha == null) {
                throw new IOException(file + ": '" + key.module() + "' has no alpha, and other modules have one: what"
                        + " is meant is not known; write each module's alpha");
            }
            return alpha;
        }
        if (peft && config == null) {
            throw new IOException(file + ": is an adapter of PEFT's, whose alpha stands in " + PEFT + ", and "
                    + file.resolveSibling(PEFT)
                    + " is missing: put it there; of weights that were added without it, add"
                    + " them anew");
        }
        return config == null ? rank : of(config, key, rank);
    }

    private double of(PeftConfig config, LoraNames.Key key, long rank) throws IOException {
        try {
            double alpha = config.alpha(key.module(), rank);
            // newer versions of transformers leave this out of the names that patterns are held against
            String other = key.module().startsWith(TEXT) ? key.module().substring(TEXT.length()) : key.module();
            if (alpha != config.alpha(other, rank)) {
                throw new IOException(file + ": the patterns of its settings mean '" + key.module() + "' with '" + TEXT
                        + "' and not without, or without and not with, so that versions of transformers differ in it");
            }
            return alpha;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
