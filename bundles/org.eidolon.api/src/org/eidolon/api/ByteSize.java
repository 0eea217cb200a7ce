// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: 1.5 GiB, 500M, 4096. Units are powers of 1024. */
public final class ByteSize {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([KMGT]?)(?:I?B)?");

    private ByteSize() {}

    /** Such as 1.5 GiB. */
    public static String text(long bytes) {
        return text(bytes, Locale.ROOT);
    }

    /** The same with the decimal sign of a language. */
    public static String text(long bytes, Locale locale) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(locale, "%.1f %s", value, UNITS[unit]);
    }

    /** Of such as 20G, 1.5 GiB, 500M, 4096; empty where the text is no size. */
    public static OptionalLong parse(String text) {
        Matcher parts = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        double factor = Math.pow(1024, " KMGT".indexOf(parts.group(2).isEmpty() ? " " : parts.group(2)));
        return OptionalLong.of(Math.min((long) (Double.parseDouble(parts.group(1)) * factor), Long.MAX_VALUE - 1));
    }
}
