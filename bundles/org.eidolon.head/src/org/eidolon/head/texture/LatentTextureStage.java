// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import java.io.IOException;
import java.util.List;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.stage.RunName;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/**
 * The texture stage under a prior of latents, by score distillation on pictures under random light that go through the
 * autoencoder, and the refinement after it. The field, its light and its steps are those of {@link TextureStage}, the
 * field's grids are finer. Both continue by themselves from a checkpoint of the same run.
 */
public final class LatentTextureStage {
    private LatentTextureStage() {}

    /**
     * Finds an albedo.
     *
     * @param scope on the prior's device
     * @param guide asks the prior
     * @param meshes one per expression, in head space
     * @param run names all that the result depends on besides settings and meshes: a checkpoint under another name is not
     *     taken up
     * @throws IllegalArgumentException if pictures don't fit the prior
     */
    public static TextureResult run(
            Scope scope,
            LatentTextureSettings settings,
            LatentGuide guide,
            List<Mesh> meshes,
            String run,
            StageMonitor monitor)
            throws IOException {
        guide.check(settings.picture());
        try (Scope s = scope.child()) {
            TextureSettings loop = settings.loop();
            AlbedoField.Grids grids = AlbedoField.Grids.forPictures(settings.picture());
            AlbedoField field = new AlbedoField(s, AlbedoField.around(meshes), meshes.size(), grids, loop.seed());
            SurfaceViews views = new SurfaceViews(s, meshes, loop, settings.picture(), false);
            LatentColourGuide colours = LatentColourGuide.distilling(guide, views, settings);
            return new TextureOptimiser(s, field, views, loop, colours).run(name(settings, meshes, run), monitor);
        }
    }

    /** Bytes of a field for so many expressions, with its gradient and its optimiser's moments. */
    public static long fieldMemory(int picture, int expressions) {
        return 4L * 4 * AlbedoField.Grids.forPictures(picture).count(expressions);
    }

    /**
     * Refines an albedo: each step noises pictures, lets the prior denoise them, and pulls the albedo there.
     *
     * @param albedo to begin with
     */
    public static TextureResult refine(
            Scope scope,
            RefineSettings settings,
            LatentGuide guide,
            List<Mesh> meshes,
            Albedo albedo,
            String run,
            StageMonitor monitor)
            throws IOException {
        guide.check(settings.stage().picture());
        if (albedo.expressions() != meshes.size()) {
            throw new IllegalArgumentException("the albedo knows " + albedo.expressions() + " expressions, there are "
                    + meshes.size() + " meshes");
        }
        try (Scope s = scope.child()) {
            TextureSettings loop = settings.stage().loop();
            AlbedoField field = AlbedoField.of(s, albedo);
            SurfaceViews views =
                    new SurfaceViews(s, meshes, loop, settings.stage().picture(), false);
            LatentColourGuide colours = LatentColourGuide.refining(guide, views, settings);
            return new TextureOptimiser(s, field, views, loop, colours).run(name(settings, meshes, run), monitor);
        }
    }

    private static String name(Record settings, List<Mesh> meshes, String run) {
        RunName name = new RunName(settings + run);
        meshes.forEach(mesh -> name.add(mesh.positions()));
        return name.hex();
    }
}
