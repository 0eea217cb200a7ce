// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules, samplers, score distillation, LoRA training and files. */
class DiffusionTest {
    private static final List<NoiseSchedule> SCHEDULES = List.of(
            NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY),
            NoiseSchedule.stableDiffusion(NoiseSchedule.Prediction.NOISE),
            NoiseSchedule.of(NoiseSchedule.Kind.LINEAR, NoiseSchedule.Prediction.VELOCITY, 200, 1e-4, 0.05));

    @TempDir
    Path folder;

    private Scope s;

    @BeforeEach
    void open() {
        s = Scope.open(Device.cpu());
    }

    @AfterEach
    void close() {
        s.close();
    }

    @Test
    void predictionsConvertBack() {
        NDArray x = Toy.gaussian(s, 1, 3, 2, 4, 4);
        NDArray e = Toy.gaussian(s, 2, 3, 2, 4, 4);
        for (NoiseSchedule schedule : SCHEDULES) {
            NDArray t = schedule.timesteps(s, 5, 90, 160);
            NDArray z = schedule.addNoise(s, x, e, t);
            NDArray wanted = schedule.target(s, x, e, t);
            assertThat(Toy.difference(schedule.clean(s, z, wanted, t, 0), x)).isLessThan(1e-4);
            assertThat(Toy.difference(schedule.noise(s, z, wanted, t), e)).isLessThan(1e-4);
            for (float v : schedule.clean(s, z, wanted, t, 0.5).toFloatArray()) {
                assertThat(v).isBetween(-0.5f, 0.5f);
            }
            assertThat(schedule.loss(s, wanted, wanted, null).toFloatArray()[0]).isZero();
            for (int i = 1; i < schedule.steps(); i++) {
                assertThat(schedule.alphaBar(i))
                        .isLessThan(schedule.alphaBar(i - 1))
                        .isPositive();
            }
            assertThatThrownBy(() -> schedule.timesteps(s, schedule.steps())).hasMessageContaining("outside");
        }
    }

    @Test
    void minSnrWeighsEpsilonAndVelocityAlike() {
        // the same error of x0 must count alike: snr × its square from ε, (snr + 1) × from v
        NoiseSchedule v = NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY);
        NoiseSchedule e = NoiseSchedule.cosine(NoiseSchedule.Prediction.NOISE);
        for (int t = 0; t < 1000; t += 111) {
            double snr = v.snr(t);
            assertThat(v.minSnrWeight(t, 5) * (snr + 1)).isCloseTo(e.minSnrWeight(t, 5) * snr, within(1e-9));
            assertThat(v.minSnrWeight(t, 5) * (snr + 1)).isCloseTo(Math.min(snr, 5), within(1e-9));
        }
        assertThat(v.minSnrWeight(s, new int[] {0, 500}, 5).toFloatArray()[1])
                .isCloseTo((float) v.minSnrWeight(500, 5), within(1e-6f));
    }

    @Test
    void samplersReachWhatAPerfectNetworkKnows() {
        NDArray x = Toy.gaussian(s, 3, 1, 1, 4, 4).tanh();
        for (NoiseSchedule schedule : SCHEDULES) {
            // knows the one clean image there is
            Sampler.Denoiser perfect = (scope, z, t) -> {
                NDArray e = ORACLE.call(scope, "noise", z, x, t, schedule.signal(scope), schedule.level(scope));
                return schedule.target(scope, x, e, t);
            };
            List<Integer> steps = new ArrayList<>();
            Sampler ddim = Sampler.ddim(schedule, 8);
            NDArray sample = ddim.sample(s, perfect, Toy.gaussian(s, 4, 1, 1, 4, 4), (i, n, z) -> steps.add(i));
            assertThat(Toy.difference(sample, x)).isLessThan(1e-3);
            assertThat(steps).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            Sampler ddpm = Sampler.ddpm(schedule, 20, Sampler.Spacing.LEADING, 0, 0);
            assertThat(Toy.difference(ddpm.sample(s, perfect, Toy.gaussian(s, 5, 1, 1, 4, 4)), x))
                    .isLessThan(1e-3);
        }
    }

    private static final Script ORACLE = Script.of("oracle", """
            def noise(z: Tensor, x: Tensor, t: Tensor, signal: Tensor, level: Tensor) -> Tensor:
                i = int(t[0])
                return (z - signal[i] * x) / level[i]
            """);

    @Test
    void distillationWeighsTheResidualAsNamed() {
        NDArray x = Toy.gaussian(s, 1, 2, 1, 2, 2);
        NDArray e = Toy.gaussian(s, 2, 2, 1, 2, 2);
        NDArray guess = Toy.gaussian(s, 3, 2, 1, 2, 2);
        int[] steps = {20, 150};
        for (NoiseSchedule schedule : SCHEDULES) {
            NDArray t = schedule.timesteps(s, steps);
            NDArray z = schedule.addNoise(s, x, e, t);
            float[] found = schedule.noise(s, z, guess, t).toFloatArray();
            for (ScoreDistillation.Weighting w : ScoreDistillation.Weighting.values()) {
                float[] g = new ScoreDistillation(schedule, w, 0)
                        .residual(s, x, z, guess, e, t)
                        .gradient()
                        .toFloatArray();
                for (int i = 0; i < g.length; i++) {
                    double a = schedule.alphaBar(steps[i / 4]);
                    double factor =
                            switch (w) {
                                case RESIDUAL -> Math.sqrt((1 - a) / a);
                                case SDS -> 1 - a;
                                case ONE -> 1;
                                case FANTASIA -> Math.sqrt(a) * (1 - a);
                            };
                    assertThat((double) g[i])
                            .as(w.name())
                            .isCloseTo(factor * (found[i] - e.toFloatArray()[i]), within(2e-4));
                }
            }
        }
    }

    @Test
    void distillationPullsAnImageToWhatAPriorKnows() {
        // a prior trained on one constant image: noise and text do not matter
        UNetConfig config = UNetConfig.tiny(1, 2);
        UNet unet = UNet.create(s, config, 3);
        NoiseSchedule schedule = NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY);
        NDArray truth = s.full(0.6f, 4, 1, 16, 16);
        Conditioning c = Toy.conditioning(s, config, 4, 1);
        NDArray t = schedule.timesteps(s, 300, 500, 700, 850);
        try (Adam adam = new Adam(s, new ArrayList<>(unet.parameters().values()), Adam.Options.of(4e-3))) {
            for (int i = 0; i < 60; i++) {
                try (Scope step = s.child()) {
                    NDArray noise = Toy.gaussian(step, i, 4, 1, 16, 16);
                    NDArray out = unet.forward(step, schedule.addNoise(step, truth, noise, t), t, c, Precision.FLOAT32);
                    Torch.backward(schedule.loss(step, out, schedule.target(step, truth, noise, t), null));
                    adam.step();
                }
            }
        }
        NDArray image = Torch.parameter(s.zeros(4, 1, 16, 16));
        ScoreDistillation sds = new ScoreDistillation(schedule, ScoreDistillation.Weighting.RESIDUAL, 1);
        try (Adam adam = new Adam(s, List.of(image), Adam.Options.of(0.05))) {
            for (int i = 0; i < 40; i++) {
                try (Scope step = s.child()) {
                    NDArray noise = Toy.gaussian(step, 100 + i, 4, 1, 16, 16);
                    ScoreDistillation.Result r =
                            sds.step(step, unet, image, noise, t, c, Guidance.of(1.5), Precision.FLOAT32);
                    Torch.backward(ORACLE_COPY.call(step, "same", image), r.gradient());
                    adam.step();
                }
            }
        }
        double sum = 0;
        float[] values = image.toFloatArray();
        for (float v : values) {
            sum += Math.abs(v - 0.6);
        }
        assertThat(sum / values.length).isLessThan(0.2);
    }

    private static final Script ORACLE_COPY = Script.of("same", """
            def same(x: Tensor) -> Tensor:
                return x * 1.0
            """);

    @Test
    void loraTrainsWhileTheBaseStays() {
        UNetConfig config = UNetConfig.tiny(3, 2);
        UNet base = UNet.create(s, config, 1);
        base.parameters().values().forEach(w -> w.setRequiresGradient(false));
        // zero outputs would hide the adapter
        SHAKE.run(s, "shake", new ArrayList<>(base.parameters().values()));
        Lora lora = Lora.create(s, config, Lora.attention(), 4, 8, 2);
        assertThat(lora.count()).isEqualTo(Lora.count(config, Lora.attention(), 4));
        Conditioning c = Toy.conditioning(s, config, 2, 1);
        NDArray x = Toy.gaussian(s, 1, 2, 3, 16, 16);
        NDArray t = s.of(new float[] {100, 700}, 2);
        NDArray target = Toy.gaussian(s, 2, 2, 3, 16, 16);
        NoiseSchedule schedule = SCHEDULES.getFirst();
        NDArray before = base.forward(s, x, t, c, Precision.FLOAT32);
        base.attach(List.of(lora.at(1)));
        assertThat(Toy.difference(base.forward(s, x, t, c, Precision.FLOAT32), before))
                .isLessThan(1e-6);
        List<Float> losses = new ArrayList<>();
        try (Adam adam = new Adam(s, lora.tensors(), Adam.Options.of(1e-2))) {
            for (int i = 0; i < 25; i++) {
                try (Scope step = s.child()) {
                    NDArray loss = schedule.loss(step, base.forward(step, x, t, c, Precision.FLOAT32), target, null);
                    losses.add(loss.toFloatArray()[0]);
                    Torch.backward(loss);
                    adam.step();
                }
            }
        }
        assertThat(losses.getLast()).isLessThan(losses.getFirst() - 0.01f);
        NDArray with = base.forward(s, x, t, c, Precision.FLOAT32);
        base.attach(List.of());
        assertThat(Toy.difference(base.forward(s, x, t, c, Precision.FLOAT32), before))
                .isZero();
        try (Merged merged = base.merge(s, List.of(lora.at(1)))) {
            assertThat(Toy.difference(base.forward(s, x, t, c, Precision.FLOAT32), with))
                    .isLessThan(1e-4);
        }
        UNetConfig other = UNetConfig.tiny(3, 0);
        Lora foreign = Lora.create(s, UNetConfig.starter(3, 8), name -> name.contains("up_blocks.0"), 2, 2, 0);
        UNet small = UNet.create(s, other, 1);
        assertThatThrownBy(() -> small.attach(List.of(foreign.at(1)))).hasMessageContaining("LoRA");
        assertThatThrownBy(() -> Lora.create(s, config, name -> false, 4, 4, 0)).hasMessageContaining("no projection");
    }

    private static final Script SHAKE = Script.of("shake", """
            def shake(ws: List[Tensor]):
                for w in ws:
                    w.add_(torch.randn_like(w) * 0.05)
            """);

    @Test
    void filesComeBackAndWrongOnesAreNamed() throws IOException {
        UNetConfig config = UNetConfig.tiny(3, 2);
        UNet unet = UNet.create(s, config, 1);
        Path file = folder.resolve("prior.safetensors");
        UNetFile.save(unet, file, false, Map.of("encoder", "mobilefacenet"));
        UNet back = UNetFile.load(s, file);
        assertThat(back.config()).isEqualTo(config);
        assertThat(UNetFile.metadata(file)).containsEntry("encoder", "mobilefacenet");
        unet.parameters()
                .forEach((name, w) -> assertThat(
                                Toy.difference(w, back.parameters().get(name)))
                        .as(name)
                        .isZero());
        UNetFile.save(unet, file, true, Map.of());
        assertThat(Files.size(file)).isLessThan(2 * UNet.count(config) + 60_000);
        assertThat(UNetFile.load(s, file).parameters()).hasSameSizeAs(unet.parameters());
        assertThatThrownBy(() -> UNetFile.load(s, file, UNetConfig.tiny(3, 0)))
                .hasMessageContaining("view_embedding.linear_1.bias");
        Path lora = folder.resolve("lora.safetensors");
        LoraFile.save(Lora.create(s, config, Lora.attention(), 2, 2, 0), lora);
        assertThatThrownBy(() -> UNetFile.load(s, lora)).hasMessageContaining("no UNet configuration");
        assertThatThrownBy(() -> LoraFile.load(s, file)).hasMessageContaining("not a LoRA weight");
    }
}
