// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.TensorFile;

/**
 * LoRAs on disk. Written in the layout that diffusers and PEFT share: {@code unet.MODULE.lora_A.weight} and
 * {@code .lora_B.weight}, alpha in the metadata; read in this and in others'.
 */
public final class LoraFile {
    private static final String METADATA = "lora_adapter_metadata";

    /** What follows a module's name in the names of its two tensors. */
    public static final String DOWN = ".lora_A.weight", UP = ".lora_B.weight";

    private LoraFile() {}

    /** Writes a LoRA; diffusers' {@code load_lora_weights} reads it. */
    public static void save(Lora lora, Path file) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        JsonObject adapter = new JsonObject();
        JsonObject ranks = new JsonObject();
        JsonObject alphas = new JsonObject();
        lora.modules().forEach((module, pair) -> {
            tensors.put("unet." + module + DOWN, pair.a());
            tensors.put("unet." + module + UP, pair.b());
            ranks.addProperty(module, pair.rank());
            alphas.addProperty(module, pair.alpha());
        });
        Lora.Adapter first = lora.modules().values().iterator().next();
        adapter.addProperty("unet.r", first.rank());
        adapter.addProperty("unet.lora_alpha", first.alpha());
        adapter.add("unet.rank_pattern", ranks);
        adapter.add("unet.alpha_pattern", alphas);
        JsonArray modules = new JsonArray();
        lora.modules().keySet().forEach(modules::add);
        adapter.add("unet.target_modules", modules);
        SafeTensorsWriter.FLOAT.write(file, tensors, Map.of("format", "pt", METADATA, adapter.toString()));
    }

    /**
     * What a file holds.
     *
     * @param unet for the UNet, or null
     * @param text for the text encoder ({@link ClipText#merge}), or null
     */
    public record Parts(Lora unet, Lora text) {}

    /**
     * Reads a LoRA of a UNet; its tensors take no gradients. Without any alpha it equals the rank, as in diffusers.
     *
     * @throws IOException naming the key that does not belong or whose partner is missing; also for a file with a part
     *     for the text encoder, which {@link #read} gives
     */
    public static Lora load(Scope scope, Path file) throws IOException {
        Parts parts = read(scope, file);
        if (parts.unet() == null || parts.text() != null) {
            throw new IOException(file + ": holds a LoRA for a text encoder" + (parts.unet() == null ? " only" : " too")
                    + ", and here one for a UNet alone is wanted");
        }
        return parts.unet();
    }

    /**
     * Reads what a file holds in the layouts of diffusers (new and old), PEFT and kohya; its tensors take no gradients.
     * Alpha stands beside a pair, in the metadata or, of PEFT's adapters, in {@code adapter_config.json}; where it does
     * not, it is the rank.
     *
     * @param file or the folder that PEFT saved an adapter in
     * @throws IOException naming the key that does not belong, whose partner is missing, or the variant that is not
     *     supported
     */
    public static Parts read(Scope scope, Path file) throws IOException {
        Path weights = weights(file);
        try (TensorFile tensors = TensorFile.open(weights)) {
            Map<String, Lora.Adapter> unet = new TreeMap<>();
            Map<String, Lora.Adapter> text = new TreeMap<>();
            for (Map.Entry<LoraNames.Key, Pair> each : pairs(weights, tensors).entrySet()) {
                LoraNames.Key key = each.getKey();
                Pair pair = each.getValue();
                var adapter = new Lora.Adapter(
                        tensors.read(scope, pair.down().name()),
                        tensors.read(scope, pair.up().name()),
                        pair.alpha());
                (key.text() ? text : unet).put(key.module(), adapter);
            }
            return new Parts(unet.isEmpty() ? null : Lora.of(unet), text.isEmpty() ? null : Lora.of(text));
        }
    }

    /**
     * Checks names, pairs and settings without reading weights.
     *
     * @return the files that its meaning depends on: the weights and, of an adapter of PEFT's, its configuration
     * @throws IOException naming the key or the setting that does not belong
     */
    public static List<Path> check(Path file) throws IOException {
        Path weights = weights(file);
        try (TensorFile tensors = TensorFile.open(weights)) {
            pairs(weights, tensors);
            Path beside = weights.resolveSibling(LoraAlphas.PEFT);
            return peft(tensors) && Files.isRegularFile(beside) ? List.of(weights, beside) : List.of(weights);
        }
    }

    /**
     * Checks the same, and that it fits the networks.
     *
     * @param text null where there is no text encoder to fit
     * @throws IOException naming the module that a network lacks, or whose shape is another
     */
    public static void check(Path file, UNetConfig unet, ClipConfig text) throws IOException {
        Path weights = weights(file);
        try (TensorFile tensors = TensorFile.open(weights)) {
            Map<String, long[]> ofUNet = UNet.shapes(unet);
            Map<String, long[]> ofText = text == null ? Map.of() : ClipText.shapes(text);
            for (Map.Entry<LoraNames.Key, Pair> each : pairs(weights, tensors).entrySet()) {
                LoraNames.Key key = each.getKey();
                if (!key.text() || text != null) {
                    Pair pair = each.getValue();
                    Lora.check(
                            key.text() ? Lora.TEXT : Lora.UNET,
                            key.module(),
                            pair.down().shape(),
                            pair.up().shape(),
                            (key.text() ? ofText : ofUNet).get(key.module() + ".weight"));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The weights' file: the path itself, or the only one of weights in a folder, as PEFT saves an adapter.
     *
     * @throws IOException when a folder has none, or several
     */
    public static Path weights(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return path;
        }
        try (Stream<Path> all = Files.list(path)) {
            List<Path> weights = all.filter(
                            f -> f.toString().matches(".*\\.(safetensors|bin)") && Files.isRegularFile(f))
                    .sorted()
                    .toList();
            if (weights.size() != 1) {
                throw new IOException(
                        path + ": expected one file of weights in it, .safetensors or .bin, and there are "
                                + weights.size() + (weights.isEmpty() ? "" : ": name the one that is meant"));
            }
            return weights.getFirst();
        }
    }

    /** Whether PEFT saved an adapter in a folder. */
    public static boolean isPeft(Path folder) {
        return Files.isRegularFile(folder.resolve(LoraAlphas.PEFT));
    }

    /** What a file declares of two tensors that belong together. */
    private record Pair(SafeTensors.Info down, SafeTensors.Info up, double alpha) {}

    private static boolean peft(TensorFile tensors) {
        return tensors.tensors().stream().anyMatch(info -> info.name().startsWith(LoraNames.PEFT));
    }

    private static Map<LoraNames.Key, Pair> pairs(Path file, TensorFile tensors) throws IOException {
        LoraAlphas alphas = LoraAlphas.of(file, tensors.metadata().get(METADATA), peft(tensors));
        Map<LoraNames.Key, SafeTensors.Info[]> found = new LinkedHashMap<>();
        for (SafeTensors.Info info : tensors.tensors()) {
            LoraNames.Key key = key(file, info.name());
            LoraNames.Key module = new LoraNames.Key(key.text(), key.module(), null);
            if (key.role() == LoraNames.Role.ALPHA) {
                if (info.count() != 1) {
                    throw new IOException(
                            file + ": '" + info.name() + "' should be one number, has shape " + info.dimensions());
                }
                alphas.put(module, tensors.floats(info.name())[0]);
                continue;
            }
            int which = key.role() == LoraNames.Role.DOWN ? 0 : 1;
            SafeTensors.Info[] pair = found.computeIfAbsent(module, m -> new SafeTensors.Info[2]);
            if (pair[which] != null) {
                throw new IOException(file + ": '" + info.name() + "' is there twice under other names");
            }
            pair[which] = info;
        }
        if (found.isEmpty()) {
            throw new IOException(file + ": holds no LoRA weights");
        }
        Map<LoraNames.Key, Pair> pairs = new LinkedHashMap<>();
        for (Map.Entry<LoraNames.Key, SafeTensors.Info[]> each : found.entrySet()) {
            pairs.put(each.getKey(), pair(file, each.getKey(), each.getValue(), alphas));
        }
        return pairs;
    }

    private static LoraNames.Key key(Path file, String name) throws IOException {
        LoraNames.Key key = LoraNames.parse(name);
        if (key == null) {
            throw new IOException(
                    file + ": '" + name + "' is not a LoRA weight (expected names ending in " + DOWN + ", " + UP
                            + ", .lora_down.weight, .lora_up.weight or .alpha; DoRA, LoHa and LoKr are not supported)");
        }
        return key;
    }

    private static Pair pair(Path file, LoraNames.Key key, SafeTensors.Info[] pair, LoraAlphas alphas)
            throws IOException {
        if (pair[0] == null || pair[1] == null) {
            throw new IOException(file + ": '" + key.module() + (pair[0] == null ? DOWN : UP) + "' is missing");
        }
        long[] down = pair[0].shape();
        long[] up = pair[1].shape();
        boolean fits = (down.length == 2 || down.length == 4)
                && up.length == down.length
                && pair[0].count() > 0
                && down[0] == up[1]
                && pair[1].count() == up[0] * up[1];
        if (!fits) {
            throw new IOException(file + ": '" + key.module() + "' has A of shape " + pair[0].dimensions()
                    + " and B of shape " + pair[1].dimensions() + ", expected (rank, in) and (out, rank)");
        }
        return new Pair(pair[0], pair[1], alphas.of(key, down[0]));
    }
}
