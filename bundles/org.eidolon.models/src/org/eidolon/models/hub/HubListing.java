// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.models.ModelException;

/**
 * What a hub says of one revision of a repository.
 *
 * @param repository owner and name
 * @param commit the revision's own name, by which its files never change
 * @param licence as declared; empty when nothing is
 * @param gated whether its terms must be accepted before files are given out
 * @param files what it holds
 */
public record HubListing(String repository, String commit, String licence, boolean gated, List<Entry> files) {
    private static final int MAX_FILES = 100_000;

    /**
     * A file.
     *
     * @param path in the repository
     * @param size bytes
     * @param sha256 of a large file, or empty
     * @param gitHash of a small one: git's name for its content, or empty
     */
    public record Entry(String path, long size, String sha256, String gitHash) {}

    /**
     * Reads the hub's answer.
     *
     * @throws ModelException when it is not what is expected, or a path leaves the repository
     */
    static HubListing parse(String repository, String json) {
        try {
            JsonObject root = JsonParser.parseString(json).getAsJsonObject();
            List<Entry> files = new ArrayList<>();
            for (JsonElement each : root.getAsJsonArray("siblings")) {
                JsonObject o = each.getAsJsonObject();
                String path = o.get("rfilename").getAsString();
                if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || climbs(path)) {
                    throw new ModelException(
                            "the hub lists the file '" + path + "' in " + repository + ", which leaves its folder");
                }
                JsonObject lfs = o.has("lfs") && o.get("lfs").isJsonObject() ? o.getAsJsonObject("lfs") : null;
                long size = lfs != null && lfs.has("size")
                        ? lfs.get("size").getAsLong()
                        : o.has("size") ? o.get("size").getAsLong() : -1;
                files.add(new Entry(path, size, text(lfs, "sha256"), lfs == null ? text(o, "blobId") : ""));
                if (files.size() > MAX_FILES) {
                    throw new ModelException("the hub lists more than " + MAX_FILES + " files in " + repository);
                }
            }
            JsonObject card = root.has("cardData") && root.get("cardData").isJsonObject()
                    ? root.getAsJsonObject("cardData")
                    : null;
            JsonElement gated = root.get("gated");
            boolean closed =
                    gated != null && !gated.isJsonNull() && !gated.getAsString().equals("false");
            String named = text(card, "license_name");
            return new HubListing(
                    repository, text(root, "sha"), named.isEmpty() ? text(card, "license") : named, closed, files);
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | NumberFormatException
                | StackOverflowError e) {
            throw new ModelException(
                    "the hub's answer about " + repository + " is not understood: " + e.getMessage(), e);
        }
    }

    private static boolean climbs(String path) {
        return List.of(path.split("/")).stream().anyMatch(p -> p.equals("..") || p.equals(".") || p.isEmpty());
    }

    private static String text(JsonObject o, String field) {
        JsonElement e = o == null ? null : o.get(field);
        return e != null && e.isJsonPrimitive() ? e.getAsString() : "";
    }
}
