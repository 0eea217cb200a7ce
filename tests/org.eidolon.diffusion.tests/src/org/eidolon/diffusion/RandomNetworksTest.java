// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/**
 * Configurations of UNets, autoencoders and text encoders drawn at random: with the same weights the reference gives the same
 * numbers, or what is not done is refused by the name that it has in the file.
 */
class RandomNetworksTest extends OnCpu {
    @Test
    void numbersEqualTheReferenceOrSettingsAreRefused() throws Exception {
        Map<String, int[]> counts = new HashMap<>();
        try (var off = Torch.noGradient()) {
            for (JsonElement each : RandomConfigs.cases("random_networks.json", folder)) {
                JsonObject drawn = each.getAsJsonObject();
                JsonObject config = drawn.getAsJsonObject("config");
                int[] count = counts.computeIfAbsent(drawn.get("kind").getAsString(), k -> new int[2]);
                try {
                    switch (drawn.get("kind").getAsString()) {
                        case "unet" -> unet(drawn, config.toString());
                        case "vae" -> vae(drawn, config.toString());
                        default -> clip(drawn, config.toString());
                    }
                    count[0]++;
                } catch (IllegalArgumentException e) {
                    assertThat(config.keySet())
                            .as("%s for %s", e.getMessage(), drawn)
                            .anyMatch(key -> e.getMessage().contains("'" + key + "'"));
                    count[1]++;
                }
            }
        }
        assertThat(counts).hasSize(3);
        // most draws of a UNet hold something that Stable Diffusion has not and that is refused by name; the rest must
        // be equal
        counts.forEach((kind, count) -> assertThat(count[0]).as(kind).isGreaterThanOrEqualTo(4));
    }

    private void unet(JsonObject drawn, String text) {
        UNetConfig config = DiffusersConfig.read(text);
        UNet unet = UNet.of(s, config, weights(UNet.shapes(config)));
        NDArray words = wave("text", 1, 3, config.contextWidth());
        NDArray t = s.of(new float[] {437}, 1);
        NDArray x = wave("x", 1, config.inChannels(), 8, 8);
        same(drawn, "out", unet.forward(s, x, t, Conditioning.text(words), Precision.FLOAT32));
    }

    private void vae(JsonObject drawn, String text) {
        VaeConfig config = VaeConfig.read(text);
        Vae vae = Vae.of(config, weights(Vae.shapes(config)));
        long side = 4L << (config.channels().size() - 1);
        NDArray image = wave("image", 1, config.inChannels(), side, side);
        same(drawn, "latents", vae.latents(s, image, Precision.FLOAT32));
        same(drawn, "out", vae.decode(s, wave("latents", 1, config.latentChannels(), 4, 4), Precision.FLOAT32));
    }

    private void clip(JsonObject drawn, String text) {
        ClipConfig config = ClipConfig.read(text);
        ClipText clip = ClipText.of(config, weights(ClipText.shapes(config)));
        ClipText.Output out = clip.encode(s, new long[][] {{18, 3, 5, 7, 19, 7, 1}}, 0);
        same(drawn, "last", out.states());
        same(drawn, "pooled", out.pooled());
    }

    private Map<String, NDArray> weights(Map<String, long[]> shapes) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> weights.put(name, wave(name, shape)));
        return weights;
    }

    /** The numbers of {@code random_networks.py}. */
    private NDArray wave(String name, long... shape) {
        int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        int phase = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            phase += b & 0xff;
        }
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            double x = Math.sin(0.37 * i + phase % 1000);
            numbers[i] = (float)
                    (shape.length > 1
                            ? x * (1.2 / Math.sqrt((double) n / shape[0]))
                            : name.endsWith("weight") ? 1 + 0.2 * x : 0.1 * x);
        }
        return s.of(numbers, shape);
    }

    private static void same(JsonObject drawn, String name, NDArray is) {
        float[] numbers = is.toFloatArray();
        double largest = 1;
        for (JsonElement each : drawn.getAsJsonArray(name)) {
            largest = Math.max(largest, Math.abs(each.getAsDouble()));
        }
        for (int i = 0; i < 12; i++) {
            double wanted = drawn.getAsJsonArray(name).get(i).getAsDouble();
            assertThat(Math.abs(numbers[(int) ((long) i * (numbers.length - 1) / 11)] - wanted))
                    .as("%s of %s", name, drawn)
                    .isLessThan(1e-4 * largest);
        }
    }
}
