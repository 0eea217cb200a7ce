// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.skin.Skin;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodeReaderTest {
    private static final Script TEST = Script.of("test", """
            def bump(w: Tensor, i: int, by: float):
                w.detach().view(-1)[i].add_(by)
            """);

    private final Scope s = Scope.open(Torch.device("cpu"));

    @AfterEach
    void close() {
        s.close();
    }

    private NDArray gaussian(long seed, double size, long... shape) {
        Random random = new Random(seed);
        long n = 1;
        for (long d : shape) n *= d;
        float[] values = new float[(int) n];
        for (int i = 0; i < n; i++) values[i] = (float) (size * random.nextGaussian());
        return s.of(values, shape);
    }

    private NDArray person(CodeReader reader, Scope step, int photos) {
        return reader.identity(
                step,
                gaussian(1, 6, 4, photos, IdentityEncoder.TOKENS, IdentityEncoder.TOKEN),
                gaussian(2, 0.07, 4, IdentityEncoder.EMBEDDING),
                gaussian(3, 0.3, 4, IdentityEncoder.COLOURS));
    }

    private double loss(CodeReader reader, NDArray truth, NDArray weight, NDArray said, NDArray worn, NDArray shapes) {
        try (Scope step = s.child();
                var off = Torch.noGradient()) {
            return total(step, reader, truth, weight, said, worn, shapes).toFloatArray()[0];
        }
    }

    private NDArray total(
            Scope step, CodeReader reader, NDArray truth, NDArray weight, NDArray said, NDArray worn, NDArray shapes) {
        NDArray a = CodeReader.loss(step, person(reader, step, 2), truth, weight);
        NDArray b = CodeReader.loss(step, reader.expression(step, said), worn, shapes);
        return a.add(b);
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        CodeReader reader = CodeReader.create(s, 5);
        NDArray truth = gaussian(4, 1, 4, HeadCodes.IDENTITY), weight = s.full(1, HeadCodes.IDENTITY);
        NDArray said = gaussian(6, 0.05, 3, SentenceEncoder.LENGTH);
        NDArray worn = gaussian(7, 1, 3, HeadCodes.EXPRESSION), shapes = s.full(1, HeadCodes.EXPRESSION);
        List<NDArray> leaves = new ArrayList<>(reader.parameters().values());
        List<NDArray> gradients = Torch.gradients(s, total(s, reader, truth, weight, said, worn, shapes), null, leaves);
        for (int l = 0; l < leaves.size(); l++) {
            float[] gradient = gradients.get(l).toFloatArray();
            int i = 0;
            for (int j = 1; j < gradient.length; j++) if (Math.abs(gradient[j]) > Math.abs(gradient[i])) i = j;
            double h = 2e-3;
            TEST.run(s, "bump", leaves.get(l), i, h);
            double above = loss(reader, truth, weight, said, worn, shapes);
            TEST.run(s, "bump", leaves.get(l), i, -2 * h);
            double below = loss(reader, truth, weight, said, worn, shapes);
            TEST.run(s, "bump", leaves.get(l), i, h);
            assertThat((above - below) / (2 * h))
                    .as(new ArrayList<>(reader.parameters().keySet()).get(l))
                    .isCloseTo(gradient[i], within(0.02 + 0.02 * Math.abs(gradient[i])));
        }
    }

    @Test
    void learnsToRead() {
        CodeReader reader = CodeReader.create(s, 5);
        NDArray truth = gaussian(4, 1, 4, HeadCodes.IDENTITY), weight = s.full(1, HeadCodes.IDENTITY);
        NDArray said = gaussian(6, 0.05, 3, SentenceEncoder.LENGTH);
        NDArray worn = gaussian(7, 1, 3, HeadCodes.EXPRESSION), shapes = s.full(1, HeadCodes.EXPRESSION);
        double before = loss(reader, truth, weight, said, worn, shapes);
        List<NDArray> leaves = new ArrayList<>(reader.parameters().values());
        try (Adam adam = new Adam(s, leaves, Adam.Options.of(3e-3))) {
            for (int i = 0; i < 60; i++) {
                try (Scope step = s.child()) {
                    NDArray loss = total(step, reader, truth, weight, said, worn, shapes);
                    adam.step(step, Torch.gradients(step, loss, null, leaves));
                }
            }
        }
        assertThat(loss(reader, truth, weight, said, worn, shapes)).isLessThan(0.2 * before);
    }

    @Test
    void everyCodeBeginsWithOneAndPhotosCountAlike() {
        CodeReader reader = CodeReader.create(s, 5);
        float[] codes = person(reader, s, 3).toFloatArray();
        assertThat(codes).hasSize(4 * HeadCodes.IDENTITY);
        for (int b = 0; b < 4; b++) assertThat(codes[b * HeadCodes.IDENTITY]).isEqualTo(1);
        NDArray map = gaussian(1, 6, 1, 1, IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
        NDArray twice = map.concat(map, 1);
        NDArray vector = gaussian(2, 0.07, 1, IdentityEncoder.EMBEDDING);
        NDArray colours = gaussian(3, 0.3, 1, IdentityEncoder.COLOURS);
        float[] once = reader.identity(s, map, vector, colours).toFloatArray();
        assertThat(reader.identity(s, twice, vector, colours).toFloatArray()).containsExactly(once, within(1e-5f));
    }

    @Test
    void saysWhichWeightDoesNotFit() {
        Map<String, NDArray> weights = new HashMap<>(CodeReader.create(s, 5).parameters());
        assertThat(CodeReader.of(weights).parameters()).isEqualTo(weights);
        weights.put("reader.expression.in.bias", s.zeros(3));
        assertThatThrownBy(() -> CodeReader.of(weights)).hasMessageContainingAll("reader.expression.in.bias", "(3)");
        weights.remove("reader.expression.in.bias");
        assertThatThrownBy(() -> CodeReader.of(weights))
                .hasMessageContainingAll("reader.expression.in.bias", "is missing", "[128]");
    }

    @Test
    void trueCodesHoldModesSkinAndShapes() {
        Skin skin = Skin.mean();
        float[] code = HeadCodes.identity(new float[] {0.5f, -2}, skin);
        assertThat(code).hasSize(HeadCodes.IDENTITY).startsWith(1, 0.5f, -2, 0);
        assertThat(code[1 + HeadCodes.MODES]).isEqualTo(4 * skin.tone()[0] - 2);
        assertThat(HeadCodes.identity(new float[200], skin)).hasSize(HeadCodes.IDENTITY);
        assertThat(HeadCodes.expression(new float[] {0, 0.7f}))
                .hasSize(HeadCodes.EXPRESSION)
                .startsWith(1, 0, 0.7f, 0);
    }
}
