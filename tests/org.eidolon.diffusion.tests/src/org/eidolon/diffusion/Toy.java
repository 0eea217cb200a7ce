// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Random;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/** Small inputs for tests. */
final class Toy {
    private static final Script SHAKE = Script.of("toy", """
            def shake(ws: List[Tensor], size: float):
                for w in ws:
                    w.detach().add_(torch.randn_like(w) * size)
            """);

    private Toy() {}

    /** Adds noise to weights: fresh ones hold zeros, so that much of a network would have no effect. */
    static void shake(Scope s, Collection<NDArray> weights, double size) {
        SHAKE.run(s, "shake", new ArrayList<>(weights), size);
    }

    static NDArray gaussian(Scope s, long seed, long... shape) {
        Random random = new Random(seed);
        long n = 1;
        for (long d : shape) {
            n *= d;
        }
        float[] f = new float[(int) n];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) random.nextGaussian();
        }
        return s.of(f, shape);
    }

    /** Conditioning with every part, for the tiny and starter configurations. */
    static Conditioning conditioning(Scope s, UNetConfig c, int batch, int photos) {
        return Conditioning.text(gaussian(s, 1, batch, c.textWidth()))
                .withIdentity(
                        gaussian(s, 2, batch, c.identityWidth()),
                        gaussian(s, 3, batch, photos, c.featurePositions(), c.featureWidth()))
                .withView(gaussian(s, 4, batch, c.viewWidth()))
                .withCodes(
                        c.identityCode() == 0 ? null : gaussian(s, 5, batch, c.identityCode()),
                        c.textCode() == 0 ? null : gaussian(s, 6, batch, c.textCode()));
    }

    static double difference(NDArray a, NDArray b) {
        float[] x = a.toFloatArray();
        float[] y = b.toFloatArray();
        double worst = x.length == y.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            worst = Math.max(worst, Math.abs(x[i] - y[i]));
            if (Float.isNaN(x[i]) || Float.isNaN(y[i])) {
                return Double.NaN;
            }
        }
        return worst;
    }
}
