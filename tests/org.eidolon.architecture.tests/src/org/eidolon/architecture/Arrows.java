// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of allowed arrows, {@code arrows.txt}, and its comparison with what the manifests say. */
record Arrows(Map<String, Set<String>> allowed, Map<String, Set<String>> reserved) {
    private static final String OURS = "org.eidolon.";
    private static final String RESERVED = "only ";

    static Arrows read() throws IOException {
        try (var in = Arrows.class.getResourceAsStream("arrows.txt");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        }
    }

    static Arrows parse(List<String> lines) {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        Map<String, Set<String>> reserved = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] sides = line.split(":", 2);
            if (sides.length < 2) {
                throw new IllegalArgumentException("arrows.txt: a line without a colon: " + line);
            }
            String left = sides[0].strip();
            Set<String> right = new TreeSet<>(List.of(sides[1].strip().split("\\s+")));
            right.remove("");
            if (left.startsWith(RESERVED)) {
                reserved.put(left.substring(RESERVED.length()).strip(), right);
            } else {
                allowed.put(left, right);
            }
        }
        return new Arrows(allowed, reserved);
    }

    /** Every arrow that the table does not allow, as a sentence; empty when all is well. */
    List<String> violations(Collection<BundleManifest> bundles) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> exporters = new LinkedHashMap<>();
        for (BundleManifest bundle : bundles) {
            bundle.exports().forEach(p -> exporters.put(p, bundle.name()));
        }
        for (BundleManifest bundle : bundles) {
            String name = shortName(bundle.name());
            Set<String> allowedHere = allowed.get(name);
            if (allowedHere == null) {
                wrong.add(bundle.name() + " is not in arrows.txt: give it a line there");
                continue;
            }
            for (String required : bundle.requires()) {
                if (required.startsWith(OURS) && !allowedHere.contains(shortName(required))) {
                    wrong.add(bundle.name() + " requires " + required + ", which arrows.txt does not allow");
                }
                checkReserved(bundle, name, "requires", required, wrong);
            }
            for (String imported : bundle.imports()) {
                String exporter = exporters.get(imported);
                if (exporter == null && imported.startsWith(OURS)) {
                    wrong.add(bundle.name() + " imports " + imported + ", which no bundle exports");
                } else if (exporter != null
                        && !exporter.equals(bundle.name())
                        && !allowedHere.contains(shortName(exporter))) {
                    wrong.add(bundle.name() + " imports " + imported + " of " + exporter
                            + ", which arrows.txt does not allow");
                }
                checkReserved(bundle, name, "imports", imported, wrong);
            }
        }
        return wrong;
    }

    private void checkReserved(BundleManifest bundle, String name, String verb, String what, List<String> wrong) {
        reserved.forEach((start, bundles) -> {
            if ((what.equals(start) || what.startsWith(start + ".")) && !bundles.contains(name)) {
                wrong.add(bundle.name() + " " + verb + " " + what + ", which arrows.txt keeps for " + bundles);
            }
        });
    }

    /** All that a bundle can see over one allowed arrow or more. */
    Set<String> reach(String from) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(allowed.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            String next = open.removeLast();
            if (seen.add(next)) {
                open.addAll(allowed.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    private static String shortName(String bundle) {
        return bundle.startsWith(OURS) ? bundle.substring(OURS.length()) : bundle;
    }
}
