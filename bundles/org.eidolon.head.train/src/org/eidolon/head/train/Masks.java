// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.Random;

/**
 * What a prior is not told of each picture of a batch, 0 where it is left out. Guidance wants pictures without identity,
 * words, or both; codes and what they were read from are left out one without the other, so that neither is leant on
 * alone.
 *
 * @param identity all of the identity, for guidance
 * @param text all of the expression, for guidance
 * @param portrait the encoder's vector and feature map
 * @param identityCode the code of the identity
 * @param words the sentence
 * @param textCode the code of the expression
 * @param noise on the feature map, in its own spread: photos lie further off than painted portraits
 */
record Masks(
        float[] identity,
        float[] text,
        float[] portrait,
        float[] identityCode,
        float[] words,
        float[] textCode,
        float[] noise) {

    /** Chances that identity alone, words alone, or both are dropped. */
    private static final double DROP_IDENTITY = 0.06;

    private static final double DROP_TEXT = 0.06;
    private static final double DROP_BOTH = 0.06;

    private static final double NO_PORTRAIT = 0.3;
    private static final double NO_IDENTITY_CODE = 0.15;
    private static final double NO_WORDS = 0.25;
    private static final double NO_TEXT_CODE = 0.15;
    private static final float MOST_NOISE = 0.5f;

    static Masks draw(Random random, int n) {
        Masks m = new Masks(
                new float[n], new float[n], new float[n], new float[n], new float[n], new float[n], new float[n]);
        for (int i = 0; i < n; i++) {
            double dice = random.nextDouble();
            m.identity[i] = dice < DROP_IDENTITY + DROP_BOTH ? 0 : 1;
            m.text[i] = dice >= DROP_IDENTITY && dice < DROP_IDENTITY + DROP_BOTH + DROP_TEXT ? 0 : 1;
            double known = random.nextDouble();
            m.portrait[i] = known < NO_PORTRAIT ? 0 : 1;
            m.identityCode[i] = known > 1 - NO_IDENTITY_CODE ? 0 : 1;
            double said = random.nextDouble();
            m.words[i] = said < NO_WORDS ? 0 : 1;
            m.textCode[i] = said > 1 - NO_TEXT_CODE ? 0 : 1;
            m.noise[i] = MOST_NOISE * random.nextFloat();
        }
        return m;
    }
}
