// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.diffusion.AddedTokens.Token;

/**
 * What lies beside a tokenizer's pieces, read as transformers reads it: {@code tokenizer_config.json},
 * {@code special_tokens_map.json}, {@code added_tokens.json}, and the added tokens of {@code tokenizer.json}.
 *
 * @param begin the token that begins a text
 * @param end the one that ends it
 * @param unknown the one in the place of what is in no piece
 * @param padding the one that fills a text up
 * @param longest so many tokens at most; the largest number where it is not told
 * @param added tokens that are found before a text is taken apart
 */
record TokenizerSettings(Token begin, Token end, Token unknown, Token padding, int longest, List<Token> added) {
    /** The files of a tokenizer, of which a folder has some. */
    static final List<String> FILES = List.of(
            "tokenizer.json",
            "vocab.json",
            "merges.txt",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json");

    private static final String BEGIN = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final int MOST = 1024;
    private static final int LONGEST = 400;

    /** Tokens with a name, in the order in which they are added. */
    private static final List<String> NAMED =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    /** Notes of the library, and what is done to numbers on their way back to a text. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "tokenizer_class",
            "name_or_path",
            "special_tokens_map_file",
            "tokenizer_file",
            "model_input_names",
            "processor_class",
            "errors",
            "clean_up_tokenization_spaces",
            "backend",
            "is_local",
            "local_files_only",
            "use_fast",
            "model_max_length",
            "added_tokens_decoder");

    private static final Map<String, String> FIXED =
            Map.of("do_lower_case", "true", "padding_side", "right", "truncation_side", "right");

    private static final List<String> REFUSED = List.of("add_prefix_space", "split_special_tokens");

    private static final List<String> MORE = List.of("additional_special_tokens", "extra_special_tokens");

    /** A token as a file describes it. */
    private record Described(String content, boolean normalised, boolean left, boolean right, boolean word) {
        /** What is said by its letters alone. */
        static Described of(String content, boolean special) {
            return new Described(content, !special, false, false, false);
        }

        static Described of(ConfigJson json, String content, boolean special) {
            return new Described(
                    content,
                    json.flag("normalized", !special),
                    json.flag("lstrip", false),
                    json.flag("rstrip", false),
                    json.flag("single_word", false));
        }
    }

    /**
     * Reads what is there.
     *
     * @param whole tokenizer.json, or null
     * @throws IOException naming the file and what is malformed or not supported
     */
    static TokenizerSettings read(Path folder, ConfigJson whole, Vocabulary vocabulary) throws IOException {
        try {
            return new Reading(folder, whole, vocabulary).settings();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static final class Reading {
        private final Path folder;
        private final ConfigJson whole;
        private final Vocabulary vocabulary;
        private final ConfigJson config;
        private final ConfigJson map;
        private final TreeMap<Integer, Described> numbered = new TreeMap<>();

        Reading(Path folder, ConfigJson whole, Vocabulary vocabulary) throws IOException {
            this.folder = folder;
            this.whole = whole;
            this.vocabulary = vocabulary;
            config = file("tokenizer_config.json");
            boolean all = config.has("added_tokens_decoder");
            map = all ? ConfigJson.parse("", "{}") : file("special_tokens_map.json");
            List<String> known = new ArrayList<>(NAMED);
            List.of(WITHOUT_EFFECT, FIXED.keySet(), REFUSED, MORE).forEach(known::addAll);
            config.known("", known);
            config.fixed(FIXED);
            config.absent(REFUSED);
            map.known("", known);
            if (all) {
                ConfigJson decoder = config.object("added_tokens_decoder");
                config.require(decoder != null, "added_tokens_decoder", "an object of numbers and tokens");
                for (String number : decoder.names(MOST)) {
                    ConfigJson token = decoder.object(number);
                    decoder.require(token != null, number, "an object that describes a token");
                    put(decoder, whole(decoder, number), token);
                }
            } else {
                legacy();
            }
        }

        private ConfigJson file(String name) throws IOException {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file)
                    ? ConfigJson.parse(file.toString(), Files.readAllBytes(ClipTokenizer.checked(file)))
                    : ConfigJson.parse(file.toString(), "{}");
        }

        private static int whole(ConfigJson in, String number) {
            in.require(number.matches("\\d{1,7}"), number, "the number of a token");
            return Integer.parseInt(number);
        }

        private void put(ConfigJson in, int number, ConfigJson token) {
            String content = content(token);
            numbered.put(number, Described.of(token, content, token.flag("special", false)));
        }

        private static String content(ConfigJson token) {
            String content = token.text("content", "");
            token.require(
                    !content.isEmpty() && content.length() <= LONGEST,
                    "content",
                    "a text of up to " + LONGEST + " letters");
            return content;
        }

        private void legacy() throws IOException {
            List<String> special = new ArrayList<>();
            for (String name : NAMED) {
                Described token = named(name, null);
                if (token != null) special.add(token.content());
            }
            special.addAll(more());
            ConfigJson added = file("added_tokens.json");
            added.all(MOST).forEach((content, number) -> {
                added.require(content.length() <= LONGEST && !content.isEmpty(), content, "a shorter text");
                numbered.put(whole(added, number), Described.of(content, special.contains(content)));
            });
            if (whole != null) {
                for (ConfigJson token : whole.objects("added_tokens", MOST)) {
                    put(token, token.integer("id", -1), token);
                }
            }
        }

        private List<String> more() {
            List<String> all = new ArrayList<>();
            for (ConfigJson in : List.of(config, map)) {
                for (String name : MORE) {
                    in.texts(name, MOST).forEach(content -> {
                        in.require(!content.startsWith("{"), name, "a list of texts");
                        if (!all.contains(content)) all.add(content);
                    });
                }
            }
            return all;
        }

        /** A token by its name, as the map describes it, or else the configuration. */
        private Described named(String name, String otherwise) {
            ConfigJson in = map.mentions(name) ? map : config;
            if (!in.has(name)) {
                return otherwise == null ? null : Described.of(otherwise, true);
            }
            ConfigJson token = in.object(name);
            String content = token == null ? in.text(name, "") : content(token);
            in.require(!content.isEmpty() && content.length() <= LONGEST, name, "a token");
            boolean typed =
                    token == null || in == map || token.text("__type", "").equals("AddedToken");
            in.require(typed, name, "a text, or an object with \"__type\": \"AddedToken\"");
            for (Described each : numbered.values()) {
                if (each.content().equals(content)) {
                    return each;
                }
            }
            return token == null
                    ? Described.of(content, true)
                    : Described.of(token, content, in == map || token.flag("special", false));
        }

        TokenizerSettings settings() throws IOException {
            Map<String, Token> all = new LinkedHashMap<>();
            for (Map.Entry<Integer, Described> each : numbered.entrySet()) {
                Token token = add(all, each.getValue());
                if (token.number() != each.getKey()) {
                    throw new IOException(folder + ": the token '" + token.content() + "' is said to have the number "
                            + each.getKey() + ", and is read as " + token.number()
                            + ": its number in the vocabulary, or the next one behind all others");
                }
            }
            Map<String, Token> named = new LinkedHashMap<>();
            for (String name : NAMED) {
                boolean usual = List.of("bos_token", "eos_token", "unk_token", "pad_token")
                        .contains(name);
                Described token = named(name, usual ? name.equals("bos_token") ? BEGIN : END : null);
                if (token != null) {
                    named.put(name, add(all, token));
                }
            }
            more().forEach(content -> add(all, Described.of(content, true)));
            double longest = config.number("model_max_length", Integer.MAX_VALUE);
            config.require(longest >= 2, "model_max_length", "2 or more, not " + longest);
            return new TokenizerSettings(
                    named.get("bos_token"),
                    named.get("eos_token"),
                    named.get("unk_token"),
                    named.get("pad_token"),
                    (int) Math.min(longest, Integer.MAX_VALUE),
                    List.copyOf(all.values()));
        }

        /** Numbers are those of the vocabulary, or follow it in turn. */
        private Token add(Map<String, Token> all, Described d) {
            int known = vocabulary.number(d.content());
            int next =
                    all.values().stream().mapToInt(token -> token.number() + 1).reduce(vocabulary.size(), Math::max);
            Token token =
                    new Token(d.content(), known >= 0 ? known : next, d.normalised(), d.left(), d.right(), d.word());
            Token before = all.putIfAbsent(d.content(), token);
            return before == null ? token : before;
        }
    }
}
