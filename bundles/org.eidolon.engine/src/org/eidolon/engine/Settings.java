// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eidolon.api.UserPath;
import org.eidolon.graph.GraphPaths;

/** Parameter values that win over those of a node's own graph file, by {@code node.parameter}. */
final class Settings {
    /**
     * A value.
     *
     * @param base what a file name is relative to
     * @param free true where the path is the user's own and may lead anywhere, false where it stays inside {@code base}
     */
    record Setting(Object raw, Path base, boolean free) {
        /** The value of a file parameter: a name becomes the path of the file. */
        Object file() throws IOException {
            if (!(raw instanceof String name) || name.isBlank()) {
                return raw;
            }
            return free ? UserPath.of(base, name) : GraphPaths.resolve(base, name);
        }
    }

    private final Map<String, Setting> values = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** A value that the user gives; a later one wins. */
    void put(String name, Setting setting) {
        values.put(name, setting);
    }

    /** A value that a subgraph's node hands inward, unless the user set the inner parameter itself. */
    void pass(String name, Setting setting) {
        values.putIfAbsent(name, setting);
    }

    /** The values for a node, by parameter. */
    Map<String, Setting> take(String node) {
        var own = new LinkedHashMap<String, Setting>();
        values.forEach((name, setting) -> {
            if (name.startsWith(node + ".")) {
                own.put(name.substring(node.length() + 1), setting);
                taken.add(name);
            }
        });
        return own;
    }

    boolean has(String node, String parameter) {
        return values.containsKey(node + "." + parameter);
    }

    /** Names for which there was no node. */
    Set<String> unused() {
        var left = new HashSet<>(values.keySet());
        left.removeAll(taken);
        return left;
    }
}
