// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.Map;
import java.util.TreeMap;
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
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.LatentGeometrySettings;
import org.eidolon.head.geometry.LatentGeometryStage;
import org.eidolon.head.prior.Domain;
import org.eidolon.nodes.internal.LatentRun;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.StageRun;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;

/** The geometry stage under published weights: score distillation on normals in latents. */
@NodeType(
        id = "stage.geometry.full",
        category = "Head",
        name = "Geometry stage (full size)",
        doc =
                "Shapes the head in all its expressions under published weights: small normals stand for latents first, then "
                        + "large ones go through the autoencoder. Meant for a GPU; takes from minutes to hours; saves checkpoints.",
        uses = {Uses.DEVICE, Uses.SEED, Uses.QUALITY, Uses.CHECKPOINTS})
public record MakeFullGeometry(
        @Shared.FaceIdPerson Identity identity,
        @In(doc = "what the head wears") Expressions expressions,
        @In(doc = "published weights that show normals") DiffusionPrior prior,

        @Shared.Steps Integer steps,
        @Shared.Resolution Integer resolution,
        @Shared.PriorGuidance Double guidance,

        @Param(
                min = 0,
                max = 1,
                step = 0.05,
                widget = Param.Widget.SLIDER,
                doc = "share of the steps in which small normals and their outline stand for the latent itself")
        double coarse,

        @Shared.Views Integer views,
        @Shared.Picture int picture,
        @Shared.Precision LatentRun.Numbers precision)
        implements Node<MakeFullGeometry.Out> {

    public record Out(@Doc("the head, without texture") Head head) {}

    public MakeFullGeometry() {
        this(null, null, null, null, null, null, 0.3, null, 512, LatentRun.Numbers.AUTO);
    }

    @Override
    public long deviceMemory(Quality quality) {
        return LatentRun.memory(prior, task(settings(quality, 0)));
    }

    private LatentRun.Task task(LatentGeometrySettings settings) {
        return new LatentRun.Task(
                Domain.NORMALS,
                settings.picture(),
                settings.pictures(expressions.count()),
                LatentGeometryStage.fieldMemory(settings, expressions.count()),
                settings.loop().guidance(),
                precision);
    }

    @Override
    public Out run(Run run) throws Exception {
        LatentGeometrySettings settings = settings(run.quality(), run.seed());
        run.auto("steps", steps, settings.loop().steps());
        run.auto("resolution", resolution, settings.loop().resolution());
        run.auto("guidance", guidance, settings.loop().guidance());
        run.auto("views", views, settings.loop().viewsPerStep());
        GeometryResult result;
        try (var monitor = new StageRun(run, "geometry");
                var latents = new LatentRun(run, prior, identity, expressions, task(settings), monitor)) {
            result = new LatentGeometryStage(settings)
                    .run(latents.scope(), latents.guide(), latents.words(), latents.name(), monitor);
        } catch (IllegalArgumentException e) {
            throw new NodeException(e.getMessage(), "Choose another value", e);
        }
        run.record("steps", result.steps());
        run.record("settings", settings.toString());
        run.record("milliseconds per step", result.millisPerStep());
        return new Out(Head.plain(expressions, result.meshes(), weights()));
    }

    private LatentGeometrySettings settings(Quality quality, long seed) {
        var settings = LatentGeometrySettings.of(quality.toString(), prior.knowsPeople(), seed)
                .withPicture(picture)
                .withCoarse(coarse);
        GeometrySettings loop = settings.loop();
        loop = steps != null ? loop.withSteps(steps) : loop;
        loop = resolution != null ? loop.withResolution(resolution) : loop;
        loop = guidance != null ? loop.withGuidance(guidance) : loop;
        loop = views != null ? loop.withViews(views) : loop;
        return settings.withLoop(loop);
    }

    private Map<String, String> weights() {
        var weights = new TreeMap<>(prior.weights());
        if (identity != null) weights.put(identity.encoder(), identity.encoderSha256());
        return weights;
    }
}
