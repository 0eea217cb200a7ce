// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/**
 * What a denoising step is conditioned on, for a batch of B. Every part but the text may be null. The unconditional
 * branch is chosen item by item: where {@code keepText} is 0 the text becomes the learned null token (zeros for a UNet
 * that takes tokens), where {@code keepIdentity} is 0 embedding and feature map become the learned null token (a zero
 * embedding where {@code learnedNull} is off, as IP-Adapter-FaceID); pooled parts become zero.
 *
 * @param text sentence embeddings (B, textWidth), or tokens (B, N, contextWidth) for a UNet with textWidth 0
 * @param identity identity embeddings (B, identityWidth): the mean over a person's photos
 * @param features feature maps (B, P, positions, featureWidth) of P photos
 * @param photos which of the P photos are there (B, P), 1 or 0: items may have different numbers of photos
 * @param view view codes (B, viewWidth)
 * @param identityCode what was read from the identity (B, identityCode), its first number 1; dropped with the identity
 * @param textCode what was read from the words (B, textCode), its first number 1; dropped with the text
 * @param keepText (B) 1 or 0
 * @param keepIdentity (B) 1 or 0
 * @param identityScale λ of the decoupled cross-attention, 1 by default
 */
public record Conditioning(
        NDArray text,
        NDArray identity,
        NDArray features,
        NDArray photos,
        NDArray view,
        NDArray identityCode,
        NDArray textCode,
        NDArray keepText,
        NDArray keepIdentity,
        double identityScale) {

    /** Text only. */
    public static Conditioning text(NDArray text) {
        return new Conditioning(text, null, null, null, null, null, null, null, null, 1);
    }

    /** With identity embeddings (B, identityWidth) and feature maps (B, P, positions, featureWidth) or null. */
    public Conditioning withIdentity(NDArray embedding, NDArray features) {
        return new Conditioning(
                text, embedding, features, photos, view, identityCode, textCode, keepText, keepIdentity, identityScale);
    }

    /** With a mask (B, P) of the photos that are there. */
    public Conditioning withPhotos(NDArray mask) {
        return new Conditioning(
                text, identity, features, mask, view, identityCode, textCode, keepText, keepIdentity, identityScale);
    }

    /** With view codes (B, viewWidth). */
    public Conditioning withView(NDArray code) {
        return new Conditioning(
                text, identity, features, photos, code, identityCode, textCode, keepText, keepIdentity, identityScale);
    }

    /** With codes read from the identity and from the words (B, …); either may be null. */
    public Conditioning withCodes(NDArray ofIdentity, NDArray ofText) {
        return new Conditioning(
                text, identity, features, photos, view, ofIdentity, ofText, keepText, keepIdentity, identityScale);
    }

    /** With masks (B) that drop text and identity where they are 0; null keeps all. */
    public Conditioning keep(NDArray text, NDArray identity) {
        return new Conditioning(
                this.text,
                this.identity,
                features,
                photos,
                view,
                identityCode,
                textCode,
                text,
                identity,
                identityScale);
    }

    /** With another λ for the identity branch. */
    public Conditioning withIdentityScale(double scale) {
        return new Conditioning(
                text, identity, features, photos, view, identityCode, textCode, keepText, keepIdentity, scale);
    }

    /** Items in the batch. */
    public long batch() {
        return text.getShape().get(0);
    }

    /** The same conditioning with text and identity kept everywhere or dropped everywhere. */
    public Conditioning branch(Scope s, boolean text, boolean identity) {
        return keep(s.full(text ? 1 : 0, batch()), s.full(identity ? 1 : 0, batch()));
    }

    /** The batch n times over: item i becomes items i, i + B, … */
    public Conditioning repeat(Scope s, int n) {
        Script script = NoiseSchedule.script();
        Function<NDArray, NDArray> f = a -> a == null ? null : script.call(s, "repeat", a, n);
        return new Conditioning(
                f.apply(text),
                f.apply(identity),
                f.apply(features),
                f.apply(photos),
                f.apply(view),
                f.apply(identityCode),
                f.apply(textCode),
                f.apply(keepText),
                f.apply(keepIdentity),
                identityScale);
    }

    /**
     * Batches one after the other. All must have the same parts; a missing keep mask counts as ones.
     *
     * @throws IllegalArgumentException when a part is there in one and absent in another
     */
    public static Conditioning concat(Scope s, List<Conditioning> parts) {
        boolean masksText = parts.stream().anyMatch(c -> c.keepText != null);
        boolean masksIdentity = parts.stream().anyMatch(c -> c.keepIdentity != null);
        return new Conditioning(
                join(s, parts, "text", Conditioning::text),
                join(s, parts, "identity", Conditioning::identity),
                join(s, parts, "features", Conditioning::features),
                join(s, parts, "photos", Conditioning::photos),
                join(s, parts, "view", Conditioning::view),
                join(s, parts, "identityCode", Conditioning::identityCode),
                join(s, parts, "textCode", Conditioning::textCode),
                masksText ? join(s, parts, "keepText", c -> ones(s, c, c.keepText)) : null,
                masksIdentity ? join(s, parts, "keepIdentity", c -> ones(s, c, c.keepIdentity)) : null,
                parts.getFirst().identityScale);
    }

    private static NDArray ones(Scope s, Conditioning c, NDArray mask) {
        return mask != null ? mask : s.full(1, c.batch());
    }

    private static NDArray join(Scope s, List<Conditioning> parts, String name, Function<Conditioning, NDArray> get) {
        List<NDArray> all = new ArrayList<>();
        for (Conditioning c : parts) {
            NDArray a = get.apply(c);
            if ((a == null) != (get.apply(parts.getFirst()) == null)) {
                throw new IllegalArgumentException("conditioning: '" + name + "' is given for some batches only");
            }
            if (a != null) {
                all.add(a);
            }
        }
        return all.isEmpty() ? null : NoiseSchedule.script().call(s, "stack", all);
    }
}
