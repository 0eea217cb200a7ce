// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.eidolon.api.Json;

/**
 * What the out folder of a run holds to look at.
 *
 * @param head a GLB file; null for none
 * @param pictures by the names of their files
 * @param likeness to the person of the photo, as the report of the run has it
 * @param seconds that its nodes took, whichever run it was that computed them
 */
record ResultFiles(Path head, Map<String, Path> pictures, OptionalDouble likeness, OptionalDouble seconds) {
    static ResultFiles of(Path folder) {
        Path head = null;
        var pictures = new TreeMap<String, Path>();
        try (var files = Files.newDirectoryStream(folder, "*.{glb,png}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(".png")) {
                    pictures.put(name, file);
                } else if (head == null || name.compareTo(head.getFileName().toString()) < 0) {
                    head = file;
                }
            }
        } catch (IOException e) {
            // somebody has removed it: then there is nothing to look at
        }
        Map<String, Object> report = report(folder);
        return new ResultFiles(head, pictures, likeness(report), seconds(report));
    }

    private static Map<String, Object> report(Path folder) {
        try {
            return Json.parseObject(Files.readString(folder.resolve("report.json")));
        } catch (IOException | IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static OptionalDouble likeness(Map<String, Object> report) {
        Object value = report;
        for (String field : new String[] {"report", "likeness", "similarity"}) {
            value = value instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return value instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
    }

    /** Of nodes that the cache answered the report has the time that they once took. */
    private static OptionalDouble seconds(Map<String, Object> report) {
        if (!(report.get("nodes") instanceof Map<?, ?> nodes)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(nodes.values().stream()
                .mapToDouble(node -> node instanceof Map<?, ?> fields && fields.get("seconds") instanceof Number n
                        ? n.doubleValue()
                        : 0)
                .sum());
    }
}
