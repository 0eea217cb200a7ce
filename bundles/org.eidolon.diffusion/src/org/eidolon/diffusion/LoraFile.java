// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
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
     * Alpha stands beside a pair, in the metadata or in PEFT's {@code adapter_config.json}; where it does not, it is the
     * rank.
     *
     * @throws IOException naming the key that does not belong, whose partner is missing, or the variant that is not
     *     supported
     */
    public static Parts read(Scope scope, Path file) throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            LoraAlphas alphas = LoraAlphas.of(file, tensors.metadata().get(METADATA));
            Map<LoraNames.Key, NDArray[]> pairs = new LinkedHashMap<>();
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
                NDArray[] pair = pairs.computeIfAbsent(module, m -> new NDArray[2]);
                if (pair[which] != null) {
                    throw new IOException(file + ": '" + info.name() + "' is there twice under other names");
                }
                pair[which] = tensors.read(scope, info.name());
            }
            Map<String, Lora.Adapter> unet = new TreeMap<>();
            Map<String, Lora.Adapter> text = new TreeMap<>();
            for (Map.Entry<LoraNames.Key, NDArray[]> each : pairs.entrySet()) {
                LoraNames.Key key = each.getKey();
                (key.text() ? text : unet).put(key.module(), adapter(file, key, each.getValue(), alphas));
            }
            if (pairs.isEmpty()) {
                throw new IOException(file + ": holds no LoRA weights");
            }
            return new Parts(unet.isEmpty() ? null : Lora.of(unet), text.isEmpty() ? null : Lora.of(text));
        }
    }

    /**
     * Checks that every name is one of a LoRA's, without reading weights.
     *
     * @throws IOException naming the key that does not belong
     */
    public static void check(Path file) throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            for (SafeTensors.Info info : tensors.tensors()) {
                key(file, info.name());
            }
        }
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

    private static Lora.Adapter adapter(Path file, LoraNames.Key key, NDArray[] pair, LoraAlphas alphas)
            throws IOException {
        if (pair[0] == null || pair[1] == null) {
            throw new IOException(file + ": '" + key.module() + (pair[0] == null ? DOWN : UP) + "' is missing");
        }
        int dimensions = pair[0].getShape().dimension();
        boolean fits = (dimensions == 2 || dimensions == 4)
                && pair[1].getShape().dimension() == dimensions
                && pair[0].size() > 0
                && pair[0].getShape().get(0) == pair[1].getShape().get(1)
                && pair[1].size()
                        == pair[1].getShape().get(0) * pair[1].getShape().get(1);
        if (!fits) {
            throw new IOException(file + ": '" + key.module() + "' has A of shape " + pair[0].getShape()
                    + " and B of shape " + pair[1].getShape() + ", expected (rank, in) and (out, rank)");
        }
        long rank = pair[0].getShape().get(0);
        return new Lora.Adapter(pair[0], pair[1], alphas.of(key, rank));
    }
}
