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
        Run run, Head head, Identity identity, Expressions expressions, DiffusionPrior prior, int textureSize) {

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
     * @throws IllegalArgumentException if a value is out of range
     */
    public static TextureSettings asked(TextureSettings settings, int steps, double guidance, int views) {
        TextureSettings asked = steps > 0 ? settings.withSteps(steps) : settings;
        asked = guidance > 0 ? asked.withGuidance(guidance) : asked;
        return views > 0 ? asked.withPictures(asked.views(), asked.expressionsPerStep(), views) : asked;
    }

    /** @throws NodeException unless the head wears those expressions */
    public static void checkWorn(Head head, Expressions expressions) {
        List<String> worn = head.shapes().stream().map(Head.Shape::name).toList();
        if (!worn.equals(expressions.names())) {
            throw new NodeException(
                    "the head wears " + String.join("; ", worn) + ", the expressions are "
                            + String.join("; ", expressions.names()),
                    "Link the same expressions to both stages");
        }
    }

    /** A size that was asked for, or the quality's. */
    public static int textureSize(Run run, int asked) {
        if (asked > 0 && asked < 64) {
            throw new NodeException("textures need at least 64 pixels", "Give more, or 0 to go by the quality");
        }
        return asked > 0
                ? asked
                : switch (run.quality()) {
                    case DRAFT -> 512;
                    case STANDARD -> 1024;
                    case HIGH -> 2048;
                };
    }
}
