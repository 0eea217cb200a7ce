// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that one set of tensors is split into: {@code NAME-00001-of-0000K.safetensors} or {@code .bin} for
 * {@code NAME.safetensors} or {@code .bin}. Of a variant, {@code NAME.fp16.safetensors}, they are
 * {@code NAME.fp16-00001-of-0000K.safetensors}, or as they were named before {@code NAME-00001-of-0000K.fp16.safetensors}.
 */
public final class Shards {
    private static final Pattern NUMBERED =
            Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(\\.[a-z0-9]+)?\\.(safetensors|bin)");

    private Shards() {}

    /**
     * All shards, in their order; none where there are none.
     *
     * @param file by its name without numbers
     * @throws IOException when some are missing
     */
    public static List<Path> of(Path file) throws IOException {
        List<Path> found = found(file);
        if (!found.isEmpty()) {
            Matcher first = NUMBERED.matcher(found.getFirst().getFileName().toString());
            if (!first.matches() || Integer.parseInt(first.group(3)) != found.size()) {
                throw new IOException(
                        file + ": " + found.size() + " shards found, but they say " + first.group(3) + "; fetch all");
            }
        }
        return found;
    }

    /** Those that are there. */
    static List<Path> found(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        String name = file.getFileName().toString();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(p -> belongs(p.getFileName().toString(), name))
                    .sorted()
                    .toList();
        }
    }

    /** Whether a file is, by its name, a shard of one that goes by another. */
    private static boolean belongs(String shard, String whole) {
        Matcher m = NUMBERED.matcher(shard);
        return m.matches() && whole.equals(m.group(1) + (m.group(4) == null ? "" : m.group(4)) + "." + m.group(5));
    }
}
