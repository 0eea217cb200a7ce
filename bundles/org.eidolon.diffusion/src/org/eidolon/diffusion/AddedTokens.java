// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Tokens beside a tokenizer's pieces: those that begin, end and pad a text, and words that were taught (textual inversion,
 * Gal et al. 2022). They are looked for before a text is taken apart, the leftmost first, the longest of several.
 */
final class AddedTokens {
    /**
     * A token.
     *
     * @param number its number
     * @param normalised whether it is looked for in the text as it is read, without capitals; otherwise in the text as it
     *     was written
     * @param left whether it takes the spaces before it along
     * @param right and those behind it
     * @param word whether it is no part of a longer word
     */
    record Token(String content, int number, boolean normalised, boolean left, boolean right, boolean word) {}

    private static final Pattern WORD_BEFORE =
            Pattern.compile(".*\\w", Pattern.UNICODE_CHARACTER_CLASS | Pattern.DOTALL);
    private static final Pattern WORD_BEHIND =
            Pattern.compile("\\w.*", Pattern.UNICODE_CHARACTER_CLASS | Pattern.DOTALL);

    private record Entry(String letters, Token token) {}

    private final Map<String, Token> all = new HashMap<>();
    private final Map<Character, List<Entry>> written = new HashMap<>();
    private final Map<Character, List<Entry>> read = new HashMap<>();
    private final UnaryOperator<String> reading;

    /**
     * @param reading what is done to a text before it is taken apart
     * @throws IllegalArgumentException when two of them are read alike
     */
    AddedTokens(List<Token> tokens, UnaryOperator<String> reading) {
        this.reading = reading;
        for (Token token : tokens) {
            all.put(token.content(), token);
            String letters = token.normalised() ? reading.apply(token.content()) : token.content();
            List<Entry> like =
                    (token.normalised() ? read : written).computeIfAbsent(letters.charAt(0), c -> new ArrayList<>());
            for (Entry other : like) {
                if (other.letters().equals(letters)) {
                    throw new IllegalArgumentException(
                            "the tokens '" + other.token().content() + "' and '" + token.content()
                                    + "' are read alike, so that one of them is never found");
                }
            }
            like.add(new Entry(letters, token));
        }
        Comparator<Entry> longest = Comparator.comparingInt(e -> -e.letters().length());
        written.values().forEach(list -> list.sort(longest));
        read.values().forEach(list -> list.sort(longest));
    }

    /** Takes a text apart: what is none of these as it is read, and tokens with the letters that stand for them. */
    void split(String text, Consumer<String> between, BiConsumer<Token, String> found) {
        split(text, written, part -> split(reading.apply(part), read, between, found), found);
    }

    private static void split(
            String text,
            Map<Character, List<Entry>> tokens,
            Consumer<String> between,
            BiConsumer<Token, String> found) {
        int done = 0;
        for (int i = 0; i < text.length(); ) {
            Entry entry = at(text, i, tokens);
            int end = entry == null ? i + 1 : i + entry.letters().length();
            if (entry != null && (!entry.token().word() || alone(text, i, end))) {
                int from = entry.token().left() ? Math.max(done, before(text, i)) : i;
                if (from > done) {
                    between.accept(text.substring(done, from));
                }
                done = entry.token().right() ? behind(text, end) : end;
                found.accept(entry.token(), text.substring(from, done));
            }
            i = Math.max(end, done);
        }
        if (done < text.length()) {
            between.accept(text.substring(done));
        }
    }

    private static Entry at(String text, int i, Map<Character, List<Entry>> tokens) {
        for (Entry entry : tokens.getOrDefault(text.charAt(i), List.of())) {
            if (text.startsWith(entry.letters(), i)) {
                return entry;
            }
        }
        return null;
    }

    private static boolean alone(String text, int from, int to) {
        return !WORD_BEFORE.matcher(text).region(0, from).matches()
                && !WORD_BEHIND.matcher(text).region(to, text.length()).matches();
    }

    private static int before(String text, int i) {
        while (i > 0 && space(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static int behind(String text, int i) {
        while (i < text.length() && space(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean space(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /**
     * A text in which tokens of several vectors are all there: where {@code WORD_1}, {@code WORD_2} and so on were taught
     * with a word, diffusers puts them behind it.
     */
    String expanded(String text) {
        Set<String> there = new LinkedHashSet<>();
        if (all.keySet().stream().anyMatch(name -> name.endsWith("_1"))) {
            split(text, part -> {}, (token, letters) -> there.add(letters));
        }
        // those that stand there in the letters of their names
        there.retainAll(all.keySet());
        for (String word : there) {
            StringBuilder more = new StringBuilder(word);
            for (int i = 1; all.containsKey(word + "_" + i); i++) {
                more.append(' ').append(word).append('_').append(i);
            }
            text = text.replace(word, more);
        }
        return text;
    }
}
