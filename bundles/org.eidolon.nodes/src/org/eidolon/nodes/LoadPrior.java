// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.io.IOException;
import java.util.Map;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.models.Model;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.Prior;

/** Names the weights of a prior. */
@NodeType(
        id = "prior.load",
        category = "Prior",
        name = "Prior",
        doc = "Finds the weights of a diffusion prior by their logical id, verifies their hash and reads what they say "
                + "of themselves. 'eidolon models list' shows the priors there are.")
public record LoadPrior(
        @Param(doc = "logical id of the weights", required = true)
        String model,

        @Param(
                doc = "strength of the prior's LoRA, 1 as it was trained; priors that were trained whole have none",
                min = 0,
                max = 2)
        double loraScale)
        implements Node<LoadPrior.Out> {

    public record Out(@Doc("a reference to the weights") Prior prior) {}

    public LoadPrior() {
        this(Domain.NORMALS.id(), 1);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return model == null ? Map.of() : UsedModels.hashes(model);
    }

    @Override
    public Out run(Run run) throws Exception {
        Models models = Models.standard();
        return Faults.told(() -> {
            Model weights = models.get(model);
            PriorCard card;
            try {
                card = HeadPrior.card(weights.verifiedPath());
            } catch (IllegalArgumentException | IOException e) {
                throw new NodeException("'" + model + "' cannot be used: " + e.getMessage(), "", e);
            }
            if (card.base() == null && loraScale != 1) {
                throw new NodeException(
                        "'" + model + "' was trained whole and has no LoRA to be given a scale of " + loraScale,
                        "Set loraScale to 1, or load a prior that was trained with --base");
            }
            UsedModels.record(run, models, model);
            run.record("steps trained", card.steps());
            return new Out(new Prior(
                    weights.info().id(),
                    weights.info().sha256(),
                    card.domain(),
                    card.encoder(),
                    card.encoderSha256(),
                    loraScale));
        });
    }
}
