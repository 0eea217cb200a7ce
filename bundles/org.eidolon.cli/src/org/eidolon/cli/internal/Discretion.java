// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps folders out of what is written for others: names of users and of machines are nobody's business, and a record
 * that is to be compared must not depend on where it was made.
 */
final class Discretion {
    /** An absolute path of at least one folder in a sentence; not the path of a web address, nor a fraction. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?<![\\w./:~-])/(?:[^\\s/'\"`<>|:]+/)+([^\\s/'\"`<>|:]*)");

    private final List<String> folders;

    /** @param known folders that may be named although they hold spaces, which no pattern could tell */
    Discretion(Path... known) {
        folders = Stream.of(known)
                .map(folder -> folder.toAbsolutePath().normalize() + "/")
                .filter(folder -> folder.length() > 2)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** A sentence in which every absolute path is cut to what lies in a known folder, or to its last name. */
    String text(String text) {
        if (text.indexOf('/') < 0) {
            return text;
        }
        String result = text;
        for (String folder : folders) {
            result = result.replace(folder, "");
        }
        return ABSOLUTE.matcher(result).replaceAll("$1");
    }

    /** The same in all texts of a JSON tree. */
    Object tree(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> map -> {
                var result = new LinkedHashMap<String, Object>();
                map.forEach((name, field) -> result.put(name.toString(), tree(field)));
                yield result;
            }
            case Iterable<?> items -> {
                var result = new ArrayList<Object>();
                items.forEach(item -> result.add(tree(item)));
                yield result;
            }
            case null, default -> value;
        };
    }
}
