// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** Steps of LoRA training on a network that stays as it is. */
class LoraTrainerTest extends OnCpu {
    private static final UNetConfig SMALL = UNetConfig.published(
                    4,
                    4,
                    List.of(16, 32),
                    List.of(1, 1),
                    List.of(true, true),
                    List.of(2, 2),
                    List.of(1, 1),
                    false,
                    12,
                    4,
                    1e-5,
                    32,
                    false,
                    UNetVariant.STANDARD)
            .withIdentity(6, 3);

    private final NoiseSchedule schedule = NoiseSchedule.stableDiffusion(NoiseSchedule.Prediction.NOISE);

    /** A trainer with what it trains on. */
    private record Work(
            UNet masters, UNet unet, LoraTrainer trainer, NDArray clean, NDArray noise, NDArray t, Conditioning c) {}

    private Work work(boolean checkpointing, double ema) {
        UNet masters = UNet.create(s, SMALL, 4);
        masters.parameters().values().forEach(w -> w.setRequiresGradient(false));
        Toy.shake(s, masters.parameters().values(), 0.05);
        Map<String, NDArray> adapters = new LinkedHashMap<>();
        masters.parameters().forEach((name, w) -> {
            if (name.contains("_ip.")) adapters.put(name, Torch.parameter(w));
        });
        UNet unet =
                masters.prepare(s, Precision.FLOAT32, UNetTuning.of(s.device()).stacked(true), adapters::containsKey);
        Lora lora = Lora.create(s, SMALL, Lora.attention(), 4, 4, 1);
        var settings = new LoraTrainer.Settings(
                Precision.FLOAT32, checkpointing, Adam.Options.of(1).clip(1), ema);
        LoraTrainer trainer = new LoraTrainer(s, unet, schedule, lora, adapters, settings);
        Conditioning c = Conditioning.text(Toy.gaussian(s, 2, 4, 5, 12)).withIdentity(Toy.gaussian(s, 3, 4, 6), null);
        return new Work(
                masters,
                unet,
                trainer,
                Toy.gaussian(s, 5, 4, 4, 8, 8),
                Toy.gaussian(s, 6, 4, 4, 8, 8),
                schedule.timesteps(s, 50, 300, 600, 900),
                c);
    }

    private float step(Work w, double rate) {
        float loss = w.trainer.collect(s, w.clean, w.noise, w.t, w.c, null, 1).toFloatArray()[0];
        w.trainer.step(s, rate);
        return loss;
    }

    @Test
    void theLossFallsAndTheNetworkStaysAsItIs() {
        Work w = work(true, 0.5);
        NDArray key = w.masters.parameters().get("mid_block.attentions.0.transformer_blocks.0.attn1.to_k.weight");
        float[] before = key.toFloatArray();
        float first = step(w, 1e-2), last = first;
        for (int i = 0; i < 40; i++) last = step(w, 1e-2);
        assertThat(last).isLessThan(0.7f * first);
        assertThat(key.toFloatArray()).isEqualTo(before);
        // the average follows what is trained, and is another
        Lora average = w.trainer.lora();
        average.modules().forEach((module, pair) -> {
            NDArray value = w.trainer.trained().get(module + ".lora_B.weight");
            assertThat(Toy.difference(pair.b(), value)).isBetween(1e-7, 0.1);
        });
        assertThat(w.trainer.adapters())
                .hasSize(w.trainer.trained().size() - 2 * average.modules().size());
        // attached by itself, without the trainer, it says what was trained
        w.unet.attach(List.of(average.at(1)));
        float alone = schedule.loss(
                        s,
                        w.unet.forward(s, schedule.addNoise(s, w.clean, w.noise, w.t), w.t, w.c, Precision.FLOAT32),
                        schedule.target(s, w.clean, w.noise, w.t),
                        null)
                .toFloatArray()[0];
        assertThat(alone).isCloseTo(last, within(0.1f * first));
    }

    @Test
    void halvesThatAreCollectedMakeTheStepOfTheWhole() {
        Work whole = work(false, 0), halves = work(false, 0);
        for (int i = 0; i < 3; i++) {
            step(whole, 1e-2);
            for (String part : List.of("0:2", "2:4")) {
                NDIndex rows = new NDIndex(part);
                Conditioning c = Conditioning.text(halves.c.text().get(rows))
                        .withIdentity(halves.c.identity().get(rows), null);
                halves.trainer.collect(
                        s, halves.clean.get(rows), halves.noise.get(rows), halves.t.get(rows), c, null, 0.5);
            }
            halves.trainer.step(s, 1e-2);
        }
        whole.trainer
                .trained()
                .forEach((name, value) -> assertThat(
                                Toy.difference(value, halves.trainer.trained().get(name)))
                        .as(name)
                        .isLessThan(2e-4));
        assertThatThrownBy(() -> halves.trainer.step(s, 1e-2)).hasMessageContaining("collect");
    }

    @Test
    void whoeverIsTaughtNobodyLeavesTheAdapterAlone() {
        Work w = work(false, 0);
        Map<String, float[]> before = new LinkedHashMap<>();
        w.trainer.adapters().forEach((name, value) -> before.put(name, value.toFloatArray()));
        assertThat(before).isNotEmpty();
        Conditioning nobody = Conditioning.text(w.c.text());
        w.trainer.collect(s, w.clean, w.noise, w.t, nobody, null, 1);
        w.trainer.step(s, 1e-2);
        w.trainer
                .adapters()
                .forEach((name, value) ->
                        assertThat(value.toFloatArray()).as(name).isEqualTo(before.get(name)));
        step(w, 1e-2);
        w.trainer
                .adapters()
                .forEach((name, value) ->
                        assertThat(value.toFloatArray()).as(name).isNotEqualTo(before.get(name)));
    }
}
