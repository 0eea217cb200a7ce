// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Sampler;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * What a prior of normals draws by itself when it is asked for one person's pictures: seen like a head, although no head lies
 * behind the pictures. One sample for each picture.
 */
final class PriorSamples {
    private static final int AT_ONCE = 24;

    /** A normal that faces the camera has at least this much of blue; the background has none. */
    private static final float COVERED = -0.5f;

    private final HeadPrior prior;
    private final Identity person;
    private final float[][] sentences;
    private final int size;
    private final int steps;

    /**
     * @param sentences one for each expression
     * @param size of the pictures that are given
     * @param steps of DDIM
     */
    PriorSamples(HeadPrior prior, Identity person, float[][] sentences, int size, int steps) {
        this.prior = prior;
        this.person = person;
        this.sentences = sentences;
        this.size = size;
        this.steps = steps;
    }

    /**
     * The samples, seen as a head.
     *
     * @param identityCode what is told of the person besides the portrait
     * @param expressionCodes what is told of each expression besides the words
     */
    HeadScore.Head told(float[] identityCode, float[][] expressionCodes) {
        return (s, e, views) -> {
            int own = prior.card().size();
            float[] colours = new float[views.size() * 3 * size * size];
            float[] mask = new float[views.size() * size * size];
            for (int from = 0; from < views.size(); from += AT_ONCE) {
                List<View> some = views.subList(from, Math.min(views.size(), from + AT_ONCE));
                try (Scope inner = s.child()) {
                    float[] drawn = draw(inner, e, some, identityCode, expressionCodes[e], 31L * e + from);
                    for (int i = 0; i < some.size(); i++) {
                        enlarge(drawn, i, own, colours, mask, from + i);
                    }
                }
            }
            return new NormalViews.Seen(size, colours, mask);
        };
    }

    private float[] draw(Scope s, int e, List<View> views, float[] identityCode, float[] expressionCode, long seed) {
        int n = views.size(), own = prior.card().size();
        Random random = new Random(seed);
        float[] noise = new float[n * 3 * own * own];
        for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
        float[][] codes = views.stream().map(v -> ViewCode.of(v, Light.FLAT)).toArray(float[][]::new);
        Conditioning c = Conditioning.text(same(s, sentences[e], n, SentenceEncoder.LENGTH))
                .withIdentity(
                        same(s, person.embedding(), n, IdentityEncoder.EMBEDDING),
                        same(s, person.features(), n, person.photos(), IdentityEncoder.TOKENS, IdentityEncoder.TOKEN))
                .withView(s.of(flat(codes), n, ViewCode.LENGTH))
                .withCodes(
                        same(s, identityCode, n, HeadCodes.IDENTITY), same(s, expressionCode, n, HeadCodes.EXPRESSION));
        try (var off = Torch.noGradient()) {
            return Sampler.ddim(prior.schedule(), steps)
                    .sample(
                            s,
                            (in, z, t) -> prior.unet().forward(in, z, t, c, prior.precision()),
                            s.of(noise, n, 3, own, own))
                    .toFloatArray();
        }
    }

    private static NDArray same(Scope s, float[] values, int times, long... shape) {
        float[][] rows = new float[times][];
        Arrays.fill(rows, values);
        long[] whole = new long[shape.length + 1];
        whole[0] = times;
        System.arraycopy(shape, 0, whole, 1, shape.length);
        return s.of(flat(rows), whole);
    }

    private static float[] flat(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) System.arraycopy(rows[r], 0, all, r * rows[0].length, rows[0].length);
        return all;
    }

    /** Picture i of those drawn, bilinearly as picture {@code to} of those given. */
    private void enlarge(float[] drawn, int i, int own, float[] colours, float[] mask, int to) {
        int plane = size * size;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                float v = Math.clamp((y + 0.5f) * own / size - 0.5f, 0, own - 1);
                float u = Math.clamp((x + 0.5f) * own / size - 0.5f, 0, own - 1);
                int top = (int) v, left = (int) u;
                int bottom = Math.min(top + 1, own - 1), right = Math.min(left + 1, own - 1);
                float blue = 0;
                for (int c = 0; c < 3; c++) {
                    int at = (i * 3 + c) * own * own;
                    float above = mix(drawn[at + top * own + left], drawn[at + top * own + right], u - left);
                    float below = mix(drawn[at + bottom * own + left], drawn[at + bottom * own + right], u - left);
                    blue = mix(above, below, v - top);
                    colours[(to * 3 + c) * plane + y * size + x] = blue;
                }
                boolean covered = blue > COVERED;
                mask[to * plane + y * size + x] = covered ? 1 : 0;
                if (!covered) for (int c = 0; c < 3; c++) colours[(to * 3 + c) * plane + y * size + x] = -1;
            }
        }
    }

    private static float mix(float a, float b, float share) {
        return a + share * (b - a);
    }
}
