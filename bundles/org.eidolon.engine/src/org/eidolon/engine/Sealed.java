// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;

/** JSON objects whose first field is the hash of the rest of their text, so that one wrong bit makes them nothing. */
final class Sealed {
    private static final Pattern SEAL = Pattern.compile("\\{\"sha256\":\"([0-9a-f]{64})\",");

    private Sealed() {}

    /** @param json not empty */
    static String text(Map<String, Object> json) {
        String rest = Json.write(json).substring(1);
        return "{\"sha256\":\"" + Hashes.of(rest) + "\"," + rest;
    }

    /**
     * The object without its hash.
     *
     * @throws IllegalArgumentException where the text is not as it was written
     */
    static Map<String, Object> read(String text) {
        Matcher seal = SEAL.matcher(text);
        if (!seal.lookingAt() || !Hashes.of(text.substring(seal.end())).equals(seal.group(1))) {
            throw new IllegalArgumentException("the file is damaged, or was written by an older version");
        }
        return Json.parseObject("{" + text.substring(seal.end()));
    }
}
