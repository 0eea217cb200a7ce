// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.torch.Scope;

/**
 * Classifier-free guidance ε̂ = ε_u + s (ε_c − ε_u) (Ho and Salimans 2022), or with a scale of its own for the identity:
 * ε̂ = ε_u + s_id (ε_id − ε_u) + s_text (ε_full − ε_id) (as Brooks et al. 2023, eq. 3). All branches go through the
 * network as one batch. It holds for v as for ε, both being linear in each other at one z and t.
 *
 * @param identity s of the identity; unused unless {@code separate}
 * @param text s of the text, or of both
 * @param separate three branches
 * @param rescale share of the prediction whose deviation is pulled back to the conditional one's (Lin et al. 2023);
 *     0 for none
 */
public record Guidance(double identity, double text, boolean separate, double rescale) {
    /** No guidance: one branch. */
    public static final Guidance NONE = new Guidance(1, 1, false, 0);

    /** One scale for text and identity together. */
    public static Guidance of(double scale) {
        return new Guidance(scale, scale, false, 0);
    }

    /** Scales apart. */
    public static Guidance of(double identity, double text) {
        return new Guidance(identity, text, true, 0);
    }

    /** The guided prediction for z (B, C, H, W); the unconditional branch drops text and identity by masks. */
    public NDArray predict(Scope s, UNet unet, NDArray z, NDArray t, Conditioning c, Precision precision) {
        if (plain()) {
            return unet.forward(s, z, t, c, precision);
        }
        Conditioning none = c.branch(s, false, false);
        Conditioning full = c.branch(s, true, true);
        return predict(
                s,
                unet,
                z,
                t,
                separate ? List.of(none, c.branch(s, false, true), full) : List.of(none, full),
                precision);
    }

    /** The same with branches of the caller's: unconditional first, fully conditional last (two, or three if separate). */
    public NDArray predict(Scope s, UNet unet, NDArray z, NDArray t, List<Conditioning> branches, Precision p) {
        int n = separate ? 3 : 2;
        if (branches.size() != n) {
            throw new IllegalArgumentException("guidance wants " + n + " branches, not " + branches.size());
        }
        NDArray both = unet.forward(
                s,
                NoiseSchedule.script().call(s, "repeat", z, n),
                NoiseSchedule.script().call(s, "repeat", t, n),
                Conditioning.concat(s, branches),
                p);
        return combine(s, both);
    }

    /** The guided prediction from branches stacked along the batch. */
    public NDArray combine(Scope s, NDArray stacked) {
        double[] scales = separate ? new double[] {identity, text} : new double[] {text};
        return NoiseSchedule.script().call(s, "guide", stacked, scales, rescale);
    }

    private boolean plain() {
        return text == 1 && (!separate || identity == 1) && rescale == 0;
    }
}
