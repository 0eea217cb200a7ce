// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words as names of files and scenes. */
public final class Slugs {
    private static final int LONGEST = 60;

    private Slugs() {}

    /** Lower-case ASCII letters and digits, the rest dashes; those that come out alike or empty get a number. */
    public static List<String> of(List<String> texts) {
        var slugs = new ArrayList<String>();
        for (String text : texts) {
            String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
            String slug = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            slug = slug.substring(0, Math.min(LONGEST, slug.length())).replaceAll("^-|-$", "");
            slug = slug.isEmpty() ? "expression-" + (slugs.size() + 1) : slug;
            String free = slug;
            for (int n = 2; slugs.contains(free); n++) {
                free = slug + "-" + n;
            }
            slugs.add(free);
        }
        return slugs;
    }
}
