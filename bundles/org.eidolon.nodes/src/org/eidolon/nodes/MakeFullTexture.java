// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.texture.LatentTextureSettings;
import org.eidolon.head.texture.LatentTextureStage;
import org.eidolon.nodes.internal.FullTexture;
import org.eidolon.nodes.internal.LatentRun;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;

/** The texture stage under published weights: score distillation on lit pictures in latents. */
@NodeType(
        id = "stage.texture.full",
        category = "Head",
        name = "Texture stage (full size)",
        doc =
                "Paints the head under published weights: pictures of it under random light go through the autoencoder, and an "
                        + "albedo without light in it is moved until they are likely. Meant for a GPU; saves checkpoints.",
        uses = {Uses.DEVICE, Uses.SEED, Uses.QUALITY, Uses.CHECKPOINTS})
public record MakeFullTexture(
        @In(doc = "the head from a geometry stage") Head head,

        @Shared.FaceIdPerson Identity identity,
        @In(doc = "what the head wears") Expressions expressions,
        @In(doc = "published weights that show colour") DiffusionPrior prior,

        @Shared.Steps Integer steps,
        @Shared.PriorGuidance Double guidance,
        @Shared.Views Integer views,
        @Shared.Picture int picture,
        @Shared.TextureSize Integer textureSize,
        @Shared.Precision LatentRun.Numbers precision)
        implements Node<MakeFullTexture.Out> {

    public record Out(@Doc("the head with textures") Head head) {}

    public MakeFullTexture() {
        this(null, null, null, null, null, null, null, 512, null, LatentRun.Numbers.AUTO);
    }

    @Override
    public long deviceMemory(Quality quality) {
        return LatentRun.memory(prior, task(settings(quality, 0)));
    }

    private LatentRun.Task task(LatentTextureSettings settings) {
        return new LatentRun.Task(
                Domain.COLOUR,
                settings.picture(),
                settings.pictures(expressions.count()),
                LatentTextureStage.fieldMemory(settings.picture(), expressions.count()),
                settings.loop().guidance(),
                precision);
    }

    @Override
    public Out run(Run run) throws Exception {
        LatentTextureSettings settings = settings(run.quality(), run.seed());
        FullTexture.settled(run, settings.loop(), steps, guidance, views);
        var work = new FullTexture(run, head, identity, expressions, prior, textureSize);
        return new Out(work.done(
                "texture",
                task(settings),
                settings,
                (latents, meshes, monitor) -> LatentTextureStage.run(
                        latents.scope(), settings, latents.guide(), meshes, latents.name(), monitor)));
    }

    private LatentTextureSettings settings(Quality quality, long seed) {
        var settings = LatentTextureSettings.of(quality.toString(), prior.knowsPeople(), seed)
                .withPicture(picture);
        return settings.withLoop(FullTexture.asked(settings.loop(), steps, guidance, views));
    }
}
