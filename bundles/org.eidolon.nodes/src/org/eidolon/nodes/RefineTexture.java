// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.io.IOException;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.texture.Albedo;
import org.eidolon.head.texture.LatentTextureSettings;
import org.eidolon.head.texture.LatentTextureStage;
import org.eidolon.head.texture.RefineSettings;
import org.eidolon.nodes.internal.FullTexture;
import org.eidolon.nodes.internal.LatentRun;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;

/** Refines a texture as HumanNorm does: pictures are noised, denoised, and the texture is pulled to what came out. */
@NodeType(
        id = "stage.refine",
        category = "Head",
        name = "Refine texture",
        doc =
                "Refines a texture under published weights: pictures of the head are noised a little and denoised in a few steps, "
                        + "and its albedo is pulled to what came out, by L1 and by features of the autoencoder.",
        uses = {Uses.DEVICE, Uses.SEED, Uses.QUALITY, Uses.CHECKPOINTS})
public record RefineTexture(
        @In(doc = "the head from a texture stage") Head head,

        @Shared.FaceIdPerson Identity identity,
        @In(doc = "what the head wears") Expressions expressions,
        @In(doc = "published weights that show colour") DiffusionPrior prior,

        @Shared.Steps Integer steps,

        @Param(
                min = 0.02,
                max = 1,
                step = 0.05,
                widget = Param.Widget.SLIDER,
                doc = "how far pictures are noised at first; more lets the prior change more")
        double strength,

        @Param(min = 0.01, max = 100, step = 0.5, auto = "7.5", doc = "classifier-free guidance")
        Double guidance,

        @Shared.Views Integer views,
        @Shared.Picture int picture,
        @Shared.TextureSize Integer textureSize,
        @Shared.Precision LatentRun.Numbers precision)
        implements Node<RefineTexture.Out> {

    public record Out(@Doc("the head with refined textures") Head head) {}

    public RefineTexture() {
        this(null, null, null, null, null, 0.5, null, null, 512, null, LatentRun.Numbers.AUTO);
    }

    @Override
    public long deviceMemory(Quality quality) {
        return LatentRun.memory(prior, task(settings(quality, 0)));
    }

    private LatentRun.Task task(RefineSettings settings) {
        return new LatentRun.Task(
                Domain.COLOUR,
                settings.stage().picture(),
                settings.stage().pictures(expressions.count()),
                LatentTextureStage.fieldMemory(settings.stage().picture(), expressions.count()),
                settings.stage().loop().guidance(),
                precision);
    }

    @Override
    public Out run(Run run) throws Exception {
        RefineSettings settings = settings(run.quality(), run.seed());
        Albedo albedo = albedo();
        FullTexture.settled(run, settings.stage().loop(), steps, guidance, views);
        var work = new FullTexture(run, head, identity, expressions, prior, textureSize);
        return new Out(work.done(
                "refine",
                task(settings),
                settings,
                (latents, meshes, monitor) -> LatentTextureStage.refine(
                        latents.scope(), settings, latents.guide(), meshes, albedo, latents.name(), monitor)));
    }

    private Albedo albedo() throws IOException {
        if (head.albedo() == null) {
            throw new NodeException(
                    "the head has no albedo field to refine", "Link the head of a texture stage, not a later one");
        }
        return Albedo.load(head.albedo());
    }

    private RefineSettings settings(Quality quality, long seed) {
        var settings = RefineSettings.of(quality.toString(), seed).withStrength(strength);
        LatentTextureSettings stage = settings.stage().withPicture(picture);
        return settings.withStage(stage.withLoop(FullTexture.asked(stage.loop(), steps, guidance, views)));
    }
}
