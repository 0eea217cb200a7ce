// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.model.HeadModel;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** What a prior's reader takes from a photo's identity and from words, in numbers of the head model. */
public final class PersonCodes {
    /** Weights below this are noise of the reader: a face at rest wears nothing. */
    private static final float REST = 0.06f;

    /** The reader gives the mean of what words leave open, which is less than what they ask for. */
    private static final float FULL = 1.12f;

    private PersonCodes() {}

    /** Weights of the head model's identity modes, {@link HeadCodes#MODES} of them. */
    public static float[] shape(Scope scope, CodeReader reader, Identity person) {
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            NDArray embedding = s.of(person.embedding(), 1, IdentityEncoder.EMBEDDING);
            NDArray features =
                    s.of(person.features(), 1, person.photos(), IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
            float[] code =
                    PersonGuide.code(s, reader, person, features, embedding).toFloatArray();
            return Arrays.copyOfRange(code, 1, 1 + HeadCodes.MODES);
        }
    }

    /** Weights of the head model's expression shapes for each expression, 0 to {@link Worn#STRONGEST}. */
    public static float[][] expressions(Scope scope, CodeReader reader, Worn worn, HeadModel model) {
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            float[] codes = worn.codes(s, reader).toFloatArray();
            int shapes = Math.min(HeadCodes.SHAPES, model.shapes().size());
            float[][] weights = new float[worn.count()][model.shapes().size()];
            for (int e = 0; e < weights.length; e++) {
                for (int i = 0; i < shapes; i++) {
                    float read = FULL * codes[e * HeadCodes.EXPRESSION + 1 + i];
                    float most = Math.max(1, worn.intensities()[e]);
                    weights[e][i] = read < REST ? 0 : Math.min(read, most);
                }
            }
            return weights;
        }
    }
}
