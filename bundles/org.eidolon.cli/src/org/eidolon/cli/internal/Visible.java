// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

/**
 * Text as it may go to a terminal or into a log. Titles of graphs, names of files and weights, answers of a hub come from
 * strangers: what in them would move the cursor, change colours, write to the clipboard or turn the direction of writing is
 * shown as <code>&#92;u001b</code> instead, which inside JSON still means the same character.
 */
final class Visible {
    private Visible() {}

    /** The same text, its lines and tabs as they are. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (acts(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    /** The same text in one line, for what must not begin lines of its own. */
    static String line(String text) {
        return of(text).replace("\n", "\\u000a").replace("\t", "\\u0009");
    }

    /** The same text; lines after the first are indented, so that none looks like one of ours. */
    static String indented(String text) {
        return of(text).replace("\n", "\n    ");
    }

    private static String escaped(String text) {
        var result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (acts(c)) {
                result.append(String.format("\\u%04x", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    /** Control characters of ASCII and Latin-1, separators of lines, marks and overrides of the direction of writing. */
    private static boolean acts(char c) {
        return c < ' ' && c != '\n' && c != '\t'
                || c >= 0x7f && c <= 0x9f
                || c == 0x061c
                || c >= 0x200e && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }
}
