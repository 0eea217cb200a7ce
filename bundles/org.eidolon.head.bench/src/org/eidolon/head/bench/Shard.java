// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A part of a benchmark's items, so that several processes or machines can share them.
 *
 * @param number which part, from 1
 * @param count of how many
 */
record Shard(int number, int count) {
    static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    Shard {
        if (count < 1 || number < 1 || number > count) {
            throw new IllegalArgumentException("--shard must be I/N with 1 ≤ I ≤ N, was " + number + "/" + count);
        }
    }

    /** Reads "2/6". */
    static Shard of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) throw new IllegalArgumentException("--shard must be I/N, such as 2/6, was " + text);
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Of all items, those that the part has. */
    <T> List<T> part(List<T> all) {
        return IntStream.range(0, all.size())
                .filter(item -> item % count == number - 1)
                .mapToObj(all::get)
                .toList();
    }
}
