// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eidolon.diffusion.ClipTokenizer;

/** A tokenizer's three files, divided by zero bytes; what opens must read any text. */
public final class FuzzTokenizer {
    private static final Path FOLDER = Scratch.folder("tokenizer");
    private static final String[] NAMES = {"vocab.json", "merges.txt", "special_tokens_map.json"};

    private FuzzTokenizer() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        int from = 0;
        for (String name : NAMES) {
            int to = from;
            while (to < data.length && data[to] != 0) {
                to++;
            }
            Files.write(FOLDER.resolve(name), Arrays.copyOfRange(data, Math.min(from, data.length), to));
            from = Math.min(to + 1, data.length);
        }
        try {
            Allocation.bounded(data.length, Allocation.SMALL, () -> ClipTokenizer.read(FOLDER, 77));
            String rest = new String(data, from, data.length - from, StandardCharsets.UTF_8);
            if (ClipTokenizer.read(FOLDER, 77).encode(rest).length != 77) {
                throw new IllegalStateException("a text of another length");
            }
        } catch (IOException | IllegalArgumentException e) {
            // as it should be
        }
    }
}
