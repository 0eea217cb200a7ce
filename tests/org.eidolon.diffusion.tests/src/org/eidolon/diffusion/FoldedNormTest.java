// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our group norm says the same as torch's own, values and gradients. */
class FoldedNormTest {
    private static final Script TEST = Script.of("norms", """
            def torchs(x: Tensor, w: Tensor, b: Tensor, more: Tensor, shift: Tensor) -> Tensor:
                y = torch.group_norm(x, 4, w, b, 0.00001)
                return y * (more + 1.0).unsqueeze(2).unsqueeze(3) + shift.unsqueeze(2).unsqueeze(3)

            def last(x: Tensor) -> Tensor:
                return x.contiguous(memory_format=2)

            def stays_last(y: Tensor) -> int:
                return int(y.is_contiguous(memory_format=2))

            def offset(x: Tensor, by: float, size: float) -> Tensor:
                return (x * size + by).detach()
            """);

    private static final UNetTuning FOLDED = tuning(UNetTuning.Norm.FOLDED);
    private static final UNetTuning TORCHS = tuning(UNetTuning.Norm.TORCH);

    private static UNetTuning tuning(UNetTuning.Norm norm) {
        return new UNetTuning(norm, UNetTuning.Attention.TORCH, false, true);
    }

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
    void equalsTorchsOwnFarFromZeroToo() {
        for (double by : new double[] {0, 3, -20}) {
            List<NDArray> parameters = new ArrayList<>();
            parameters.add(TEST.call(s, "offset", Toy.gaussian(s, 1, 3, 16, 6, 5), by, 0.7));
            parameters.add(Toy.gaussian(s, 2, 16));
            parameters.add(Toy.gaussian(s, 3, 16));
            parameters.add(Toy.gaussian(s, 4, 3, 16));
            parameters.add(Toy.gaussian(s, 5, 3, 16));
            parameters.forEach(Torch::parameter);
            NDArray[] p = parameters.toArray(new NDArray[0]);
            NDArray upstream = Toy.gaussian(s, 6, 3, 16, 6, 5);
            NDArray x = TEST.call(s, "last", p[0]);
            NDArray wanted = TEST.call(s, "torchs", x, p[1], p[2], p[3], p[4]);
            NDArray got = UNet.kernels().call(s, "folded_norm", x, 4, p[1], p[2], 1e-5, List.of(p[3], p[4]));
            // E[x²] − E[x]² in float32 loses what the offset takes
            double tolerance = 1e-5 * (1 + by * by);
            assertThat(Toy.difference(got, wanted)).as("offset %s", by).isLessThan(tolerance);
            assertThat(TEST.number(s, "stays_last", got)).isEqualTo(1);
            List<NDArray> a = Torch.gradients(s, wanted, upstream, parameters);
            List<NDArray> b = Torch.gradients(s, got, upstream, parameters);
            for (int i = 0; i < p.length; i++) {
                double size = Toy.difference(a.get(i), a.get(i).zerosLike());
                assertThat(Toy.difference(a.get(i), b.get(i)))
                        .as("gradient %d, offset %s", i, by)
                        .isLessThan(10 * tolerance * size);
            }
        }
    }

    @Test
    void theWholeNetworkSaysTheSame() {
        UNetConfig config = UNetConfig.tiny(3, 5);
        UNet unet = UNet.create(s, config, 3);
        List<NDArray> weights = List.copyOf(unet.parameters().values());
        Toy.shake(s, weights, 0.05);
        Conditioning c =
                Toy.conditioning(s, config, 2, 1).keep(s.of(new float[] {1, 0}, 2), s.of(new float[] {0, 1}, 2));
        NDArray x = Toy.gaussian(s, 7, 2, 3, 16, 16), t = s.of(new float[] {100, 700}, 2);
        NDArray upstream = Toy.gaussian(s, 8, 2, 3, 16, 16);
        NDArray wanted = unet.forward(s, x, t, c, Precision.FLOAT32, TORCHS);
        NDArray got = unet.forward(s, x, t, c, Precision.FLOAT32, FOLDED);
        assertThat(Toy.difference(wanted, wanted.zerosLike())).isGreaterThan(0.01);
        assertThat(Toy.difference(got, wanted)).isLessThan(1e-5);
        List<NDArray> a = Torch.gradients(s, wanted, upstream, weights);
        List<NDArray> b = Torch.gradients(s, got, upstream, weights);
        for (int i = 0; i < weights.size(); i++) {
            double size = Toy.difference(a.get(i), a.get(i).zerosLike());
            assertThat(Toy.difference(a.get(i), b.get(i))).as("gradient %d", i).isLessThan(2e-4 * size + 1e-6);
        }
        // half precision: as near to float32 as torch's own norm is, up to its rounding
        double torchs = Toy.difference(unet.forward(s, x, t, c, Precision.BFLOAT16, TORCHS), wanted);
        double folded = Toy.difference(unet.forward(s, x, t, c, Precision.BFLOAT16, FOLDED), wanted);
        assertThat(folded).isLessThan(1.5 * torchs);
    }
}
