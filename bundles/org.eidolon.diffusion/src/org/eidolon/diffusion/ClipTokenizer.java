// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final int MAX_PIECES = 1 << 20;
    private static final int MAX_CHARACTERS = 100_000;
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String[] BYTES = bytes();

    private record Pair(String left, String right) {}

    private final Map<String, Integer> vocabulary;
    private final Map<Pair, Integer> ranks;
    private final int length;
    private final String padding;
    private final Pattern special;

    private ClipTokenizer(Map<String, Integer> vocabulary, Map<Pair, Integer> ranks, int length, String padding) {
        this.vocabulary = vocabulary;
        this.ranks = ranks;
        this.length = length;
        this.padding = padding;
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
        Map<String, Integer> vocabulary = vocabulary(folder.resolve("vocab.json"));
        for (String needed : List.of(BEGIN, END)) {
            if (!vocabulary.containsKey(needed)) {
                throw new IOException(folder.resolve("vocab.json") + ": the token " + needed
                        + " is missing; this is no vocabulary of CLIP's");
            }
        }
        String pad = padding(folder);
        if (!vocabulary.containsKey(pad)) {
            throw new IOException(folder + ": texts are padded with '" + pad + "', which vocab.json does not have");
        }
        return new ClipTokenizer(vocabulary, merges(folder.resolve("merges.txt")), length, pad);
    }

    private static void check(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file; a CLIP tokenizer has vocab.json and merges.txt");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": larger than " + MAX_BYTES + " bytes, which no tokenizer of CLIP's is");
        }
    }

    private static Map<String, Integer> vocabulary(Path file) throws IOException {
        check(file);
        Map<String, Integer> map = new HashMap<>();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonReader in = new JsonReader(text)) {
            in.beginObject();
            while (in.hasNext()) {
                String piece = in.nextName();
                int number = in.nextInt();
                if (number < 0 || number >= MAX_PIECES || map.put(piece, number) != null) {
                    throw new IOException(file + ": '" + piece + "' stands there twice, or its number " + number
                            + " is outside 0…" + (MAX_PIECES - 1));
                }
            }
            in.endObject();
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException(
                    file + ": expected one JSON object of pieces and their numbers: " + e.getMessage(), e);
        } catch (com.google.gson.stream.MalformedJsonException | java.io.EOFException e) {
            throw new IOException(file + ": not valid JSON: " + e.getMessage(), e);
        }
        return map;
    }

    private static Map<Pair, Integer> merges(Path file) throws IOException {
        check(file);
        Map<Pair, Integer> ranks = new HashMap<>();
        int line = 0;
        for (String each : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            line++;
            if (each.isBlank() || line == 1 && each.startsWith("#version")) {
                continue;
            }
            String[] parts = each.split(" ");
            if (parts.length != 2) {
                throw new IOException(file + ", line " + line + ": expected two pieces with a space between");
            }
            ranks.putIfAbsent(new Pair(parts[0], parts[1]), ranks.size());
        }
        return ranks;
    }

    private static String padding(Path folder) throws IOException {
        for (String name : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                check(file);
                ConfigJson json = ConfigJson.parse(file.toString(), Files.readString(file));
                if (json.has("pad_token")) {
                    // a text, or an object that describes the token
                    String token = json.text("pad_token", END);
                    return token.startsWith("{")
                            ? ConfigJson.parse(file.toString(), token).text("content", END)
                            : token;
                }
            }
        }
        return END;
    }

    /** Token numbers with the first and the last token, cut and padded to the length. */
    public long[] encode(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters is too long");
        }
        List<Integer> tokens = new ArrayList<>();
        int from = 0;
        Matcher found = special.matcher(text);
        while (found.find()) {
            words(text.substring(from, found.start()), tokens);
            tokens.add(vocabulary.get(found.group()));
            from = found.end();
        }
        words(text.substring(from), tokens);
        long[] ids = new long[length];
        Arrays.fill(ids, vocabulary.get(padding));
        ids[0] = vocabulary.get(BEGIN);
        int n = Math.min(tokens.size(), length - 2);
        for (int i = 0; i < n; i++) {
            ids[i + 1] = tokens.get(i);
        }
        ids[n + 1] = vocabulary.get(END);
        return ids;
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
                tokens.add(vocabulary.getOrDefault(piece, vocabulary.get(END)));
            }
        }
    }

    /** Joins the pair that was learned first, everywhere, until none is left that was learned. */
    private List<String> pieces(String word) {
        List<String> pieces = new ArrayList<>();
        word.codePoints().forEach(c -> pieces.add(Character.toString(c)));
        pieces.add(pieces.removeLast() + WORD_END);
        while (pieces.size() > 1) {
            Pair best = null;
            int lowest = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < pieces.size(); i++) {
                Pair pair = new Pair(pieces.get(i), pieces.get(i + 1));
                int rank = ranks.getOrDefault(pair, Integer.MAX_VALUE);
                if (rank < lowest) {
                    lowest = rank;
                    best = pair;
                }
            }
            if (best == null) {
                break;
            }
            List<String> joined = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                boolean here = i + 1 < pieces.size()
                        && pieces.get(i).equals(best.left())
                        && pieces.get(i + 1).equals(best.right());
                joined.add(here ? best.left() + best.right() : pieces.get(i));
                i += here ? 1 : 0;
            }
            pieces.clear();
            pieces.addAll(joined);
        }
        return pieces;
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
