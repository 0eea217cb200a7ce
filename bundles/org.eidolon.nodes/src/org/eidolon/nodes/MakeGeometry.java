// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Device;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.encoders.Identity;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.prior.Domain;
import org.eidolon.nodes.internal.Priors;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.StageRun;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Prior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The geometry stage of ID-to-3D: score distillation on rendered normals. */
@NodeType(
        id = "stage.geometry",
        category = "Head",
        name = "Geometry stage",
        doc = "Shapes the head in all its expressions: a surface is moved until the prior finds its rendered normals "
                + "likely for this person wearing these expressions. Takes minutes; saves checkpoints.",
        uses = {Uses.DEVICE, Uses.SEED, Uses.QUALITY, Uses.CHECKPOINTS})
public record MakeGeometry(
        @In(doc = "who it is") Identity identity,
        @In(doc = "what the head wears") Expressions expressions,
        @In(doc = "a prior of normals") Prior prior,

        @Shared.Steps Integer steps,
        @Shared.Resolution Integer resolution,
        @Shared.Guidance Double guidance)
        implements Node<MakeGeometry.Out> {

    public record Out(@Doc("the head, without texture") Head head) {}

    public MakeGeometry() {
        this(null, null, null, null, null, null);
    }

    @Override
    public Map<String, String> machineChoices(Device device) {
        return Priors.machineChoices(device);
    }

    @Override
    public Out run(Run run) throws Exception {
        GeometrySettings settings = settings(run);
        GeometryResult result;
        try (var monitor = new StageRun(run, "geometry");
                var opened = Priors.open(run, prior, Domain.NORMALS, identity);
                Scope scope = Scope.open(Torch.device(run.device().toString()))) {
            result = new GeometryStage(opened.value().prior(), settings)
                    .run(scope, identity, expressions.worn(), monitor);
        }
        run.record("steps", result.steps());
        run.record("settings", settings.toString());
        run.record("milliseconds per step", result.millisPerStep());
        return new Out(Head.plain(expressions, result.meshes(), weights()));
    }

    private GeometrySettings settings(Run run) {
        var usual = GeometrySettings.of(run.quality().toString(), run.device().isGpu(), run.seed());
        return usual.withSteps(run.auto("steps", steps, usual.steps()))
                .withResolution(run.auto("resolution", resolution, usual.resolution()))
                .withGuidance(run.auto("guidance", guidance, usual.guidance()));
    }

    private Map<String, String> weights() {
        var weights = new TreeMap<String, String>();
        weights.put(identity.encoder(), identity.encoderSha256());
        weights.put(expressions.encoder(), expressions.encoderSha256());
        weights.put(prior.id(), prior.sha256());
        return weights;
    }
}
