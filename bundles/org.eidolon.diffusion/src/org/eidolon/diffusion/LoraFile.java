// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;

/**
 * LoRAs on disk in the layout that diffusers and PEFT share: {@code unet.MODULE.lora_A.weight} and
 * {@code .lora_B.weight}; alpha stands in the metadata (as diffusers writes it), and {@code .alpha} tensors are read.
 */
public final class LoraFile {
    private static final String METADATA = "lora_adapter_metadata";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";
    private static final String ALPHA = ".alpha";

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
        com.google.gson.JsonArray modules = new com.google.gson.JsonArray();
        lora.modules().keySet().forEach(modules::add);
        adapter.add("unet.target_modules", modules);
        SafeTensorsWriter.FLOAT.write(file, tensors, Map.of("format", "pt", METADATA, adapter.toString()));
    }

    /**
     * Reads a LoRA; its tensors take no gradients. Without any alpha it equals the rank, as in diffusers.
     *
     * @throws IOException naming the key that does not belong or whose partner is missing
     */
    public static Lora load(Scope scope, Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            JsonObject adapter = metadata(file, tensors.metadata().get(METADATA));
            Map<String, NDArray[]> pairs = new TreeMap<>();
            Map<String, Double> alphas = new TreeMap<>();
            for (SafeTensors.Info info : tensors.tensors()) {
                String name = info.name().startsWith("unet.") ? info.name().substring(5) : info.name();
                if (name.endsWith(ALPHA)) {
                    alphas.put(
                            name.substring(0, name.length() - ALPHA.length()), (double) tensors.floats(info.name())[0]);
                } else if (name.endsWith(DOWN) || name.endsWith(UP)) {
                    int which = name.endsWith(DOWN) ? 0 : 1;
                    String module = name.substring(0, name.length() - DOWN.length());
                    pairs.computeIfAbsent(module, m -> new NDArray[2])[which] = tensors.read(scope, info.name());
                } else {
                    throw new IOException(
                            file + ": '" + info.name() + "' is not a LoRA weight (expected names ending in " + DOWN
                                    + ", " + UP + " or " + ALPHA + ")");
                }
            }
            Map<String, Lora.Adapter> modules = new LinkedHashMap<>();
            for (var entry : pairs.entrySet()) {
                modules.put(entry.getKey(), adapter(file, entry.getKey(), entry.getValue(), alphas, adapter));
            }
            if (modules.isEmpty()) {
                throw new IOException(file + ": holds no LoRA weights");
            }
            return new Lora(modules);
        }
    }

    private static Lora.Adapter adapter(
            Path file, String module, NDArray[] pair, Map<String, Double> alphas, JsonObject metadata)
            throws IOException {
        if (pair[0] == null || pair[1] == null) {
            throw new IOException(file + ": '" + module + (pair[0] == null ? DOWN : UP) + "' is missing");
        }
        int dimensions = pair[0].getShape().dimension();
        if (dimensions != 2 && dimensions != 4
                || pair[1].getShape().dimension() != dimensions
                || pair[0].getShape().get(0) != pair[1].getShape().get(1)) {
            throw new IOException(file + ": '" + module + "' has A of shape " + pair[0].getShape() + " and B of shape "
                    + pair[1].getShape() + ", expected (rank, in) and (out, rank)");
        }
        double alpha = pair[0].getShape().get(0);
        JsonElement pattern = metadata.get("unet.alpha_pattern");
        if (alphas.containsKey(module)) {
            alpha = alphas.get(module);
        } else if (pattern != null
                && pattern.isJsonObject()
                && pattern.getAsJsonObject().has(module)) {
            alpha = pattern.getAsJsonObject().get(module).getAsDouble();
        } else if (metadata.has("unet.lora_alpha")) {
            alpha = metadata.get("unet.lora_alpha").getAsDouble();
        }
        return new Lora.Adapter(pair[0], pair[1], alpha);
    }

    private static JsonObject metadata(Path file, String text) throws IOException {
        try {
            JsonElement e = text == null ? new JsonObject() : JsonParser.parseString(text);
            return e.isJsonObject() ? e.getAsJsonObject() : new JsonObject();
        } catch (JsonParseException e) {
            throw new IOException(file + ": metadata '" + METADATA + "' is not valid JSON", e);
        }
    }
}
