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
 * CLIP's tokenizer: byte pairs (Sennrich et al. 2016) over lower-cased words, of {@code tokenizer.json}, or
 * {@code vocab.json} and {@code merges.txt}, as diffusers folders have them. Immutable.
 */
public final class ClipTokenizer {
    private static final String WHOLE = "tokenizer.json";
    private static final String WORD_END = "</w>";
    private static final long MAX_BYTES = 16 << 20;
    private static final int MAX_CHARACTERS = 100_000;
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NAME = Pattern.compile("<\\|(\\w+)\\|>");
    private static final String[] BYTES = bytes();

    private final Vocabulary vocabulary;
    private final Merges merges;
    private final int length;
    private final TokenizerSettings settings;
    private final AddedTokens added;

    private ClipTokenizer(Vocabulary vocabulary, Merges merges, int length, TokenizerSettings settings) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.length = Math.min(length, settings.longest());
        this.settings = settings;
        added = new AddedTokens(settings.added(), ClipTokenizer::normal);
    }

    /** Whether a folder holds a tokenizer, in either form. */
    public static boolean isThere(Path folder) {
        return Files.isRegularFile(folder.resolve(WHOLE)) || Files.isRegularFile(folder.resolve("vocab.json"));
    }

    /** The files of a tokenizer that are there. */
    public static List<Path> files(Path folder) {
        return TokenizerSettings.FILES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * Reads a folder with {@code tokenizer.json}, or {@code vocab.json} and {@code merges.txt}, and what lies beside them:
     * tokens with a meaning of their own, words that were taught, the longest text.
     *
     * @param length what texts are padded and cut to, where the folder tells no less: 77 for Stable Diffusion
     * @throws IOException naming the file that is missing, too large or malformed
     */
    public static ClipTokenizer read(Path folder, int length) throws IOException {
        if (length < 2) {
            throw new IllegalArgumentException("a text has at least its first and last token, not " + length);
        }
        boolean one = Files.isRegularFile(folder.resolve(WHOLE));
        TokenizerJson whole = one ? TokenizerJson.open(folder.resolve(WHOLE)) : null;
        Vocabulary vocabulary = one ? whole.vocabulary() : Vocabulary.read(checked(folder.resolve("vocab.json")));
        Merges merges = one ? whole.merges() : Merges.read(checked(folder.resolve("merges.txt")));
        TokenizerSettings settings = TokenizerSettings.read(folder, one ? whole.root() : null, vocabulary);
        for (AddedTokens.Token needed : List.of(settings.begin(), settings.end())) {
            if (vocabulary.number(needed.content()) < 0) {
                throw new IOException(folder.resolve(one ? WHOLE : "vocab.json") + ": the token " + needed.content()
                        + " is missing; this is no vocabulary of CLIP's");
            }
        }
        String padding = one ? whole.padding() : null;
        if (padding != null && !padding.equals(settings.padding().content())) {
            throw new IOException(folder.resolve(WHOLE) + ": its 'padding' is with '" + padding + "', and beside it '"
                    + settings.padding().content() + "' is told");
        }
        try {
            return new ClipTokenizer(vocabulary, merges, length, settings);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
    }

    static Path checked(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    file + ": no such file; a CLIP tokenizer has tokenizer.json, or vocab.json and merges.txt");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": larger than " + MAX_BYTES + " bytes, which no tokenizer of CLIP's is");
        }
        return file;
    }

    /** Token numbers with the first and the last token, cut and padded to the length. */
    public long[] encode(String text) {
        List<Integer> tokens = all(text);
        long[] ids = new long[length];
        Arrays.fill(ids, settings.padding().number());
        ids[0] = settings.begin().number();
        int n = Math.min(tokens.size(), length - 2);
        for (int i = 0; i < n; i++) {
            ids[i + 1] = tokens.get(i);
        }
        ids[n + 1] = settings.end().number();
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
        added.split(added.expanded(text), part -> words(part, tokens), (token, letters) -> tokens.add(token.number()));
        return tokens;
    }

    /** One more than the largest number that it gives. */
    public int size() {
        return settings.added().stream().mapToInt(token -> token.number() + 1).reduce(vocabulary.end(), Math::max);
    }

    /** Several texts. */
    public long[][] encode(List<String> texts) {
        return texts.stream().map(this::encode).toArray(long[][]::new);
    }

    /** A text as it is read: composed, with single spaces, in lower case. */
    private static String normal(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder lower = new StringBuilder();
        // letter by letter, without regard to what stands around it
        SPACE.matcher(composed)
                .replaceAll(" ")
                .codePoints()
                .forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
        return lower.toString();
    }

    private void words(String text, List<Integer> tokens) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            // a name that was no token, as it was written large, is three words, and ends what is before and behind it
            Matcher name = NAME.matcher(word.group());
            for (String each : name.matches() ? List.of("<|", name.group(1), "|>") : List.of(word.group())) {
                word(each, tokens);
            }
        }
    }

    private void word(String word, List<Integer> tokens) {
        StringBuilder letters = new StringBuilder();
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            letters.append(BYTES[b & 0xff]);
        }
        for (String piece : pieces(letters.toString())) {
            int number = vocabulary.number(piece);
            tokens.add(number < 0 ? settings.unknown().number() : number);
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
