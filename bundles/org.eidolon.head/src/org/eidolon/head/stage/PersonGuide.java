// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import ai.djl.ndarray.NDArray;
import java.util.Random;
import java.util.SplittableRandom;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.ScoreDistillation;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.view.ViewCode;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * What a prior says of pictures of one person in several expressions: the single-step residual x − x̂₀. All expressions
 * of a step share views, timesteps and noise, so that between them only the words differ.
 */
public final class PersonGuide {
    private static final Script KERNELS = Script.load(PersonGuide.class, "guide.py");

    /** Standard deviations that a number of a person's code may reach: in some photos more is read than people vary. */
    private static final double REACH = 2.5;

    private final HeadPrior prior;
    private final ScoreDistillation distillation;
    private final NDArray sentences;
    private final NDArray embedding;
    private final NDArray features;
    private final NDArray identityCode;
    private final NDArray textCodes;

    /**
     * @param scope keeps what the prior is told of the person
     * @param worn the expressions
     */
    public PersonGuide(Scope scope, HeadPrior prior, Identity identity, Worn worn) {
        this.prior = prior;
        distillation = new ScoreDistillation(prior.schedule(), ScoreDistillation.Weighting.RESIDUAL, 1);
        embedding = scope.of(identity.embedding(), 1, IdentityEncoder.EMBEDDING);
        features = scope.of(identity.features(), 1, identity.photos(), IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
        CodeReader reader = prior.reader().orElse(null);
        try (var off = Torch.noGradient()) {
            identityCode = reader == null ? null : code(scope, reader, identity, features, embedding);
            sentences = worn.words(scope);
            textCodes = reader == null ? null : worn.codes(scope, reader);
        }
    }

    /** The code (1, {@link org.eidolon.head.code.HeadCodes#IDENTITY}) that a reader takes from the identity. */
    static NDArray code(Scope scope, CodeReader reader, Identity identity, NDArray features, NDArray embedding) {
        NDArray colours = scope.of(identity.colours(), 1, IdentityEncoder.COLOURS);
        return KERNELS.call(scope, "limited", reader.identity(scope, features, embedding, colours), REACH);
    }

    /**
     * What the prior is told of n pictures.
     *
     * @param expressions of each picture
     * @param viewCodes of each picture
     */
    public Conditioning conditioning(Scope s, int[] expressions, float[][] viewCodes) {
        int n = expressions.length;
        float[] codes = new float[n * ViewCode.LENGTH];
        long[] worn = new long[n];
        for (int i = 0; i < n; i++) {
            worn[i] = expressions[i];
            System.arraycopy(viewCodes[i], 0, codes, i * ViewCode.LENGTH, ViewCode.LENGTH);
        }
        NDArray who = s.of(new long[n]), which = s.of(worn);
        return Conditioning.text(rows(s, sentences, which))
                .withIdentity(rows(s, embedding, who), rows(s, features, who))
                .withView(s.of(codes, n, ViewCode.LENGTH))
                .withCodes(rows(s, identityCode, who), rows(s, textCodes, which));
    }

    /**
     * The residual of pictures, those of the first expression first.
     *
     * @param images (E · V, 3, S, S)
     * @param expressions the E expressions shown
     * @param viewCodes of the V views
     * @param times timesteps of the V views
     * @param random gives the V views' noise
     * @param guidance scale of classifier-free guidance
     */
    public NDArray residual(
            Scope s,
            NDArray images,
            int[] expressions,
            float[][] viewCodes,
            int[] times,
            Random random,
            double guidance) {
        int v = viewCodes.length,
                n = expressions.length * v,
                size = prior.card().size();
        float[] noise = new float[v * 3 * size * size];
        // Random's own Gaussians would take a quarter of the time that a GPU needs for a step
        SplittableRandom quick = new SplittableRandom(random.nextLong());
        for (int i = 0; i < noise.length; i++) noise[i] = (float) quick.nextGaussian();
        int[] worn = new int[n], time = new int[n];
        long[] copy = new long[n];
        float[][] codes = new float[n][];
        for (int i = 0; i < n; i++) {
            worn[i] = expressions[i / v];
            time[i] = times[i % v];
            copy[i] = i % v;
            codes[i] = viewCodes[i % v];
        }
        Conditioning c = conditioning(s, worn, codes);
        NDArray shared = rows(s, s.of(noise, v, 3, size, size), s.of(copy));
        NDArray t = prior.schedule().timesteps(s, time);
        return distillation
                .step(s, prior.unet(), images, shared, t, c, Guidance.of(guidance), prior.precision())
                .gradient();
    }

    private static NDArray rows(Scope s, NDArray values, NDArray index) {
        return values == null ? null : KERNELS.call(s, "rows", values, index);
    }
}
