// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.code;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Two small networks that read {@link HeadCodes}: of a person from what the identity encoder says of a portrait, and of
 * an expression from a sentence's vector. They are trained beside a prior, by mean square, so that they give the mean
 * of what portrait and words leave open: what a prior makes of it is the likeliest head, not a guess at random.
 */
public final class CodeReader {
    /** Start of the names of its weights in a prior's file. */
    public static final String PREFIX = "reader.";

    private static final Script KERNELS = Script.load(CodeReader.class, "reader.py");
    private static final int PLACE = 8;
    private static final int HIDDEN = 160;
    private static final int SPEECH = 128;

    private final Map<String, NDArray> weights;
    private final List<NDArray> ofIdentity;
    private final List<NDArray> ofExpression;

    private CodeReader(Map<String, NDArray> weights) {
        this.weights = Collections.unmodifiableMap(weights);
        ofIdentity = chosen("identity.");
        ofExpression = chosen("expression.");
    }

    private List<NDArray> chosen(String part) {
        return weights.entrySet().stream()
                .filter(e -> e.getKey().startsWith(PREFIX + part))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Names and shapes of the weights, (out, in) for matrices. */
    private static Map<String, long[]> shapes() {
        int places = IdentityEncoder.TOKENS * PLACE;
        int seen = places + IdentityEncoder.EMBEDDING + IdentityEncoder.COLOURS / 4;
        Map<String, long[]> shapes = new LinkedHashMap<>();
        // what the map says of the shape is mostly linear, so every number of it may speak for itself
        shapes.put(
                PREFIX + "identity.map.weight",
                new long[] {HeadCodes.MODES, (long) IdentityEncoder.TOKENS * IdentityEncoder.TOKEN});
        layer(shapes, "identity.place", IdentityEncoder.TOKEN, PLACE);
        layer(shapes, "identity.in", seen, HIDDEN);
        layer(shapes, "identity.hidden", HIDDEN, HIDDEN);
        layer(shapes, "identity.out", HIDDEN, HeadCodes.IDENTITY - 1);
        layer(shapes, "expression.in", SentenceEncoder.LENGTH, SPEECH);
        layer(shapes, "expression.hidden", SPEECH, SPEECH);
        layer(shapes, "expression.out", SPEECH, HeadCodes.EXPRESSION - 1);
        return shapes;
    }

    private static void layer(Map<String, long[]> shapes, String name, long in, long out) {
        shapes.put(PREFIX + name + ".weight", new long[] {out, in});
        shapes.put(PREFIX + name + ".bias", new long[] {out});
    }

    /** A reader with fresh weights that require gradients. */
    public static CodeReader create(Scope scope, long seed) {
        Torch.seed(seed);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        try (var off = Torch.noGradient()) {
            shapes().forEach((name, shape) -> weights.put(
                    name,
                    shape.length == 1 || name.endsWith("map.weight")
                            ? scope.zeros(shape)
                            : KERNELS.call(scope, "start", scope.zeros(1), shape[0], shape[1])));
        }
        weights.values().forEach(Torch::parameter);
        return new CodeReader(weights);
    }

    /**
     * A reader over weights by name; others in the map are left alone.
     *
     * @throws IllegalArgumentException naming a weight that is missing or has another shape
     */
    public static CodeReader of(Map<String, NDArray> tensors) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        shapes().forEach((name, shape) -> {
            NDArray t = tensors.get(name);
            if (t == null || !Arrays.equals(t.getShape().getShape(), shape)) {
                throw new IllegalArgumentException("the prior's reader of codes: '" + name + "' "
                        + (t == null ? "is missing" : "has shape " + t.getShape()) + ", expected "
                        + Arrays.toString(shape));
            }
            weights.put(name, t);
        });
        return new CodeReader(weights);
    }

    /** Weights by name in their fixed order. */
    public Map<String, NDArray> parameters() {
        return weights;
    }

    /**
     * Codes of people.
     *
     * @param features (B, P, 49, 128) feature maps of P photos
     * @param embedding (B, 192)
     * @param colours (B, 588) mean colours of the crops' cells
     * @return (B, {@link HeadCodes#IDENTITY})
     */
    public NDArray identity(Scope s, NDArray features, NDArray embedding, NDArray colours) {
        return KERNELS.call(s, "identity", features, embedding, colours, new ArrayList<>(ofIdentity));
    }

    /** Codes (B, {@link HeadCodes#EXPRESSION}) of sentences (B, 384). */
    public NDArray expression(Scope s, NDArray sentences) {
        return KERNELS.call(s, "expression", sentences, new ArrayList<>(ofExpression));
    }

    /** Mean square of what was read against the truth (B, N), each number weighed by (N). */
    public static NDArray loss(Scope s, NDArray read, NDArray truth, NDArray weight) {
        return KERNELS.call(s, "loss", read, truth, weight);
    }
}
