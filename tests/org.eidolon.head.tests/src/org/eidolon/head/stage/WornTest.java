// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WornTest {
    private final Scope s = Scope.open(Torch.device("cpu"));
    private final float[] rest = sentence(1), smile = sentence(2);

    @AfterEach
    void close() {
        s.close();
    }

    private static float[] sentence(long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[SentenceEncoder.LENGTH];
        for (int i = 0; i < numbers.length; i++) numbers[i] = (float) (0.05 * random.nextGaussian());
        return numbers;
    }

    private Worn smiles(float... intensities) {
        float[][] sentences = new float[intensities.length][];
        Arrays.fill(sentences, smile);
        return new Worn(sentences, rest, intensities);
    }

    private float[] code(CodeReader reader, float[] sentence) {
        return reader.expression(s, s.of(sentence, 1, SentenceEncoder.LENGTH)).toFloatArray();
    }

    private static float[] row(float[] all, int width, int row) {
        return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    @Test
    void codesLieOnALineFromRestThroughTheExpression() {
        CodeReader reader = CodeReader.create(s, 5);
        float[] atRest = code(reader, rest), full = code(reader, smile);
        float[] steps = {0, 0.25f, 0.5f, 1, 1.25f, 1.5f};
        float[] codes = smiles(steps).codes(s, reader).toFloatArray();
        for (int e = 0; e < steps.length; e++) {
            float[] code = row(codes, HeadCodes.EXPRESSION, e);
            assertThat(code[0]).as("it is one").isEqualTo(1);
            for (int i = 0; i < code.length; i++) {
                assertThat(code[i]).isCloseTo(atRest[i] + steps[e] * (full[i] - atRest[i]), within(1e-5f));
            }
        }
        assertThat(row(codes, HeadCodes.EXPRESSION, 0)).containsExactly(atRest, within(1e-6f));
    }

    @Test
    void wordsNeverSpeakAgainstTheCode() {
        float[] words = smiles(0, 0.5f, 1, 1.25f, 1.5f).words(s).toFloatArray();
        assertThat(row(words, SentenceEncoder.LENGTH, 0)).containsExactly(rest, within(1e-7f));
        for (int i = 0; i < smile.length; i++) {
            assertThat(words[smile.length + i]).isCloseTo((rest[i] + smile[i]) / 2, within(1e-6f));
            assertThat(words[3 * smile.length + i]).isCloseTo(smile[i] / 2, within(1e-6f));
        }
        assertThat(row(words, SentenceEncoder.LENGTH, 4)).containsExactly(new float[smile.length], within(0f));
    }

    @Test
    void strengthIsSmooth() {
        float[] fine = new float[61];
        for (int i = 0; i < fine.length; i++) fine[i] = i / 40f;
        float[] words = smiles(fine).words(s).toFloatArray();
        float most = (float) IntStream.range(0, smile.length)
                .mapToDouble(i -> Math.max(2 * Math.abs(smile[i]), Math.abs(smile[i] - rest[i])))
                .max()
                .orElseThrow();
        for (int i = smile.length; i < words.length; i++) {
            assertThat(Math.abs(words[i] - words[i - smile.length])).isLessThan(most / 40 + 1e-6f);
        }
    }

    @Test
    void fullStrengthChangesNothingBitByBit() {
        CodeReader reader = CodeReader.create(s, 5);
        Worn said = Worn.of(new float[][] {smile, rest});
        assertThat(said.words(s).toFloatArray()).startsWith(smile).endsWith(rest);
        float[] codes = said.codes(s, reader).toFloatArray();
        float[] both = reader.expression(s, said.words(s)).toFloatArray();
        assertThat(codes).containsExactly(both);
        assertThat(smiles(1, 1).codes(s, reader).toFloatArray())
                .startsWith(smiles(1, 0.3f).codes(s, reader).get(0).toFloatArray());
    }

    @Test
    void refusesWhatCannotBeWorn() {
        for (float wrong : new float[] {-0.1f, 1.51f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> smiles(1, wrong))
                    .withMessageContaining("0 to 1.5");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Worn.of(new float[0][]))
                .withMessageContaining("256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Worn.of(new float[1][5]))
                .withMessageContaining("384");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Worn(new float[][] {smile}, null, new float[] {0.5f}))
                .withMessageContaining("at rest");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Worn(new float[][] {smile}, rest, new float[2]))
                .withMessageContaining("as many intensities");
    }
}
