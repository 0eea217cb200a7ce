// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Device;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.texture.TextureBake;
import org.eidolon.head.texture.TextureResult;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.head.texture.TextureStage;
import org.eidolon.head.texture.TexturedHead;
import org.eidolon.mesh.Mesh;
import org.eidolon.nodes.internal.FullTexture;
import org.eidolon.nodes.internal.Priors;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.Simplified;
import org.eidolon.nodes.internal.StageRun;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Prior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The texture stage of ID-to-3D: score distillation on shaded pictures. */
@NodeType(
        id = "stage.texture",
        category = "Head",
        name = "Texture stage",
        doc =
                "Paints the head: an albedo without light in it is moved until the prior finds its pictures, under random "
                        + "light and flat, likely for this person; then it is baked into textures. Takes minutes; saves "
                        + "checkpoints.",
        uses = {Uses.DEVICE, Uses.SEED, Uses.QUALITY, Uses.CHECKPOINTS})
public record MakeTexture(
        @In(doc = "the head from the geometry stage") Head head,
        @In(doc = "who it is") Identity identity,
        @In(doc = "what the head wears") Expressions expressions,
        @In(doc = "a prior of colour") Prior prior,

        @Shared.Steps Integer steps,
        @Shared.Guidance Double guidance,
        @Shared.TextureSize Integer textureSize)
        implements Node<MakeTexture.Out> {

    public record Out(@Doc("the head with textures") Head head) {}

    public MakeTexture() {
        this(null, null, null, null, null, null, null);
    }

    @Override
    public Map<String, String> machineChoices(Device device) {
        return Priors.machineChoices(device);
    }

    @Override
    public Out run(Run run) throws Exception {
        FullTexture.checkWorn(head, expressions);
        TextureSettings settings = settings(run);
        List<Mesh> meshes = head.shapes().stream().map(Head.Shape::mesh).toList();
        TextureResult result;
        TexturedHead baked;
        try (var monitor = new StageRun(run, "texture");
                var opened = Priors.open(run, prior, Domain.COLOUR, identity);
                Scope scope = Scope.open(Torch.device(run.device().toString()))) {
            result = new TextureStage(opened.value().prior(), settings)
                    .run(scope, meshes, identity, expressions.worn(), monitor);
            baked = TextureBake.bake(scope, result.albedo(), meshes, size(run), monitor.stage("bake", "expression"));
        }
        run.record("steps", result.steps());
        run.record("settings", settings.toString());
        run.record("milliseconds per step", result.millisPerStep());
        run.record("textures", baked.textures().size());
        run.record(
                "share of the surface in the common layout",
                baked.parts().get(0).sharedArea());
        Path albedo = run.scratch().resolve("albedo.safetensors");
        result.albedo().save(albedo);
        var weights = new TreeMap<>(head.weights());
        weights.put(prior.id(), prior.sha256());
        return new Out(Simplified.textured(head, baked, weights, albedo));
    }

    private int size(Run run) {
        return run.auto("textureSize", textureSize, run.quality() == Quality.DRAFT ? 512 : 1024);
    }

    private TextureSettings settings(Run run) {
        var usual = TextureSettings.of(run.quality().toString(), run.device().isGpu(), run.seed());
        return usual.withSteps(run.auto("steps", steps, usual.steps()))
                .withGuidance(run.auto("guidance", guidance, usual.guidance()));
    }
}
