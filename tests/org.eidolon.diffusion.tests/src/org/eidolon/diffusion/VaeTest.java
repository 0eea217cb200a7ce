// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** Our autoencoder's numbers against diffusers'. */
class VaeTest extends OnCpu {
    private static final double TOLERANCE = 2e-5;

    @Test
    void stableDiffusion() throws Exception {
        same("vae_sd.safetensors");
    }

    @Test
    void otherSizes() throws Exception {
        same("vae_other.safetensors");
    }

    private VaeConfig config(String name) throws Exception {
        try (SafeTensors in = SafeTensors.open(Fixture.file(name, folder))) {
            return VaeConfig.read(in.metadata().get("config"));
        }
    }

    private void same(String name) throws Exception {
        VaeConfig config = config(name);
        Fixture f = Fixture.tensors(name, s, folder);
        Vae vae = Vae.of(config, f.weights());
        assertThat(vae.parameters().keySet())
                .containsExactlyInAnyOrderElementsOf(f.weights().keySet());
        vae.parameters().values().forEach(Torch::parameter);
        NDArray image = Torch.parameter(f.get("image"));
        Vae.Moments moments = vae.encode(s, image, Precision.FLOAT32);
        near(moments.mean(), f.get("mean"));
        near(moments.logVariance(), f.get("logvar"));
        NDArray latents = vae.latents(s, moments, null);
        near(latents, f.get("latent"));
        NDArray sampled = vae.latents(s, moments, f.get("noise"));
        near(sampled, f.get("sample").sub(config.shift()).mul(config.scale()));
        Torch.backward(moments.mean(), f.get("encode.up"));
        nearRelative(Torch.gradient(s, image), f.get("encode.grad"));
        int gradients = 0;
        for (String key : f.tensors().keySet()) {
            if (key.startsWith("grad.")) {
                nearRelative(Torch.gradient(s, vae.parameters().get(key.substring(5))), f.get(key));
                gradients++;
            }
        }
        assertThat(gradients).isEqualTo(2);
        NDArray latent = Torch.parameter(f.get("latent"));
        NDArray out = vae.decode(s, latent, Precision.FLOAT32);
        near(out, f.get("out"));
        Torch.backward(out, f.get("decode.up"));
        nearRelative(Torch.gradient(s, latent), f.get("decode.grad"));
        // weights cast once: the same, with gradients by the image only
        Vae prepared = vae.prepare(s, Precision.FLOAT32);
        NDArray again = Torch.parameter(f.get("image").duplicate());
        near(prepared.latents(s, again, Precision.FLOAT32), f.get("latent"));
        assertThatThrownBy(() -> prepared.decode(s, latent, Precision.BFLOAT16)).hasMessageContaining("prepared");
        NDArray half = vae.decode(s, latent, Precision.BFLOAT16);
        double size = Toy.difference(out, out.zerosLike());
        assertThat(Toy.difference(half, out)).isBetween(1e-6, 0.06 * size);
    }

    private static void near(NDArray is, NDArray wanted) {
        assertThat(Toy.difference(is, wanted)).isLessThan(TOLERANCE);
    }

    private static void nearRelative(NDArray is, NDArray wanted) {
        double size = Toy.difference(wanted, wanted.zerosLike());
        assertThat(size).isGreaterThan(1e-4);
        assertThat(Toy.difference(is, wanted)).isLessThan(1e-4 * size);
    }

    @Test
    void wrongInputIsNamed() throws Exception {
        assertThat(Vae.shapes(VaeConfig.stableDiffusion()).values().stream()
                        .mapToLong(shape -> java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                        .sum())
                .isEqualTo(83_653_863);
        VaeConfig config = config("vae_sd.safetensors");
        Fixture f = Fixture.tensors("vae_sd.safetensors", s, folder);
        Vae vae = Vae.of(config, f.weights());
        assertThatThrownBy(() -> vae.encode(s, s.zeros(1, 4, 8, 8), Precision.FLOAT32))
                .hasMessageContaining("(B, 3, H, W)");
        assertThatThrownBy(() -> vae.decode(s, s.zeros(1, 3, 8, 8), Precision.FLOAT32))
                .hasMessageContaining("(B, 4, h, w)");
        Map<String, NDArray> missing = new HashMap<>(f.weights());
        missing.remove("decoder.conv_in.bias");
        assertThatThrownBy(() -> Vae.of(config, missing)).hasMessageContaining("decoder.conv_in.bias");
        for (String bad : new String[] {
            "\"down_block_types\": [\"AttnDownEncoderBlock2D\"]",
            "\"latents_mean\": [0.5]",
            "\"act_fn\": \"sine\"",
            "\"block_out_channels\": [64, 48]",
            "\"layers_per_block\": \"two\""
        }) {
            assertThatThrownBy(() -> VaeConfig.read("{" + bad + "}")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
