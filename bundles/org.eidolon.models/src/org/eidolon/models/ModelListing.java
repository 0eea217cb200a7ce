// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads and writes {@code models.json}, the list of the weights in one folder. */
public final class ModelListing {
    public static final String FILE = "models.json";
    private static final int SCHEMA = 1;
    private static final long MAX_BYTES = 4L << 20;
    private static final Set<String> FIELDS =
            Set.of("id", "kind", "file", "sha256", "size", "licence", "origin", "caveat");

    private ModelListing() {}

    /** Reads {@code models.json} of a folder. */
    public static List<ModelInfo> read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelException(file + " is larger than " + MAX_BYTES + " bytes: not a list of models");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (IOException e) {
            throw new ModelException("cannot read the list of models " + file + ": " + e.getMessage(), e);
        }
    }

    static List<ModelInfo> parse(String json, String where) {
        try {
            JsonObject root = JsonParser.parseString(json).getAsJsonObject();
            int schema = root.get("schema").getAsInt();
            if (schema != SCHEMA) {
                throw new ModelException(
                        where + " has schema " + schema + ", this version reads " + SCHEMA + ": update Eidolon");
            }
            List<ModelInfo> models = new ArrayList<>();
            for (JsonElement element : root.getAsJsonArray("models")) {
                models.add(entry(element.getAsJsonObject(), where));
            }
            return List.copyOf(models);
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | NumberFormatException e) {
            throw new ModelException(where + " is not a list of models: " + e.getMessage(), e);
        }
    }

    private static ModelInfo entry(JsonObject o, String where) {
        Map<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonElement> field : o.entrySet()) {
            if (!FIELDS.contains(field.getKey()) && field.getValue().isJsonPrimitive()) {
                attributes.put(field.getKey(), field.getValue().getAsString());
            }
        }
        for (String needed : List.of("id", "kind", "file", "sha256", "size")) {
            if (!o.has(needed)) {
                throw new ModelException(where + ": an entry lacks '" + needed + "'");
            }
        }
        return new ModelInfo(
                text(o, "id"),
                text(o, "kind"),
                text(o, "file"),
                text(o, "sha256"),
                o.get("size").getAsLong(),
                text(o, "licence"),
                text(o, "origin"),
                text(o, "caveat"),
                attributes);
    }

    private static String text(JsonObject o, String field) {
        return o.has(field) ? o.get(field).getAsString() : "";
    }

    /** Adds an entry to the folder's list, or replaces the one of the same id. The file is written beside, renamed. */
    public static void put(Path folder, ModelInfo added) {
        try (var lock = ShelfLock.take(folder)) {
            List<ModelInfo> models = new ArrayList<>();
            if (Files.exists(folder.resolve(FILE))) {
                models.addAll(read(folder));
            }
            models.removeIf(m -> m.id().equals(added.id()));
            models.add(added);
            write(folder, models);
        } catch (IOException e) {
            throw new ModelException("cannot write the list of models in " + folder + ": " + e.getMessage(), e);
        }
    }

    static void write(Path folder, List<ModelInfo> models) {
        JsonArray list = new JsonArray();
        models.stream().sorted(Comparator.comparing(ModelInfo::id)).forEach(m -> {
            JsonObject o = new JsonObject();
            o.addProperty("id", m.id());
            o.addProperty("kind", m.kind());
            o.addProperty("file", m.file());
            o.addProperty("sha256", m.sha256());
            o.addProperty("size", m.size());
            o.addProperty("licence", m.licence());
            o.addProperty("origin", m.origin());
            o.addProperty("caveat", m.caveat());
            new TreeMap<>(m.attributes()).forEach(o::addProperty);
            list.add(o);
        });
        JsonObject root = new JsonObject();
        root.addProperty("schema", SCHEMA);
        root.add("models", list);
        String json = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(root)
                + "\n";
        try {
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, FILE, ".tmp");
            Files.writeString(beside, json, StandardCharsets.UTF_8);
            Files.move(beside, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ModelException("cannot write the list of models in " + folder + ": " + e.getMessage(), e);
        }
    }
}
