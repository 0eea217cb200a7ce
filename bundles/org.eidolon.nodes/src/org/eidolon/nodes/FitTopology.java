// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.encoders.Identity;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.fit.Fit;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.stage.PersonCodes;
import org.eidolon.mesh.Mesh;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.HeadModels;
import org.eidolon.nodes.internal.Priors;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Prior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** A head of one topology in all its expressions, from fit and words alone. */
@NodeType(
        id = "head.topology",
        category = "Head",
        name = "Head topology",
        doc = "Makes the head model wear the person and the expressions: order of vertices and texture layout are the "
                + "model's in every expression of every head, eyelids close, teeth and eyeballs are parts of their own. "
                + "The shape comes from the fit, else from what the prior reads of the identity; expressions come from "
                + "what the prior reads of the words. Takes seconds.",
        uses = Uses.DEVICE)
public record FitTopology(
        @In(optional = true, doc = "what the photos say") Fit fit,
        @In(doc = "who it is") Identity identity,
        @In(doc = "what the head wears") Expressions expressions,

        @In(doc = "a prior of normals, whose reader understands words")
        Prior prior)
        implements Node<FitTopology.Out> {

    public record Out(@Doc("the head, without texture") Head head) {}

    public FitTopology() {
        this(null, null, null, null);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(HeadModels.STARTER);
    }

    @Override
    public Out run(Run run) throws Exception {
        Models models = Models.standard();
        UsedModels.record(run, models, HeadModels.STARTER);
        List<Mesh> meshes = new ArrayList<>();
        try (var parts = HeadModels.open(run, models);
                var opened = Priors.open(run, prior, Domain.NORMALS, identity);
                Scope scope = Scope.open(Torch.device(run.device().toString()))) {
            var head = parts.value();
            CodeReader reader = opened.value()
                    .prior()
                    .reader()
                    .orElseThrow(() -> new NodeException(
                            "the prior '" + prior.id() + "' reads no codes", "Link a starter prior of normals"));
            boolean fitted = fit != null && fit.found();
            float[] shape = fitted ? fit.shape() : PersonCodes.shape(scope, reader, identity);
            run.record("shape from", fitted ? "fit" : "identity");
            for (float[] worn : PersonCodes.expressions(scope, reader, expressions.worn(), head.model())) {
                meshes.add(head.atlas()
                        .mesh(head.model().vertices(shape, worn), head.model().triangles()));
            }
        }
        var weights = new TreeMap<String, String>();
        weights.put(identity.encoder(), identity.encoderSha256());
        weights.put(expressions.encoder(), expressions.encoderSha256());
        weights.put(prior.id(), prior.sha256());
        weights.putAll(weightsUsed());
        return new Out(Head.plain(expressions, meshes, weights));
    }
}
