// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What a LoraConfig of PEFT says of a network's pairs: the {@code adapter_config.json} beside an adapter of PEFT's, or the
 * settings that diffusers keeps in a LoRA's metadata. What it leaves out has PEFT's default. Each setting is done, or does
 * nothing to a LoRA that is trained, or is refused by its name.
 */
final class PeftConfig {
    /** More modules than any network here has. */
    private static final int MOST = 10_000;

    /** States of all patterns together that are more than names. */
    private static final int STATES = 1024;

    /** PEFT's default of rank and alpha. */
    private static final int USUAL = 8;

    /** Settings that are read below. */
    private static final List<String> READ = List.of(
            "r", "lora_alpha", "rank_pattern", "alpha_pattern", "use_rslora", "init_lora_weights", "peft_type", "bias");

    /** Settings of the training, of the library, of where pairs come from: a LoRA that is there is the same with any. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "task_type",
            "auto_mapping",
            "peft_version",
            "base_model_name_or_path",
            "revision",
            "inference_mode",
            "lora_dropout",
            "megatron_core",
            "runtime_config",
            "qalora_group_size",
            "eva_config",
            "ensure_weight_tying");

    /** Settings that change what is computed, none of which is done here. */
    private static final List<String> REFUSED = List.of(
            "fan_in_fan_out",
            "megatron_config",
            "trainable_token_indices",
            "corda_config",
            "lora_ga_config",
            "use_dora",
            "velora_config",
            "alora_invocation_tokens",
            "use_qalora",
            "monteclora_config",
            "layer_replication",
            "lora_bias",
            "use_bdlora",
            "arrow_config",
            "kasa_config");

    /** The same, where an empty one says nothing. */
    private static final List<String> REFUSED_UNLESS_EMPTY =
            List.of("modules_to_save", "layers_to_transform", "layers_pattern", "loftq_config", "target_parameters");

    /** Beginnings of a training that leave the network's own weights alone, and are gone once there are others. */
    private static final List<String> BEGINNINGS = List.of("true", "false", "gaussian", "eva", "orthogonal");

    private record Value(Predicate<String> modules, double value) {}

    private final ConfigJson json;
    private final String prefix;
    private final AtomicInteger budget = new AtomicInteger(STATES);
    private final double rank;
    private final double alpha;
    private final boolean stabilised;
    private final List<Value> ranks;
    private final List<Value> alphas;
    private final Predicate<String> targets;

    /**
     * @param prefix of all names, such as {@code unet.}, or empty
     * @param choosesModules whether the settings tell which modules take part; for diffusers the tensors do
     * @throws IllegalArgumentException naming the setting that is malformed or not supported
     */
    PeftConfig(ConfigJson json, String prefix, boolean choosesModules) {
        this.json = json;
        this.prefix = prefix;
        List<String> names = new ArrayList<>(List.of(prefix + "target_modules", prefix + "exclude_modules"));
        List.of(READ, WITHOUT_EFFECT, REFUSED, REFUSED_UNLESS_EMPTY)
                .forEach(all -> all.forEach(name -> names.add(prefix + name)));
        json.known(prefix, names);
        json.absent(REFUSED.stream().map(name -> prefix + name).toList());
        json.empty(REFUSED_UNLESS_EMPTY.stream().map(name -> prefix + name).toList());
        json.fixed(Map.of(prefix + "peft_type", "LORA", prefix + "bias", "none"));
        String begun = json.text(prefix + "init_lora_weights", "true");
        json.require(
                BEGINNINGS.contains(begun.toLowerCase(Locale.ROOT)),
                prefix + "init_lora_weights",
                "one of " + String.join(", ", BEGINNINGS) + ", not " + begun
                        + ", after which the network's own weights are others; have PEFT save a plain LoRA"
                        + " (path_initial_model_for_weight_conversion)");
        rank = json.number(prefix + "r", USUAL);
        alpha = json.number(prefix + "lora_alpha", USUAL);
        stabilised = json.flag(prefix + "use_rslora", false);
        ranks = patterns("rank_pattern");
        alphas = patterns("alpha_pattern");
        targets = choosesModules ? targets() : name -> true;
    }

    private List<Value> patterns(String name) {
        ConfigJson patterns = json.object(prefix + name);
        json.require(patterns != null || !json.has(prefix + name), prefix + name, "an object of patterns and numbers");
        List<Value> all = new ArrayList<>();
        if (patterns != null) {
            for (String pattern : patterns.all(MOST).keySet()) {
                all.add(new Value(pattern(name, pattern, false), patterns.number(pattern, USUAL)));
            }
        }
        return all;
    }

    private Predicate<String> pattern(String name, String pattern, boolean whole) {
        try {
            return whole ? ModulePattern.whole(pattern, budget) : ModulePattern.ending(pattern, budget);
        } catch (IllegalArgumentException e) {
            json.require(false, prefix + name, "patterns that are read here: " + e.getMessage());
            throw e;
        }
    }

    private Predicate<String> targets() {
        json.require(json.has("target_modules"), "target_modules", "there, as it tells which modules take part");
        Predicate<String> wanted = modules("target_modules");
        return json.has("exclude_modules")
                ? wanted.and(modules("exclude_modules").negate())
                : wanted;
    }

    /** Modules by the ends of their names, or by a pattern of whole ones. */
    private Predicate<String> modules(String name) {
        if (json.isList(name)) {
            List<String> ends = json.texts(name, MOST);
            Map<Integer, TreeSet<String>> byDots = new HashMap<>();
            ends.forEach(end ->
                    byDots.computeIfAbsent(dots(end), n -> new TreeSet<>()).add(end));
            return module -> byDots.entrySet().stream()
                    .anyMatch(each -> each.getValue().contains(lastParts(module, each.getKey() + 1)));
        }
        String pattern = json.text(name, "");
        // a word of PEFT's for all that it may reach
        return pattern.equals("all-linear") ? module -> true : pattern(name, pattern, true);
    }

    private static int dots(String name) {
        return (int) name.chars().filter(c -> c == '.').count();
    }

    private static String lastParts(String name, int parts) {
        int from = name.length();
        for (int i = 0; i < parts && from >= 0; i++) {
            from = name.lastIndexOf('.', from - 1);
        }
        return name.substring(from + 1);
    }

    /**
     * The alpha of a module, multiplied so that divided by the rank it gives the scale that was trained with.
     *
     * @param rank of its pair
     * @throws IllegalArgumentException where the settings are another file's: they leave the module out, or tell another
     *     rank
     */
    double alpha(String module, long rank) {
        json.require(
                targets.test(module),
                "target_modules",
                "such that they name '" + module + "', whose pair is there; are these the settings of another file?");
        double told = first(ranks, module, this.rank);
        json.require(
                told == rank,
                prefix + (told == this.rank ? "r" : "rank_pattern"),
                rank + " for '" + module + "', as its pair is, not " + told
                        + "; are these the settings of another file?");
        return first(alphas, module, alpha) * (stabilised ? Math.sqrt(rank) : 1);
    }

    private static double first(List<Value> values, String module, double otherwise) {
        for (Value each : values) {
            if (each.modules().test(module)) {
                return each.value();
            }
        }
        return otherwise;
    }
}
