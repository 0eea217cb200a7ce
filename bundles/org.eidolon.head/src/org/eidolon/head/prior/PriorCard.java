// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.Map;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.head.view.ViewCode;

/**
 * What a prior's weights say of themselves, kept in the safetensors header under {@link #KEY}.
 *
 * @param id logical id
 * @param domain what the pictures show
 * @param config sizes of the UNet
 * @param size width and height of the pictures in pixels
 * @param prediction what the UNet predicts; the schedule is the cosine over 1,000 steps
 * @param encoder logical id of the identity encoder that it was trained with
 * @param encoderSha256 hash of that encoder's weights
 * @param text logical id of the sentence encoder
 * @param viewCode length of the view code
 * @param steps optimiser steps
 * @param base what its LoRA and adapters stand on; null for a prior that was trained whole
 * @param notes further facts of the training: seed, batch, losses, command line
 */
public record PriorCard(
        String id,
        Domain domain,
        UNetConfig config,
        int size,
        NoiseSchedule.Prediction prediction,
        String encoder,
        String encoderSha256,
        String text,
        int viewCode,
        long steps,
        Base base,
        Map<String, String> notes) {

    /** Name of the metadata entry. */
    public static final String KEY = "eidolon.prior";

    /**
     * The base under a prior's LoRA and adapters.
     *
     * @param id logical id
     * @param sha256 of its file
     * @param alpha of the LoRA; divided by the rank it is its strength
     */
    public record Base(String id, String sha256, double alpha) {}

    /** The card of a prior that was trained whole. */
    public PriorCard(
            String id,
            Domain domain,
            UNetConfig config,
            int size,
            NoiseSchedule.Prediction prediction,
            String encoder,
            String encoderSha256,
            String text,
            int viewCode,
            long steps,
            Map<String, String> notes) {
        this(id, domain, config, size, prediction, encoder, encoderSha256, text, viewCode, steps, null, notes);
    }

    /** What others check before they use the prior. */
    public PriorFacts facts() {
        return new PriorFacts(id, domain, encoder, encoderSha256);
    }

    /** The same of a prior in a file, which is named beside its id. */
    PriorFacts facts(Path file) {
        return new PriorFacts(id + "' in '" + file.getFileName(), domain, encoder, encoderSha256);
    }

    public String toJson() {
        return new Gson().toJson(this);
    }

    /**
     * Reads a card.
     *
     * @throws IllegalArgumentException if the text is no card or of another view code; the message says what to do
     */
    public static PriorCard fromJson(String json, String where) {
        if (json == null) {
            throw new IllegalArgumentException(where + " is no prior: its header has no '" + KEY
                    + "' entry; use weights made by `eidolon train prior`");
        }
        PriorCard card;
        try {
            card = new Gson().fromJson(json, PriorCard.class);
        } catch (RuntimeException e) {
            // Gson wraps what a record's constructor says against its values
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            throw new IllegalArgumentException(where + " has a damaged '" + KEY + "' entry: " + cause.getMessage(), e);
        }
        if (card == null
                || card.domain == null
                || card.config == null
                || card.prediction == null
                || card.encoderSha256 == null) {
            throw new IllegalArgumentException(where + " has a damaged '" + KEY
                    + "' entry: it must name domain, config, prediction and encoderSha256");
        }
        if (card.viewCode != ViewCode.LENGTH) {
            throw new IllegalArgumentException(where + " was trained with view codes of " + card.viewCode
                    + " numbers, this version writes " + ViewCode.LENGTH + "; use weights of this version");
        }
        return card;
    }
}
