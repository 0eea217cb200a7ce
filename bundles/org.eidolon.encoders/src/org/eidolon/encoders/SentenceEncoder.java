// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.Models;

/**
 * Turns English sentences into vectors of unit length (Reimers and Gurevych, "Sentence-BERT", 2019; the model is
 * all-MiniLM-L6-v2): mean over the words' last hidden states. Sentences are encoded one at a time, because the
 * quantised network scales its numbers by what is in the batch: so the same words always give the same vector.
 */
public final class SentenceEncoder implements AutoCloseable {
    /** The encoder that ships with Eidolon. */
    public static final String STARTER = "text/all-minilm-l6-v2-q";

    /** Length of a vector. */
    public static final int LENGTH = 384;

    private static final int MAX_TOKENS = 128;
    private static final int MAX_CHARACTERS = 10_000;

    private final Model model;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private SentenceEncoder(Model model, Model vocabulary) {
        this.model = model;
        // Without it DJL looks for a GPU, and where it finds one downloads another build of its tokenizer.
        if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
        if (System.getenv("OPT_OUT_TRACKING") == null && System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
        this.tokenizer = tokenizer(vocabulary);
        this.session = Onnx.open(model, 1);
    }

    private static HuggingFaceTokenizer tokenizer(Model vocabulary) {
        // DJL looks for its native library through the thread's class loader, which in OSGi does not see it.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(HuggingFaceTokenizer.class.getClassLoader());
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(vocabulary.bytes()),
                    Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS)));
        } catch (IOException e) {
            throw new ModelException("the vocabulary '" + vocabulary.info().id() + "' does not open: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The starter encoder. */
    public static SentenceEncoder open(Models models) {
        return open(models.get(STARTER), models.get(STARTER + "/tokenizer"));
    }

    /** An encoder of BERT's kind by its weights and its {@code tokenizer.json}. */
    public static SentenceEncoder open(Model model, Model tokenizer) {
        return new SentenceEncoder(model, tokenizer);
    }

    /** Logical id of the weights, which a prior names. */
    public String id() {
        return model.info().id();
    }

    /** Hash of the weights, which a prior names. */
    public String sha256() {
        return model.info().sha256();
    }

    /** Token numbers of a sentence, with the opening and closing ones; at most 128. */
    public long[] tokens(String sentence) {
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("an empty sentence says nothing: describe the expression in words");
        }
        if (sentence.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a sentence of " + sentence.length() + " characters is too long");
        }
        synchronized (tokenizer) {
            return tokenizer.encode(sentence).getIds();
        }
    }

    /**
     * What of a sentence is not read.
     *
     * @param signs that the encoder has no word for, such as emoji: all of them are one and the same to it
     * @param rest what stands beyond the 128th token; empty where nothing does
     */
    public record Unread(List<String> signs, String rest) {}

    /** What {@link #encode(String)} leaves out. */
    public Unread unread(String sentence) {
        Encoding encoding;
        tokens(sentence); // refuses what is no sentence
        synchronized (tokenizer) {
            encoding = tokenizer.encode(sentence);
        }
        List<String> signs = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < encoding.getTokens().length; i++) {
            CharSpan span = encoding.getCharTokenSpans()[i];
            if (span != null && span.getEnd() > span.getStart()) {
                if (encoding.getTokens()[i].equals("[UNK]")) {
                    signs.add(part(sentence, span.getStart(), span.getEnd()));
                }
                end = Math.max(end, span.getEnd());
            }
        }
        String rest =
                encoding.exceedMaxLength() ? part(sentence, end, sentence.codePointCount(0, sentence.length())) : "";
        return new Unread(List.copyOf(signs), rest.strip());
    }

    /** The tokenizer counts code points, Java halves of them. */
    private static String part(String text, int from, int to) {
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }

    /** 384 numbers of unit length. Words beyond the 128th token are not read, see {@link #unread}. */
    public float[] encode(String sentence) {
        long[] ids = tokens(sentence);
        long[] ones = new long[ids.length];
        java.util.Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        var environment = Onnx.environment();
        try (OnnxTensor id = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor type = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", id, "attention_mask", mask, "token_type_ids", type))) {
            FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
            double[] sum = new double[LENGTH];
            for (int t = 0; t < ids.length; t++) {
                for (int i = 0; i < LENGTH; i++) {
                    sum[i] += hidden.get(t * LENGTH + i);
                }
            }
            float[] mean = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                mean[i] = (float) (sum[i] / ids.length);
            }
            if (!Identity.unit(mean, 0, LENGTH)) {
                throw new IllegalStateException("the sentence encoder made no vector of '" + sentence + "'");
            }
            return mean;
        } catch (OrtException e) {
            throw Onnx.failed("the sentence encoder", e);
        }
    }

    /** One vector for each sentence, on all cores. */
    public float[][] encode(List<String> sentences) {
        return sentences.parallelStream().map(this::encode).toArray(float[][]::new);
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw Onnx.failed("closing the sentence encoder", e);
        }
    }
}
