// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.api.PrivateFiles;

/** What each node of a graph last ran with, to tell why it runs again. Losing it costs nothing but that. */
final class History {
    private final Path file;
    private final Path beside;
    private final Map<String, Object> nodes;

    private History(Path file, Path beside, Map<String, Object> nodes) {
        this.file = file;
        this.beside = beside;
        this.nodes = nodes;
    }

    static History open(Cache cache, String graph) throws IOException {
        Path folder = PrivateFiles.createFolders(cache.root().resolve("history"));
        Path file = folder.resolve(Hashes.of(graph).substring(0, 32) + ".json");
        Map<String, Object> nodes = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try {
                nodes.putAll(Json.parseObject(Files.readString(file)));
            } catch (IllegalArgumentException e) {
                nodes.clear();
            }
        }
        return new History(file, cache.stagingName(), nodes);
    }

    /** Why a node with this key, which has no result in the cache, must run. */
    List<String> reasons(String node, ContentKey key) {
        if (!(nodes.get(node) instanceof Map<?, ?> earlier)) {
            return List.of("it has not run in this graph before");
        }
        @SuppressWarnings("unchecked")
        List<String> differences = key.differences((Map<String, ?>) earlier);
        return differences.isEmpty() ? List.of("its result is no longer in the cache, or is damaged") : differences;
    }

    synchronized void done(String node, ContentKey key) {
        nodes.put(node, key.ingredients());
    }

    synchronized void save() throws IOException {
        PrivateFiles.write(beside, Json.write(nodes));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
