// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CLIP's tokenizer: byte pairs (Sennrich et al. 2016) over lower-cased words, of {@code vocab.json} and
 * {@code merges.txt} as diffusers folders have them. Immutable.
 */
public final class ClipTokenizer {
    private static final String BEGIN = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String WORD_END = "</w>";
    private static final long MAX_BYTES = 16 << 20;
    private static final int MAX_CHARACTERS = 100_000;
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String[] BYTES = bytes();

    private final Vocabulary vocabulary;
    private final Merges merges;
    private final int length;
    private final long padding;
    private final long begin;
    private final int end;
    private final Pattern special;

    private ClipTokenizer(Vocabulary vocabulary, Merges merges, int length, String padding) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.length = length;
        this.padding = vocabulary.number(padding);
        this.begin = vocabulary.number(BEGIN);
        this.end = vocabulary.number(END);
        // the token for padding is special in a text too: Stable Diffusion 2 reads every '!' apart
        special = Pattern.compile(Pattern.quote(BEGIN) + "|" + Pattern.quote(END) + "|" + Pattern.quote(padding));
    }

    /**
     * Reads a folder with {@code vocab.json}, {@code merges.txt} and, if it is there, {@code special_tokens_map.json}
     * or {@code tokenizer_config.json}, which tell the token for padding.
     *
     * @param length what texts are padded and cut to: 77 for Stable Diffusion
     * @throws IOException naming the file that is missing, too large or malformed
     */
    public static ClipTokenizer read(Path folder, int length) throws IOException {
        if (length < 2) {
            throw new IllegalArgumentException("a text has at least its first and last token, not " + length);
        }
        Vocabulary vocabulary = Vocabulary.read(checked(folder.resolve("vocab.json")));
        for (String needed : List.of(BEGIN, END)) {
            if (vocabulary.number(needed) < 0) {
                throw new IOException(folder.resolve("vocab.json") + ": the token " + needed
                        + " is missing; this is no vocabulary of CLIP's");
            }
        }
        String pad = padding(folder);
        if (vocabulary.number(pad) < 0) {
            throw new IOException(folder + ": texts are padded with '" + pad + "', which vocab.json does not have");
        }
        return new ClipTokenizer(vocabulary, Merges.read(checked(folder.resolve("merges.txt"))), length, pad);
    }

    private static Path checked(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file; a CLIP tokenizer has vocab.json and merges.txt");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": larger than " + MAX_BYTES + " bytes, which no tokenizer of CLIP's is");
        }
        return file;
    }

    private static String padding(Path folder) throws IOException {
        for (String name : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                ConfigJson json = ConfigJson.parse(file.toString(), Files.readAllBytes(checked(file)));
                if (json.has("pad_token")) {
                    // a text, or an object that describes the token
                    ConfigJson token = json.object("pad_token");
                    return token == null ? json.text("pad_token", END) : token.text("content", END);
                }
            }
        }
        return END;
    }

    /** Token numbers with the first and the last token, cut and padded to the length. */
    public long[] encode(String text) {
        List<Integer> tokens = all(text);
        long[] ids = new long[length];
        Arrays.fill(ids, padding);
        ids[0] = begin;
        int n = Math.min(tokens.size(), length - 2);
        for (int i = 0; i < n; i++) {
            ids[i + 1] = tokens.get(i);
        }
        ids[n + 1] = end;
        return ids;
    }

    /** Whether the end of a text is cut off, and so never read. */
    public boolean cuts(String text) {
        return all(text).size() > length - 2;
    }

    private List<Integer> all(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters is too long");
        }
        List<Integer> tokens = new ArrayList<>();
        int from = 0;
        Matcher found = special.matcher(text);
        while (found.find()) {
            words(text.substring(from, found.start()), tokens);
            tokens.add(vocabulary.number(found.group()));
            from = found.end();
        }
        words(text.substring(from), tokens);
        return tokens;
    }

    /** Several texts. */
    public long[][] encode(List<String> texts) {
        return texts.stream().map(this::encode).toArray(long[][]::new);
    }

    private void words(String text, List<Integer> tokens) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder lower = new StringBuilder();
        // letter by letter, without regard to what stands around it
        SPACE.matcher(composed)
                .replaceAll(" ")
                .codePoints()
                .forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
        Matcher word = WORD.matcher(lower);
        while (word.find()) {
            StringBuilder letters = new StringBuilder();
            for (byte b : word.group().getBytes(StandardCharsets.UTF_8)) {
                letters.append(BYTES[b & 0xff]);
            }
            for (String piece : pieces(letters.toString())) {
                int number = vocabulary.number(piece);
                tokens.add(number < 0 ? end : number);
            }
        }
    }

    /** Joins the pair that was learned first, everywhere, until none is left that was learned. */
    private List<String> pieces(String word) {
        String[] pieces = word.codePoints().mapToObj(Character::toString).toArray(String[]::new);
        int n = pieces.length;
        pieces[n - 1] += WORD_END;
        // of each piece and the one behind it; looked up anew where one of the two has changed, for texts may be long
        int[] ranks = new int[n];
        for (int i = 0; i + 1 < n; i++) {
            ranks[i] = merges.rank(pieces[i], pieces[i + 1]);
        }
        while (true) {
            int lowest = Arrays.stream(ranks, 0, n - 1).min().orElse(Integer.MAX_VALUE);
            if (lowest == Integer.MAX_VALUE) {
                return Arrays.asList(pieces).subList(0, n);
            }
            int filled = 0;
            boolean before = false;
            for (int i = 0; i < n; i++) {
                boolean here = i + 1 < n && ranks[i] == lowest;
                int kept = i == 0 ? 0 : ranks[i - 1];
                pieces[filled] = here ? pieces[i] + pieces[i + 1] : pieces[i];
                if (filled > 0) {
                    ranks[filled - 1] = here || before ? merges.rank(pieces[filled - 1], pieces[filled]) : kept;
                }
                before = here;
                i += here ? 1 : 0;
                filled++;
            }
            n = filled;
        }
    }

    /** A printable letter for each byte: itself where it is one, otherwise one from 256 on. */
    private static String[] bytes() {
        String[] letters = new String[256];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            letters[b] = Character.toString(printable ? b : next++);
        }
        return letters;
    }
}
