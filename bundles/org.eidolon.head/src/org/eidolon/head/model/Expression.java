// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the thirteen expressions that priors are trained and measured on.
 *
 * @param name how the expression is usually asked for
 * @param wordings other ways to say it
 * @param weights blend-shape weights by ICT-FaceKit name; a name without `_L`/`_R` stands for both sides
 */
public record Expression(String name, List<String> wordings, Map<String, Double> weights) {

    /** How many they are, and how many a head can wear. */
    public static final int COUNT = 13;

    private static final List<Expression> STANDARD = read();

    /** The thirteen expressions, the neutral first. */
    public static List<Expression> standard() {
        return STANDARD;
    }

    /** The name and all other wordings. */
    public List<String> phrases() {
        List<String> all = new ArrayList<>();
        all.add(name);
        all.addAll(wordings);
        return all;
    }

    private static List<Expression> read() {
        try (Reader in = new InputStreamReader(
                Expression.class.getResourceAsStream("expressions.json"), StandardCharsets.UTF_8)) {
            List<Expression> all = new Gson().fromJson(in, new TypeToken<List<Expression>>() {}.getType());
            if (all.size() != COUNT) throw new IllegalStateException("expressions.json holds " + all.size());
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException("expressions.json of the head bundle cannot be read", e);
        }
    }
}
