// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Report;
import org.eidolon.encoders.FaceDetector;
import org.eidolon.encoders.Identity;
import org.eidolon.models.Model;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.Likeness;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;

/** What was made of whom, with what. */
@NodeType(
        id = "identity.report",
        category = "Output",
        name = "Report",
        doc = "Writes report.json: how alike the head and the photo are to the identity encoder, and the licences of "
                + "all weights that were used. The run adds its seed, settings, versions, hashes and times.")
public record ReportIdentity(
        @In(doc = "of the photo") Identity identity,
        @In(optional = true, doc = "of the head") Expressions expressions,
        @In(optional = true, doc = "made of the identity") Head head)
        implements Node<ReportIdentity.Out> {

    public record Out(
            @Doc("the findings") Report report,
            @Doc("report.json") Artifacts files) {}

    public ReportIdentity() {
        this(null, null, null);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(FaceDetector.STARTER);
    }

    @Override
    public Out run(Run run) throws Exception {
        var tree = new LinkedHashMap<String, Object>();
        var used = new TreeMap<String, String>();
        used.put(identity.encoder(), identity.encoderSha256());
        tree.put("photos", identity.photos());
        if (expressions != null) {
            used.put(expressions.encoder(), expressions.encoderSha256());
            tree.put("expressions", expressions.names());
        }
        if (head != null) {
            used.putAll(head.weights());
            tree.put("likeness", Faults.told(() -> Likeness.of(run, head, identity, Models.standard())));
            tree.put(
                    "triangles",
                    head.shapes().stream().map(s -> s.mesh().triangleCount()).toList());
        }
        tree.put("weights", facts(used));
        var report = new Report(tree);
        Path folder = run.scratch();
        Files.write(folder.resolve("report.json"), report.toJson().getBytes(StandardCharsets.UTF_8));
        return new Out(report, Artifacts.of(folder));
    }

    private static ArrayList<Object> facts(Map<String, String> used) {
        Models models = Models.standard();
        var list = new ArrayList<Object>();
        used.forEach((id, sha256) -> list.add(models.find(id)
                .filter(model -> model.info().sha256().equals(sha256))
                .or(() -> models.find(sha256))
                .map((Model model) -> (Object) UsedModels.facts(model))
                // by name: the order that Map.of leaves to chance would make each process write another report
                .orElse(new TreeMap<>(Map.of("id", id, "sha256", sha256, "licence", "not listed any more")))));
        return list;
    }
}
