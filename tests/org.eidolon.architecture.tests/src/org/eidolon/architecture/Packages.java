// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which packages of one bundle use which. A package that ends in {@code internal} or {@code impl} is the hidden half of
 * the one above it, and counts as that one.
 */
record Packages(Map<String, Set<String>> uses) {
    private static final Pattern NO_CODE =
            Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern QUALIFIED = Pattern.compile("\\b((?:[a-z]\\w*\\.)+)[A-Z]\\w*");
    private static final Pattern HIDDEN = Pattern.compile("\\.(internal|impl)$");

    /** Those of all sources below a bundle's folder, generated ones too. */
    static Packages read(Path bundle) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> all = Files.walk(bundle)) {
            for (Path file : all.filter(p -> p.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return of(sources);
    }

    /** @param sources texts of Java files */
    static Packages of(List<String> sources) {
        Map<String, Set<String>> uses = new TreeMap<>();
        Map<String, String> bare = new TreeMap<>();
        int number = 0;
        for (String source : sources) {
            String code = NO_CODE.matcher(source).replaceAll(" ");
            Matcher own = PACKAGE.matcher(code);
            if (own.find()) {
                uses.putIfAbsent(open(own.group(1)), new TreeSet<>());
                bare.put(open(own.group(1)) + " " + number++, code);
            }
        }
        bare.forEach((name, code) -> {
            String own = name.substring(0, name.indexOf(' '));
            Matcher names = QUALIFIED.matcher(code);
            while (names.find()) {
                String used = open(names.group(1).substring(0, names.group(1).length() - 1));
                if (uses.containsKey(used) && !used.equals(own)) {
                    uses.get(own).add(used);
                }
            }
        });
        return new Packages(uses);
    }

    private static String open(String name) {
        return HIDDEN.matcher(name).replaceAll("");
    }

    /** Packages that reach themselves over others; empty when there is no circle. */
    Set<String> circles() {
        Set<String> circles = new TreeSet<>();
        for (String start : uses.keySet()) {
            Set<String> seen = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(uses.get(start));
            while (!open.isEmpty()) {
                String next = open.poll();
                if (seen.add(next)) {
                    open.addAll(uses.get(next));
                }
            }
            if (seen.contains(start)) {
                circles.add(start);
            }
        }
        return circles;
    }
}
