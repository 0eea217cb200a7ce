// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import java.io.IOException;
import java.util.List;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.RunName;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.StagePrior;
import org.eidolon.head.stage.Worn;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/**
 * Finds the albedo of a head in all its expressions by score distillation on shaded pictures under random light and on
 * flat ones; the geometry stays as it is (stage 2 of ID-to-3D, arXiv 2405.16570; docs/method.md). Continues by itself
 * from a checkpoint of the same run.
 */
public final class TextureStage {
    private final HeadPrior prior;
    private final TextureSettings settings;

    /**
     * @param prior of colours
     * @throws IllegalArgumentException if the prior shows something else
     */
    public TextureStage(HeadPrior prior, TextureSettings settings) {
        StagePrior.checkDomain(prior, Domain.COLOUR, "texture");
        this.prior = prior;
        this.settings = settings;
    }

    /**
     * Runs the stage.
     *
     * @param scope on the prior's device
     * @param meshes one per expression, in head space
     * @param person who it shall be, by the encoder that the prior names
     * @param worn the expressions
     * @throws IllegalArgumentException if the identity comes from another encoder, or meshes and expressions don't pair
     */
    public TextureResult run(Scope scope, List<Mesh> meshes, Identity person, Worn worn, StageMonitor monitor)
            throws IOException {
        StagePrior.checkPerson(prior, person);
        if (meshes.size() != worn.count()) {
            throw new IllegalArgumentException(
                    "each expression needs a mesh and a sentence: " + meshes.size() + " and " + worn.count());
        }
        try (Scope s = scope.child()) {
            AlbedoField field = new AlbedoField(s, AlbedoField.around(meshes), meshes.size(), settings.seed());
            SurfaceViews views =
                    new SurfaceViews(s, meshes, settings, prior.card().size());
            ColourGuide guide = new ColourGuide(s, prior, settings, views, person, worn);
            field.tone(s, guide.tone(s));
            return new TextureOptimiser(s, field, views, settings, guide).run(name(meshes, person, worn), monitor);
        }
    }

    private String name(List<Mesh> meshes, Identity person, Worn worn) {
        RunName name = new RunName(settings + prior.card().toJson());
        meshes.forEach(mesh -> name.add(mesh.positions()));
        return name.add(person).add(worn).hex();
    }
}
