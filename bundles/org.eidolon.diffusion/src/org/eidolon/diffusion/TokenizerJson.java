// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eidolon.torch.internal.JsonScanner;

/** A {@code tokenizer.json}, which newer versions of transformers write in the place of vocabulary and merges. */
final class TokenizerJson {
    private static final String NORMALISER =
            "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Replace\","
                    + "\"pattern\":{\"Regex\":\"\\\\s+\"},\"content\":\" \"},{\"type\":\"Lowercase\"}]}";
    /** With the names of the first and last token in it, or, as it was, without. */
    private static final Pattern PARTS = Pattern.compile(
            Pattern.quote("{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":\"")
                    + "(?:" + Pattern.quote("<\\\\|startoftext\\\\|>|<\\\\|endoftext\\\\|>|") + ")?"
                    + Pattern.quote(
                            "'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+\"},\"behavior\":\"Removed\","
                                    + "\"invert\":true},{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":")
                    + "(?:true|false)(?:,\"use_regex\":true)?}]}");

    private static final Map<String, String> MODEL = Map.of(
            "type", "BPE",
            "fuse_unk", "false",
            "byte_fallback", "false",
            "ignore_merges", "false",
            "continuing_subword_prefix", "",
            "end_of_word_suffix", "</w>");

    private final Path file;
    private final ConfigJson root;
    private final ConfigJson model;

    private TokenizerJson(Path file, ConfigJson root) throws IOException {
        this.file = file;
        this.root = root;
        root.known(
                "",
                List.of(
                        "version",
                        "truncation",
                        "padding",
                        "added_tokens",
                        "normalizer",
                        "pre_tokenizer",
                        "post_processor",
                        "decoder",
                        "model"));
        model = root.object("model");
        root.require(model != null, "model", "an object");
        model.known(
                "",
                List.of(
                        "type",
                        "dropout",
                        "unk_token",
                        "continuing_subword_prefix",
                        "end_of_word_suffix",
                        "fuse_unk",
                        "byte_fallback",
                        "ignore_merges",
                        "vocab",
                        "merges"));
        model.absent(List.of("dropout"));
        model.fixed(MODEL);
        // how long texts are, and with what they are filled up, is said beside it
        for (String end : List.of("truncation", "padding")) {
            ConfigJson there = root.object(end);
            root.require(
                    there == null
                            ? !root.has(end)
                            : there.text("direction", "Right").equals("Right"),
                    end,
                    "null, or at the right end");
        }
        root.require(NORMALISER.equals(compact(root, "normalizer")), "normalizer", "the one of CLIP's tokenizer");
        String parts = compact(root, "pre_tokenizer");
        root.require(PARTS.matcher(parts).matches(), "pre_tokenizer", "the one of CLIP's tokenizer");
    }

    /**
     * Opens a file of up to 16 MiB and checks that it reads texts as CLIP's tokenizer does.
     *
     * @throws IOException naming the file and what is malformed or another
     */
    static TokenizerJson open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(ClipTokenizer.checked(file))) {
            ByteBuffer bytes = channel.size() == 0
                    ? ByteBuffer.allocate(0)
                    : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new TokenizerJson(file, ConfigJson.parse(file.toString(), bytes));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A field as it is written, without space between its parts; cut where it is longer than any that is known. */
    private static String compact(ConfigJson json, String name) throws IOException {
        JsonScanner in = json.scanner(name);
        if (in == null) {
            return "";
        }
        in.skip();
        StringBuilder out = new StringBuilder();
        boolean quoted = false, escaped = false;
        for (char c : in.written(4096).toCharArray()) {
            if (quoted || !Character.isWhitespace(c)) {
                out.append(c);
            }
            quoted ^= c == '"' && !escaped;
            escaped = quoted && c == '\\' && !escaped;
        }
        return out.toString();
    }

    /** The token that texts were filled up with when it was written, or null. */
    String padding() {
        ConfigJson padding = root.object("padding");
        return padding == null ? null : padding.text("pad_token", "");
    }

    /** All of it. */
    ConfigJson root() {
        return root;
    }

    /** Its pieces and their numbers. */
    Vocabulary vocabulary() throws IOException {
        JsonScanner in = model.scanner("vocab");
        if (in == null) {
            throw new IOException(file + ": 'vocab' is missing in its 'model'");
        }
        return Vocabulary.read(file, in);
    }

    /** Its pairs of pieces, as lines of {@code merges.txt}. */
    Merges merges() throws IOException {
        JsonScanner in = model.scanner("merges");
        if (in == null) {
            throw new IOException(file + ": 'merges' is missing in its 'model'");
        }
        int from = in.position();
        byte[] lines = new byte[lines(in, null)];
        in.seek(from);
        lines(in, lines);
        return Merges.of(file, lines);
    }

    /** How many bytes the lines have; fills them in where there is room for them. */
    private int lines(JsonScanner in, byte[] into) throws IOException {
        int at = 0;
        try {
            in.enter('[');
            while (in.more(']')) {
                if (in.peek() == '[') {
                    in.enter('[');
                    at = part(in, into, at, ' ');
                    at = part(in, into, at, '\n');
                    if (in.more(']')) {
                        throw new IOException(file + ": 'merges' has more than two pieces together");
                    }
                } else {
                    at = text(in, into, at, '\n');
                }
            }
            return at;
        } catch (JsonScanner.Unexpected e) {
            throw new IOException(file + ": 'merges' must be a list of pairs of pieces: " + e.getMessage(), e);
        }
    }

    private int part(JsonScanner in, byte[] into, int at, char behind) throws IOException {
        if (!in.more(']')) {
            throw new IOException(file + ": 'merges' has a piece without another");
        }
        return text(in, into, at, behind);
    }

    private static int text(JsonScanner in, byte[] into, int at, char behind) throws IOException {
        in.text();
        if (into != null) {
            in.bytes(into, at);
            into[at + in.length()] = (byte) behind;
        }
        return at + in.length() + 1;
    }
}
