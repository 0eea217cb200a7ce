// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a UNet computes, it says the same: norms, stacked matrices, LoRAs in them, and activations computed anew. */
class UNetTuningTest extends OnCpu {
    /** Stable Diffusion in small: three levels, convolutions as projections, an identity branch. */
    private static final UNetConfig SMALL = UNetConfig.published(
                    4,
                    4,
                    List.of(16, 32, 32),
                    List.of(2, 2, 1),
                    List.of(true, true, false),
                    List.of(2, 2, 4),
                    List.of(1, 2, 1),
                    false,
                    12,
                    4,
                    1e-5,
                    32,
                    false,
                    UNetVariant.STANDARD)
            .withIdentity(6, 3);

    private UNet unet;
    private NDArray x;
    private NDArray t;
    private Conditioning c;

    @Override
    @BeforeEach
    void open() throws IOException {
        super.open();
        unet = UNet.create(s, SMALL, 4);
        unet.parameters().values().forEach(w -> w.setRequiresGradient(false));
        Toy.shake(s, unet.parameters().values(), 0.05);
        x = Toy.gaussian(s, 1, 2, 4, 16, 16);
        t = s.of(new float[] {10, 700}, 2);
        c = Conditioning.text(Toy.gaussian(s, 2, 2, 5, 12))
                .withIdentity(Toy.gaussian(s, 3, 2, 6), null)
                .keep(null, s.of(new float[] {1, 0}, 2));
    }

    private static List<UNetTuning> tunings() {
        List<UNetTuning> all = new ArrayList<>();
        for (UNetTuning.Norm norm : UNetTuning.Norm.values()) {
            for (boolean stacked : new boolean[] {false, true}) {
                for (boolean last : new boolean[] {false, true}) {
                    all.add(new UNetTuning(norm, UNetTuning.Attention.TORCH, stacked, last));
                }
            }
        }
        return all;
    }

    private UNet prepared(UNetTuning tuning, Predicate<String> trained) {
        return unet.prepare(s, Precision.FLOAT32, tuning, trained);
    }

    @Test
    void allWaysSayTheSame() {
        Lora one = lora(1, 3), two = lora(2, 2);
        unet.attach(List.of(one.at(0.7), two.at(1.3)));
        NDArray wanted = unet.forward(s, x, t, c, Precision.FLOAT32);
        unet.attach(List.of());
        NDArray without = unet.forward(s, x, t, c, Precision.FLOAT32);
        double size = Toy.difference(wanted, wanted.zerosLike());
        assertThat(Toy.difference(wanted, without)).isGreaterThan(0.01 * size);
        for (UNetTuning tuning : tunings()) {
            UNet ready = prepared(tuning, name -> false);
            assertThat(Toy.difference(ready.forward(s, x, t, c, Precision.FLOAT32), without))
                    .as("%s", tuning)
                    .isLessThan(1e-5 * size);
            ready.attach(List.of(one.at(0.7), two.at(1.3)));
            assertThat(Toy.difference(ready.forward(s, x, t, c, Precision.FLOAT32), wanted))
                    .as("%s with LoRAs", tuning)
                    .isLessThan(1e-5 * size);
        }
    }

    /** With something in B, or it would change nothing. */
    private Lora lora(long seed, int rank) {
        Lora lora = Lora.create(s, SMALL, module -> true, rank, 4, seed);
        Toy.shake(s, lora.tensors(), 0.1);
        return lora;
    }

    @Test
    void gradientsAreTheSameWithActivationsComputedAnew() {
        Predicate<String> adapters = name -> name.contains("_ip.") || name.startsWith("identity.");
        Map<String, NDArray> trained = new LinkedHashMap<>();
        unet.parameters().forEach((name, w) -> {
            if (adapters.test(name)) {
                trained.put(name, Torch.parameter(w));
            }
        });
        Lora lora = lora(3, 2);
        List<NDArray> leaves = new ArrayList<>(lora.tensors());
        leaves.addAll(trained.values());
        NDArray upstream = Toy.gaussian(s, 9, 2, 4, 16, 16);
        unet.attach(List.of(lora.at(1)));
        NDArray wanted = unet.forward(s, x, t, c, Precision.FLOAT32);
        List<NDArray> gradients = Torch.gradients(s, wanted, upstream, leaves);
        same(unet, leaves, wanted, gradients, upstream);
        for (UNetTuning tuning : tunings()) {
            UNet ready = prepared(tuning, adapters);
            ready.attach(List.of(lora.at(1)));
            NDArray out = ready.forward(s, x, t, c, Precision.FLOAT32);
            near(Torch.gradients(s, out, upstream, leaves), gradients);
            same(ready, leaves, wanted, gradients, upstream);
        }
    }

    @Test
    void ofAWholeNetworkAndItsInputsToo() {
        unet.parameters().values().forEach(Torch::parameter);
        Torch.parameter(x);
        Torch.parameter(c.text());
        List<NDArray> leaves = new ArrayList<>(unet.parameters().values());
        leaves.add(x);
        leaves.add(c.text());
        NDArray upstream = Toy.gaussian(s, 9, 2, 4, 16, 16);
        NDArray wanted = unet.forward(s, x, t, c, Precision.FLOAT32);
        List<NDArray> gradients = Torch.gradients(s, wanted, upstream, leaves);
        same(unet, leaves, wanted, gradients, upstream);
        // a part that nothing depends on: no LoRA, no trained weight before the middle
        unet.parameters().values().forEach(w -> w.setRequiresGradient(false));
        x.setRequiresGradient(false);
        c.text().setRequiresGradient(false);
        Lora late = Lora.create(s, SMALL, module -> module.startsWith("up_blocks.2"), 2, 2, 5);
        Toy.shake(s, late.tensors(), 0.1);
        unet.attach(List.of(late.at(1)));
        wanted = unet.forward(s, x, t, c, Precision.FLOAT32);
        gradients = Torch.gradients(s, wanted, upstream, late.tensors());
        same(unet, late.tensors(), wanted, gradients, upstream);
    }

    private void same(UNet network, List<NDArray> leaves, NDArray wanted, List<NDArray> gradients, NDArray upstream) {
        CheckpointedPass pass = network.checkpointed(s, x, t, c, Precision.FLOAT32);
        assertThat(Toy.difference(pass.output(), wanted)).isLessThan(1e-5);
        near(pass.gradients(s, upstream, leaves), gradients);
    }

    private static void near(List<NDArray> are, List<NDArray> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            double size = Toy.difference(wanted.get(i), wanted.get(i).zerosLike());
            assertThat(size).as("gradient %d", i).isGreaterThan(0);
            assertThat(Toy.difference(are.get(i), wanted.get(i)))
                    .as("gradient %d", i)
                    .isLessThan(1e-4 * size + 1e-6);
        }
    }

    @Test
    void aPreparedNetworkSaysWhatItCannot() {
        UNetTuning tuning = UNetTuning.of(s.device()).stacked(true);
        UNet ready = prepared(tuning, name -> false);
        assertThatThrownBy(ready::parameters).hasMessageContaining("stacked");
        assertThatThrownBy(() -> ready.merge(s, List.of(lora(1, 2).at(1)))).hasMessageContaining("before preparing");
        assertThatThrownBy(() -> ready.tuned(tuning.stacked(false))).hasMessageContaining("prepare another");
        NDArray wanted = ready.forward(s, x, t, c, Precision.FLOAT32);
        UNet other = ready.tuned(tuning.with(UNetTuning.Norm.SUMMED));
        assertThat(Toy.difference(other.forward(s, x, t, c, Precision.FLOAT32), wanted))
                .isLessThan(1e-4);
    }
}
