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
 */
record ResultFiles(Path head, Map<String, Path> pictures, OptionalDouble likeness) {
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
        return new ResultFiles(head, pictures, likeness(folder.resolve("report.json")));
    }

    private static OptionalDouble likeness(Path report) {
        try {
            Object value = Json.parseObject(Files.readString(report));
            for (String field : new String[] {"report", "likeness", "similarity"}) {
                value = value instanceof Map<?, ?> map ? map.get(field) : null;
            }
            return value instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
        } catch (IOException | IllegalArgumentException e) {
            return OptionalDouble.empty();
        }
    }
}
