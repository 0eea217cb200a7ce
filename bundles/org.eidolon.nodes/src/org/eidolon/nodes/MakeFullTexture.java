// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

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
import org.eidolon.head.texture.LatentTextureSettings;
import org.eidolon.head.texture.LatentTextureStage;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.nodes.internal.FullTexture;
import org.eidolon.nodes.internal.LatentRun;
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

        @In(optional = true, doc = "who it is, by the encoder of the prior's IP-Adapter-FaceID")
        Identity identity,

        @In(doc = "what the head wears") Expressions expressions,
        @In(doc = "published weights that show colour") DiffusionPrior prior,

        @Param(min = 0, max = 100_000, unit = "steps", doc = "optimiser steps; 0 goes by the quality")
        int steps,

        @Param(
                min = 0,
                max = 100,
                step = 0.5,
                doc = "classifier-free guidance; 0 goes by the prior: 50 for words, 7.5 with a person")
        double guidance,

        @Param(min = 0, max = 16, unit = "views", doc = "views of each expression in a step; 0 goes by the quality")
        int views,

        @Param(min = 8, max = 2048, unit = "pixels", doc = "width and height of the pictures that the prior sees")
        int picture,

        @Param(min = 0, max = 4096, unit = "pixels", doc = "width and height of the textures; 0 goes by the quality")
        int textureSize,

        @Param(doc = "what the networks compute in") LatentRun.Numbers precision)
        implements Node<MakeFullTexture.Out> {

    public record Out(@Doc("the head with textures") Head head) {}

    public MakeFullTexture() {
        this(null, null, null, null, 0, 0, 0, 512, 0, LatentRun.Numbers.AUTO);
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
        var work = new FullTexture(run, head, identity, expressions, prior, textureSize);
        return new Out(work.done(
                "texture",
                task(settings),
                settings,
                (latents, meshes, monitor) -> LatentTextureStage.run(
                        latents.scope(), settings, latents.guide(), meshes, latents.name(), monitor)));
    }

    private LatentTextureSettings settings(Quality quality, long seed) {
        try {
            var settings = LatentTextureSettings.of(quality.toString(), prior.knowsPeople(), seed)
                    .withPicture(picture);
            TextureSettings loop = settings.loop();
            loop = steps > 0 ? loop.withSteps(steps) : loop;
            loop = guidance > 0 ? loop.withGuidance(guidance) : loop;
            loop = views > 0 ? loop.withPictures(loop.views(), loop.expressionsPerStep(), views) : loop;
            return settings.withLoop(loop);
        } catch (IllegalArgumentException e) {
            throw new NodeException(e.getMessage(), "Choose another value, or 0 to go by the quality", e);
        }
    }
}
