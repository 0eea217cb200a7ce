// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.encoders.Identity;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.texture.TextureBake;
import org.eidolon.head.texture.TextureResult;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.head.texture.TexturedHead;
import org.eidolon.mesh.Mesh;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;

/** What the nodes share that paint a head under published weights: checks, the run around a stage, baking. */
public record FullTexture(
        Run run, Head head, Identity identity, Expressions expressions, DiffusionPrior prior, Integer textureSize) {

    /** What finds an albedo. */
    @FunctionalInterface
    public interface Stage {
        TextureResult run(LatentRun latents, List<Mesh> meshes, StageMonitor monitor) throws Exception;
    }

    /**
     * Runs a stage and bakes what it found.
     *
     * @param name of the stage, for progress
     * @param settings for the run record
     */
    public Head done(String name, LatentRun.Task task, Record settings, Stage stage) throws Exception {
        checkWorn(head, expressions);
        List<Mesh> meshes = head.shapes().stream().map(Head.Shape::mesh).toList();
        TextureResult result;
        TexturedHead baked;
        int size = textureSize(run, textureSize);
        try (var monitor = new StageRun(run, name);
                var latents = new LatentRun(run, prior, identity, expressions, task, monitor)) {
            result = stage.run(latents, meshes, monitor);
            baked = TextureBake.bake(
                    latents.scope(), result.albedo(), meshes, size, monitor.stage("bake", "expression"));
        } catch (IllegalArgumentException e) {
            throw new NodeException(e.getMessage(), "Choose another value", e);
        }
        run.record("steps", result.steps());
        run.record("settings", settings.toString());
        run.record("milliseconds per step", result.millisPerStep());
        run.record("textures", baked.textures().size());
        Path albedo = run.scratch().resolve("albedo.safetensors");
        result.albedo().save(albedo);
        var weights = new TreeMap<>(head.weights());
        weights.putAll(prior.weights());
        if (identity != null) weights.put(identity.encoder(), identity.encoderSha256());
        return Simplified.textured(head, baked, weights, albedo);
    }

    /**
     * Settings with what was asked for in place of the quality's.
     *
     * @param steps null for the quality's, and so on
     */
    public static TextureSettings asked(TextureSettings settings, Integer steps, Double guidance, Integer views) {
        TextureSettings asked = steps != null ? settings.withSteps(steps) : settings;
        asked = guidance != null ? asked.withGuidance(guidance) : asked;
        return views != null ? asked.withPictures(asked.views(), asked.expressionsPerStep(), views) : asked;
    }

    /** Tells what those that were auto came to mean. */
    public static void settled(Run run, TextureSettings settings, Integer steps, Double guidance, Integer views) {
        run.auto("steps", steps, settings.steps());
        run.auto("guidance", guidance, settings.guidance());
        run.auto("views", views, settings.viewsPerStep());
    }

    /** @throws NodeException unless the head wears those expressions */
    public static void checkWorn(Head head, Expressions expressions) {
        List<String> worn = head.shapes().stream().map(Head.Shape::prompt).toList();
        if (!worn.equals(expressions.prompts())) {
            throw new NodeException(
                    "the head wears " + String.join("; ", worn) + ", the expressions are "
                            + String.join("; ", expressions.prompts()),
                    "Link the same expressions to both stages");
        }
    }

    /** A size that was asked for, or the quality's. */
    private static int textureSize(Run run, Integer asked) {
        int usual =
                switch (run.quality()) {
                    case DRAFT -> 512;
                    case STANDARD -> 1024;
                    case HIGH -> 2048;
                };
        return run.auto("textureSize", asked, usual);
    }
}
