// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UNetTest {
    private static final UNetConfig TINY = UNetConfig.tiny(3, 5).withCodes(7, 6, 2);
    private static final Script TEST = Script.of("test", """
            def dot(x: Tensor, y: Tensor) -> Tensor:
                return (x * y).sum()

            def bump(w: Tensor, i: int, by: float):
                w.detach().view(-1)[i].add_(by)
            """);

    private Scope s;

    @BeforeEach
    void open() {
        s = Scope.open(Device.cpu());
    }

    @AfterEach
    void close() {
        s.close();
    }

    /** A network whose every part has an effect: fresh ones begin with zeros at their outputs. */
    private UNet shaken(UNetConfig config, long seed) {
        UNet unet = UNet.create(s, config, seed);
        Toy.shake(s, unet.parameters().values(), 0.05);
        return unet;
    }

    @Test
    void startsAtZeroAndLearns() {
        UNet unet = UNet.create(s, TINY, 1);
        NoiseSchedule schedule = NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY);
        NDArray clean = Toy.gaussian(s, 5, 4, 3, 16, 16);
        NDArray noise = Toy.gaussian(s, 6, 4, 3, 16, 16);
        Conditioning c = Toy.conditioning(s, TINY, 4, 1);
        NDArray t = schedule.timesteps(s, 100, 300, 600, 900);
        NDArray z = schedule.addNoise(s, clean, noise, t);
        NDArray target = schedule.target(s, clean, noise, t);
        List<Double> losses = new ArrayList<>();
        try (Adam adam = new Adam(s, new ArrayList<>(unet.parameters().values()), Adam.Options.of(3e-3))) {
            for (int i = 0; i < 40; i++) {
                try (Scope step = s.child()) {
                    NDArray out = unet.forward(step, z, t, c, Precision.FLOAT32);
                    if (i == 0) {
                        assertThat(out.toFloatArray()).containsOnly(0f);
                    }
                    NDArray loss = schedule.loss(step, out, target, null);
                    losses.add((double) loss.toFloatArray()[0]);
                    Torch.backward(loss);
                    adam.step();
                }
            }
        }
        assertThat(losses.getFirst()).isCloseTo(1, within(0.2));
        assertThat(losses.getLast()).isLessThan(0.6 * losses.getFirst());
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        UNet unet = shaken(TINY, 2);
        NDArray x = Torch.parameter(Toy.gaussian(s, 7, 2, 3, 16, 16));
        NDArray t = s.of(new float[] {40, 800}, 2);
        NDArray upstream = Toy.gaussian(s, 8, 2, 3, 16, 16);
        Conditioning c = Toy.conditioning(s, TINY, 2, 2)
                .withPhotos(s.of(new float[] {1, 1, 1, 0}, 2, 2))
                .keep(s.of(new float[] {1, 0}, 2), s.of(new float[] {0, 1}, 2));
        Torch.backward(TEST.call(s, "dot", unet.forward(s, x, t, c, Precision.FLOAT32), upstream));
        Random random = new Random(9);
        List<NDArray> leaves = new ArrayList<>(unet.parameters().values());
        leaves.add(x);
        int checked = 0;
        for (NDArray leaf : leaves) {
            float[] gradient = Torch.gradient(s, leaf).toFloatArray();
            int i = random.nextInt(gradient.length);
            double h = 2e-2;
            double slope = (value(unet, x, t, c, upstream, leaf, i, h) - value(unet, x, t, c, upstream, leaf, i, -h))
                    / (2 * h);
            if (Math.abs(slope) > 0.05) {
                checked++;
            }
            assertThat(slope).isCloseTo(gradient[i], within(0.02 + 0.02 * Math.abs(gradient[i])));
        }
        assertThat(checked).isGreaterThan(leaves.size() / 2);
    }

    private double value(UNet unet, NDArray x, NDArray t, Conditioning c, NDArray up, NDArray leaf, int i, double by) {
        try (Scope step = s.child();
                var off = Torch.noGradient()) {
            TEST.run(step, "bump", leaf, i, by);
            double v = TEST.call(step, "dot", unet.forward(step, x, t, c, Precision.FLOAT32), up)
                    .toFloatArray()[0];
            TEST.run(step, "bump", leaf, i, -by);
            return v;
        }
    }

    @Test
    void halfPrecisionIsCloseAndPreparedIsEqual() {
        UNet unet = shaken(TINY, 3);
        NDArray x = Toy.gaussian(s, 1, 3, 3, 32, 32);
        NDArray t = s.of(new float[] {1, 500, 999}, 3);
        Conditioning c = Toy.conditioning(s, TINY, 3, 1);
        try (var off = Torch.noGradient()) {
            NDArray full = unet.forward(s, x, t, c, Precision.FLOAT32);
            NDArray half = unet.forward(s, x, t, c, Precision.BFLOAT16);
            double size = Toy.difference(full, full.zerosLike());
            assertThat(size).isGreaterThan(0.1);
            assertThat(Toy.difference(full, half)).isBetween(1e-6, 0.05 * size);
            for (Precision p : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
                UNet ready = unet.prepare(s, p);
                assertThat(Toy.difference(ready.forward(s, x, t, c, p), p == Precision.FLOAT32 ? full : half))
                        .isLessThan(1e-5 * size);
            }
            UNet ready = unet.prepare(s, Precision.BFLOAT16);
            assertThatThrownBy(() -> ready.forward(s, x, t, c, Precision.FLOAT32))
                    .hasMessageContaining("prepared");
        }
    }

    @Test
    void codesCountAndAZeroCodeIsAnAbsentOne() {
        UNet unet = shaken(TINY, 12);
        NDArray x = Toy.gaussian(s, 1, 2, 3, 16, 16);
        NDArray t = s.of(new float[] {500, 500}, 2);
        Conditioning a = Toy.conditioning(s, TINY, 2, 1);
        NDArray noIdentity = s.zeros(2, TINY.identityCode()), noText = s.zeros(2, TINY.textCode());
        try (var off = Torch.noGradient()) {
            NDArray base = forward(unet, x, t, a);
            NDArray without = forward(unet, x, t, a.withCodes(null, null));
            assertThat(Toy.difference(without, forward(unet, x, t, a.withCodes(noIdentity, noText))))
                    .isLessThan(1e-5);
            assertThat(Toy.difference(base, forward(unet, x, t, a.withCodes(noIdentity, a.textCode()))))
                    .isGreaterThan(1e-3);
            assertThat(Toy.difference(base, forward(unet, x, t, a.withCodes(a.identityCode(), noText))))
                    .isGreaterThan(1e-3);
        }
        assertThatThrownBy(() -> forward(unet, x, t, a.withCodes(noText, noText)))
                .hasMessageContaining("identityCode");
    }

    @Test
    void masksDropWhatTheyMask() {
        UNet unet = shaken(TINY, 4);
        NDArray x = Toy.gaussian(s, 1, 2, 3, 16, 16);
        NDArray t = s.of(new float[] {500, 500}, 2);
        NDArray one = s.of(new float[] {1, 1}, 2);
        NDArray zero = s.of(new float[] {0, 0}, 2);
        Conditioning a = Toy.conditioning(s, TINY, 2, 2);
        Conditioning otherText = Conditioning.text(Toy.gaussian(s, 50, 2, TINY.textWidth()))
                .withIdentity(a.identity(), a.features())
                .withView(a.view())
                .withCodes(a.identityCode(), Toy.gaussian(s, 53, 2, TINY.textCode()));
        Conditioning otherIdentity = a.withIdentity(
                        Toy.gaussian(s, 51, 2, TINY.identityWidth()), Toy.gaussian(s, 52, 2, 2, 49, 128))
                .withCodes(Toy.gaussian(s, 54, 2, TINY.identityCode()), a.textCode());
        try (var off = Torch.noGradient()) {
            NDArray base = forward(unet, x, t, a);
            assertThat(Toy.difference(base, forward(unet, x, t, a.keep(one, one))))
                    .isLessThan(1e-5);
            // what is kept matters, what is dropped does not
            assertThat(Toy.difference(base, forward(unet, x, t, otherText))).isGreaterThan(1e-3);
            assertThat(Toy.difference(base, forward(unet, x, t, otherIdentity))).isGreaterThan(1e-3);
            assertThat(Toy.difference(
                            forward(unet, x, t, a.keep(zero, one)), forward(unet, x, t, otherText.keep(zero, one))))
                    .isLessThan(1e-6);
            assertThat(Toy.difference(
                            forward(unet, x, t, a.keep(one, zero)), forward(unet, x, t, otherIdentity.keep(one, zero))))
                    .isLessThan(1e-6);
            // a batch with one photo and two: the masked photo is as if it were not there
            NDArray features = Toy.gaussian(s, 60, 2, 1, 49, 128);
            NDArray padded = TEST_PAD.call(s, "pad", features);
            NDArray single = forward(unet, x, t, a.withIdentity(a.identity(), features));
            NDArray masked = forward(
                    unet, x, t, a.withIdentity(a.identity(), padded).withPhotos(s.of(new float[] {1, 0, 1, 0}, 2, 2)));
            assertThat(Toy.difference(single, masked)).isLessThan(1e-5);
            // without λ the identity tokens are gone, the pooled ones stay
            assertThat(Toy.difference(base, forward(unet, x, t, a.withIdentityScale(0))))
                    .isGreaterThan(1e-4);
        }
    }

    private static final Script TEST_PAD = Script.of("pad", """
            def pad(x: Tensor) -> Tensor:
                return torch.cat([x, torch.randn_like(x) * 5.0], 1)
            """);

    private NDArray forward(UNet unet, NDArray x, NDArray t, Conditioning c) {
        return unet.forward(s, x, t, c, Precision.FLOAT32);
    }

    @Test
    void guidanceIsTheCombinationOfItsBranches() {
        UNet unet = shaken(TINY, 5);
        NDArray x = Toy.gaussian(s, 1, 2, 3, 16, 16);
        NDArray t = s.of(new float[] {500, 20}, 2);
        Conditioning c = Toy.conditioning(s, TINY, 2, 1);
        try (var off = Torch.noGradient()) {
            float[] none = forward(unet, x, t, c.branch(s, false, false)).toFloatArray();
            float[] person = forward(unet, x, t, c.branch(s, false, true)).toFloatArray();
            float[] full = forward(unet, x, t, c).toFloatArray();
            float[] one =
                    Guidance.of(3).predict(s, unet, x, t, c, Precision.FLOAT32).toFloatArray();
            float[] two = Guidance.of(2, 4)
                    .predict(s, unet, x, t, c, Precision.FLOAT32)
                    .toFloatArray();
            for (int i = 0; i < full.length; i++) {
                assertThat(one[i]).isCloseTo(none[i] + 3 * (full[i] - none[i]), within(1e-4f));
                assertThat(two[i])
                        .isCloseTo(none[i] + 2 * (person[i] - none[i]) + 4 * (full[i] - person[i]), within(1e-4f));
            }
        }
    }

    @Test
    void sizesAreWhatTheyShouldBe() {
        assertThat(UNet.count(UNetConfig.stableDiffusion15())).isEqualTo(859_520_964L);
        assertThat(UNet.count(UNetConfig.stableDiffusion21())).isEqualTo(865_910_724L);
        assertThat(Lora.count(UNetConfig.stableDiffusion15(), Lora.attention(), 8))
                .isEqualTo(1_594_368L);
        assertThat(Lora.count(UNetConfig.stableDiffusion21(), Lora.attention(), 8))
                .isEqualTo(1_659_904L);
        // two starter priors, their projections included, fit 48 MB in half precision
        assertThat(UNet.count(UNetConfig.starter(3, 8))).isBetween(10_000_000L, 11_500_000L);
        UNetConfig c = UNetConfig.starter(4, 8);
        assertThat(UNetConfig.fromJson(c.toJson())).isEqualTo(c);
    }

    @Test
    void wrongInputIsNamed() {
        UNet unet = UNet.create(s, TINY, 1);
        Conditioning c = Toy.conditioning(s, TINY, 2, 1);
        NDArray x = s.zeros(2, 3, 16, 16);
        NDArray t = s.zeros(2);
        assertThatThrownBy(() -> forward(unet, s.zeros(2, 4, 16, 16), t, c)).hasMessageContaining("x has shape");
        assertThatThrownBy(() -> forward(unet, s.zeros(2, 3, 15, 16), t, c)).hasMessageContaining("patch 2");
        assertThatThrownBy(() -> forward(unet, x, t, c.withView(s.zeros(2, 3)))).hasMessageContaining("view has shape");
        assertThatThrownBy(() -> UNetConfig.fromJson("{\"inChannels\": 3}")).hasMessageContaining("channels");
        assertThatThrownBy(() -> UNetConfig.fromJson(TINY.toJson().replace("\"groups\": 4", "\"groups\": 5")))
                .hasMessageContaining("groups (5)");
        var weights = new java.util.HashMap<>(unet.parameters());
        weights.remove("conv_in.weight");
        assertThatThrownBy(() -> UNet.of(s, TINY, weights)).hasMessageContaining("'conv_in.weight' is missing");
        weights.put("conv_in.weight", s.zeros(1));
        assertThatThrownBy(() -> UNet.of(s, TINY, weights)).hasMessageContaining("'conv_in.weight' has shape");
    }
}
