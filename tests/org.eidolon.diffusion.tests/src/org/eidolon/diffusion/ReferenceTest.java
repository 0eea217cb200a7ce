// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** Our numbers against diffusers' and peft's. */
class ReferenceTest extends OnCpu {
    @Test
    void stableDiffusion15() {
        unet("unet_sd15.safetensors");
    }

    @Test
    void stableDiffusion21() {
        unet("unet_sd21.safetensors");
    }

    @Test
    void upscaler() {
        unet("unet_upscaler.safetensors");
    }

    @Test
    void inpainting() {
        unet("unet_inpaint.safetensors");
    }

    @Test
    void oneLevelOneHead() {
        unet("unet_plain.safetensors");
    }

    private void unet(String name) {
        Fixture f = Fixture.read(name, s, folder);
        UNet unet = UNet.of(s, f.config(), f.weights());
        assertThat(unet.parameters().keySet())
                .containsExactlyInAnyOrderElementsOf(f.weights().keySet());
        unet.parameters().values().forEach(Torch::parameter);
        NDArray x = Torch.parameter(f.get("x"));
        NDArray out = unet.forward(s, x, f.get("t"), Conditioning.text(f.get("text")), Precision.FLOAT32);
        assertThat(Toy.difference(out, f.get("out"))).isLessThan(1e-5);
        Torch.backward(out, f.get("up"));
        int gradients = 0;
        for (String key : f.tensors().keySet()) {
            if (key.startsWith("grad.")) {
                NDArray leaf = key.equals("grad.x") ? x : unet.parameters().get(key.substring(5));
                NDArray wanted = f.get(key);
                double size = Toy.difference(wanted, wanted.zerosLike());
                assertThat(size).isGreaterThan(1e-3);
                assertThat(Toy.difference(Torch.gradient(s, leaf), wanted))
                        .as(key)
                        .isLessThan(1e-4 * size);
                gradients++;
            }
        }
        assertThat(gradients).isGreaterThan(3);
    }

    @Test
    void decoupledIdentityAttention() {
        Fixture f = Fixture.read("adapter.safetensors", s, folder);
        UNet unet = UNet.of(s, f.config().withIdentity(6, 4), f.weights());
        Conditioning c = Conditioning.text(f.get("text")).withIdentity(f.get("face"), null);
        NDArray out = forward(unet, f, c.withIdentityScale(0.7));
        assertThat(Toy.difference(out, f.get("out"))).isLessThan(1e-5);
        assertThat(Toy.difference(forward(unet, f, c), f.get("out"))).isGreaterThan(1e-3);
        // without an identity, and with a new branch whose values start at zero, it is the plain network
        UNet plain = UNet.of(s, f.config(), f.weights());
        NDArray without = forward(plain, f, Conditioning.text(f.get("text")));
        UNet fresh = UNet.extend(s, f.config().withIdentity(6, 4), plain.parameters());
        assertThat(Toy.difference(forward(fresh, f, c), without)).isLessThan(1e-6);
    }

    private NDArray forward(UNet unet, Fixture f, Conditioning c) {
        try (var off = Torch.noGradient()) {
            return unet.forward(s, f.get("x"), f.get("t"), c, Precision.FLOAT32);
        }
    }

    @Test
    void loraAttachedMergedAndBack() throws Exception {
        Fixture f = Fixture.read("lora_model.safetensors", s, folder);
        UNet unet = UNet.of(s, f.config(), f.weights());
        Lora lora = LoraFile.load(s, Fixture.file("lora.safetensors", folder));
        Conditioning c = Conditioning.text(f.get("text"));
        NDArray plain = forward(unet, f, c);
        assertThat(Toy.difference(plain, f.get("out"))).isGreaterThan(1e-2);
        unet.attach(List.of(lora.at(1)));
        assertThat(Toy.difference(forward(unet, f, c), f.get("out"))).isLessThan(1e-5);
        // two halves of one are one
        unet.attach(List.of(lora.at(0.5), lora.at(0.5)));
        assertThat(Toy.difference(forward(unet, f, c), f.get("out"))).isLessThan(1e-5);
        unet.attach(List.of());
        assertThat(Toy.difference(forward(unet, f, c), plain)).isZero();
        try (Merged merged = unet.merge(s, List.of(lora.at(0.5), lora.at(0.5)))) {
            assertThat(Toy.difference(forward(unet, f, c), f.get("out"))).isLessThan(1e-5);
        }
        assertThat(Toy.difference(forward(unet, f, c), plain)).isZero();
        // what we write, we read
        Path copy = folder.resolve("copy.safetensors");
        LoraFile.save(lora, copy);
        unet.attach(List.of(LoraFile.load(s, copy).at(1)));
        assertThat(Toy.difference(forward(unet, f, c), f.get("out"))).isLessThan(1e-5);
    }

    @Test
    void schedulersAndSamplers() {
        Fixture f = Fixture.read("schedulers.safetensors", s, folder);
        NoiseSchedule sdNoise = NoiseSchedule.stableDiffusion(NoiseSchedule.Prediction.NOISE);
        NoiseSchedule cosine = NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY);
        NoiseSchedule linear =
                NoiseSchedule.of(NoiseSchedule.Kind.LINEAR, NoiseSchedule.Prediction.NOISE, 1000, 1e-4, 0.02);
        trajectory(f, "ddim_eps_leading", sdNoise, Sampler.ddim(sdNoise, 10, 0, Sampler.Spacing.LEADING, 1, 0, false));
        trajectory(f, "ddim_v_trailing_clip", cosine, Sampler.ddim(cosine, 10));
        trajectory(f, "ddim_eta_linear", linear, Sampler.ddim(linear, 10, 0.6, Sampler.Spacing.LEADING, 0, 0, true));
        trajectory(f, "ddpm_eps_leading", sdNoise, Sampler.ddpm(sdNoise, 10, Sampler.Spacing.LEADING, 0, 0));
        trajectory(f, "ddpm_v_leading_clip", cosine, Sampler.ddpm(cosine, 10, Sampler.Spacing.LEADING, 0, 1));
    }

    private void trajectory(Fixture f, String name, NoiseSchedule schedule, Sampler sampler) {
        float[] abar = f.get(name + ".abar").toFloatArray();
        for (int i = 0; i < abar.length; i++) {
            assertThat(schedule.alphaBar(37 * i)).as(name).isCloseTo(abar[i], within(2e-6));
        }
        float[] t = f.get(name + ".t").toFloatArray();
        for (int i = 0; i < t.length; i++) {
            assertThat(sampler.timesteps()[i]).as(name).isEqualTo((int) t[i]);
        }
        float[] states = f.get(name + ".z").toFloatArray();
        float[] noises = f.get(name + ".noise").toFloatArray();
        NDArray z = s.of(Arrays.copyOf(states, 32), 1, 2, 4, 4);
        for (int i = 0; i < t.length; i++) {
            float[] prediction = new float[32];
            float[] now = z.toFloatArray();
            for (int j = 0; j < 32; j++) {
                double v = now[j];
                prediction[j] = (float) (Math.tanh(0.7 * v + 0.3 * Math.sin(3 * v)) * (0.5 + t[i] / 2000));
            }
            NDArray noise = s.of(Arrays.copyOfRange(noises, 32 * i, 32 * i + 32), 1, 2, 4, 4);
            z = sampler.step(s, z, s.of(prediction, 1, 2, 4, 4), i, noise);
            NDArray wanted = s.of(Arrays.copyOfRange(states, 32 * i + 32, 32 * i + 64), 1, 2, 4, 4);
            double size = Math.max(1, Toy.difference(wanted, wanted.zerosLike()));
            assertThat(Toy.difference(z, wanted)).as(name + " step " + i).isLessThan(1e-4 * size);
        }
    }

    @Test
    void unsupportedConfigurationsAreNamed() {
        assertThat(DiffusersConfig.read("{\"cross_attention_dim\": 768}")).isEqualTo(UNetConfig.stableDiffusion15());
        assertThat(DiffusersConfig.read("{\"cross_attention_dim\": 1024, \"attention_head_dim\": [5, 10, 20, 20],"
                        + " \"use_linear_projection\": true}"))
                .isEqualTo(UNetConfig.stableDiffusion21());
        for (Map.Entry<String, String> bad : Map.of(
                        "act_fn",
                        "\"sine\"",
                        "class_embed_type",
                        "\"timestep\"",
                        "norm_num_groups",
                        "\"many\"",
                        "block_out_channels",
                        "[320]",
                        "down_block_types",
                        "[\"AttnDownBlock2D\"]")
                .entrySet()) {
            assertThatThrownBy(() -> DiffusersConfig.read("{\"" + bad.getKey() + "\": " + bad.getValue() + "}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad.getKey().equals("block_out_channels") ? "block_types" : bad.getKey());
        }
    }
}
