// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.Map;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.head.latent.Wording;
import org.eidolon.head.prior.Domain;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Published;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.DiffusionPrior;

/** Names published weights that make up a prior. */
@NodeType(
        id = "prior.published",
        category = "Prior",
        name = "Published prior",
        doc =
                "A Stable Diffusion that you added by 'eidolon models add', with a LoRA and an IP-Adapter-FaceID where you "
                        + "like, as a prior of the full-size stages, and the words by which it is told what a picture shows.")
public record LoadPublishedPrior(
        @Param(doc = "name of a Stable Diffusion among your models", required = true)
        String model,

        @Param(doc = "what its pictures show") Shows domain,

        @Param(doc = "name of a LoRA among your models; empty for none")
        String lora,

        @Param(min = -2, max = 2, step = 0.05, when = "lora", doc = "strength of the LoRA; 1 is as trained")
        double loraScale,

        @Param(doc = "name of an IP-Adapter-FaceID among your models, by which the person is told; empty for none")
        String adapter,

        @Param(min = 0, max = 2, step = 0.05, when = "adapter", doc = "weight of the person beside the words")
        double adapterScale,

        @Param(
                widget = Param.Widget.MULTILINE,
                doc = "what a picture shows; {expression} and {view} are filled in. Empty goes by the domain")
        String text,

        @Param(
                widget = Param.Widget.MULTILINE,
                doc = "what pictures shall not show (negative prompt). Empty goes by the domain")
        String unwanted,

        @Param(
                doc =
                        "name of a diffusers folder whose tokenizer is used where the model is a single file, which has none;"
                                + " empty for the model's own")
        String tokenizer)
        implements Node<LoadPublishedPrior.Out> {

    /** Letters of a text: more than any text encoder reads. */
    private static final int LONGEST = 2000;

    /** What pictures show. */
    public enum Shows {
        @Doc("normals of the surface, for the geometry stage")
        NORMALS,
        @Doc("the head in colour and light, for the texture stage")
        COLOUR
    }

    public record Out(@Doc("a reference to the weights") DiffusionPrior prior) {}

    public LoadPublishedPrior() {
        this("sd15", Shows.COLOUR, "", 1, "", 1, "", "", "");
    }

    @Override
    public Map<String, String> weightsUsed() {
        Map<String, String> hashes = Published.hashes(
                new Published.Named(model, Published.BASE),
                new Published.Named(lora, Published.LORA),
                new Published.Named(adapter, Published.ADAPTER),
                new Published.Named(tokenizer, Published.BASE));
        // what a stage could not use is told now, not after hours of another stage
        Published.check(stripped(model), stripped(tokenizer), stripped(lora), stripped(adapter));
        return hashes;
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("text", () -> {
            checkLength(text);
            wording();
        });
        checks.of("unwanted", () -> checkLength(unwanted));
    }

    private static void checkLength(String words) {
        if (words != null && words.length() > LONGEST) {
            throw new NodeException(
                    "the text is " + words.length() + " letters long; at most " + LONGEST + " are read",
                    "The text encoder reads 75 tokens, about as many short words: write less");
        }
    }

    private Wording wording() {
        Wording usual = Wording.of(Domain.valueOf(domain.name()));
        try {
            return new Wording(
                    named(text) ? text.strip() : usual.template(), named(unwanted) ? unwanted : usual.unwanted());
        } catch (IllegalArgumentException e) {
            throw new NodeException(e.getMessage(), "Write for example: " + usual.template(), e);
        }
    }

    @Override
    public Out run(Run run) throws Exception {
        Wording wording = wording();
        Map<String, String> weights = weightsUsed();
        UsedModels.record(run, Models.standard(), weights.keySet().toArray(String[]::new));
        return new Out(new DiffusionPrior(
                Domain.valueOf(domain.name()),
                model.strip(),
                stripped(tokenizer),
                stripped(lora),
                loraScale,
                stripped(adapter),
                adapterScale,
                wording.template(),
                wording.unwanted().strip(),
                weights));
    }

    private static boolean named(String text) {
        return text != null && !text.isBlank();
    }

    private static String stripped(String text) {
        return text == null ? "" : text.strip();
    }
}
