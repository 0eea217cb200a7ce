// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.hub;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eidolon.models.ModelException;

/** Which files of a repository are wanted: repositories hold the same weights in several forms. */
public final class HubChoice {
    private static final List<String> PARTS = List.of("unet", "vae", "text_encoder");
    private static final List<String> SMALL = List.of(
            "model_index.json",
            "tokenizer/tokenizer.json",
            "tokenizer/vocab.json",
            "tokenizer/merges.txt",
            "tokenizer/special_tokens_map.json",
            "tokenizer/tokenizer_config.json",
            "tokenizer/added_tokens.json",
            "scheduler/scheduler_config.json");

    private HubChoice() {}

    /**
     * The files of a Stable Diffusion in the layout of diffusers: each part's configuration and one form of its weights
     * (safetensors before archives, full before half precision), or the one file that is named.
     *
     * @param file a file of the repository, or null
     * @throws ModelException when the repository has no such file, or is no Stable Diffusion
     */
    public static Set<String> of(HubListing listing, String file) {
        Set<String> all = new TreeSet<>();
        listing.files().forEach(f -> all.add(f.path()));
        if (file != null) {
            if (!all.contains(file)) {
                throw new ModelException(listing.repository() + " has no file '" + file + "'. It has: " + some(all));
            }
            // an adapter of PEFT's means nothing without its settings
            String settings = file.substring(0, file.lastIndexOf('/') + 1) + "adapter_config.json";
            return all.contains(settings) ? Set.of(file, settings) : Set.of(file);
        }
        Set<String> chosen = new TreeSet<>();
        for (String part : PARTS) {
            if (all.contains(part + "/config.json")) {
                chosen.add(part + "/config.json");
                chosen.addAll(weights(listing, all, part));
            }
        }
        if (chosen.isEmpty()) {
            throw new ModelException(
                    listing.repository() + " is no Stable Diffusion in the layout of diffusers: name one"
                            + " of its files with --file. It has: " + some(all));
        }
        SMALL.stream().filter(all::contains).forEach(chosen::add);
        return chosen;
    }

    private static List<String> weights(HubListing listing, Set<String> all, String part) {
        boolean text = part.equals("text_encoder");
        List<String> stems = List.of(text ? "model" : "diffusion_pytorch_model");
        List<String> archives =
                text ? List.of("pytorch_model", "model") : List.of("diffusion_pytorch_model", "pytorch_model");
        for (String type : List.of("safetensors", "bin")) {
            for (String stem : type.equals("bin") ? archives : stems) {
                for (String variant : List.of("", ".fp16", ".bf16")) {
                    List<String> found = form(all, part + "/" + stem, variant, type);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        throw new ModelException(listing.repository() + ": its part '" + part + "' has no weights that are read here");
    }

    /** One file, or the shards of it under their names of today or those of before. */
    private static List<String> form(Set<String> all, String stem, String variant, String type) {
        if (all.contains(stem + variant + "." + type)) {
            return List.of(stem + variant + "." + type);
        }
        String numbers = "-\\d{5}-of-\\d{5}";
        for (String name : List.of(
                Pattern.quote(stem + variant) + numbers + Pattern.quote("." + type),
                Pattern.quote(stem) + numbers + Pattern.quote(variant + "." + type))) {
            List<String> shards = all.stream().filter(f -> f.matches(name)).toList();
            if (!shards.isEmpty()) {
                return shards;
            }
        }
        return List.of();
    }

    private static String some(Set<String> all) {
        List<String> first = all.stream()
                .filter(f -> f.matches(".*\\.(safetensors|bin|ckpt|pt|json|txt|onnx)"))
                .limit(20)
                .toList();
        return String.join(", ", first) + (all.size() > first.size() ? ", …" : "");
    }
}
