// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What one part of a face can do; expressions are composed of several.
 *
 * @param part of the face; two actions of one part exclude each other
 * @param wordings ways to say it, with % where an adverb of strength may stand
 * @param weights blend-shape weights by ICT-FaceKit name; a name without `_L`/`_R` stands for both sides
 */
public record Action(String part, List<String> wordings, Map<String, Double> weights) {

    /** All actions that training composes expressions of. */
    public static List<Action> all() {
        try (Reader in =
                new InputStreamReader(Action.class.getResourceAsStream("actions.json"), StandardCharsets.UTF_8)) {
            return List.copyOf(new Gson().fromJson(in, new TypeToken<List<Action>>() {}.getType()));
        } catch (IOException e) {
            throw new UncheckedIOException("actions.json of the bundle of training cannot be read", e);
        }
    }
}
