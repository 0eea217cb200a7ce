// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** What a MANIFEST.MF says of a bundle's neighbours. */
record BundleManifest(String name, String host, Set<String> requires, Set<String> imports, Set<String> exports) {

    static BundleManifest read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new Manifest(in).getMainAttributes());
        }
    }

    static BundleManifest of(Attributes headers) {
        Set<String> name = names(headers.getValue("Bundle-SymbolicName"));
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a manifest has no Bundle-SymbolicName");
        }
        return new BundleManifest(
                name.iterator().next(),
                String.join("", names(headers.getValue("Fragment-Host"))),
                names(headers.getValue("Require-Bundle")),
                names(headers.getValue("Import-Package")),
                names(headers.getValue("Export-Package")));
    }

    /** The names in an OSGi header: clauses end at commas outside quotes, a name ends at the first semicolon. */
    static Set<String> names(String header) {
        Set<String> names = new LinkedHashSet<>();
        for (String clause : clauses(header == null ? "" : header)) {
            String name = clause.split(";", 2)[0].strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<String> clauses(String header) {
        List<String> clauses = new ArrayList<>();
        StringBuilder clause = new StringBuilder();
        boolean quoted = false;
        for (char c : header.toCharArray()) {
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                clauses.add(clause.toString());
                clause.setLength(0);
            } else {
                clause.append(c);
            }
        }
        clauses.add(clause.toString());
        return clauses;
    }
}
