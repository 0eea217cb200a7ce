// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Json;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Artifacts;
import org.eidolon.mesh.Glb;
import org.eidolon.nodes.internal.HeadFiles;
import org.eidolon.nodes.internal.Outputs;
import org.eidolon.nodes.value.Head;

/** A head as glTF files. */
@NodeType(
        id = "head.export",
        category = "Output",
        name = "Export head",
        doc = "Writes the head as binary glTF (GLB): one file with a named scene for each expression, and one file for "
                + "each expression for programs that read one scene. In metres, y up, the face along +z. The files "
                + "carry the graph that made them in asset.extras.",
        uses = {Uses.GRAPH, Uses.SEED, Uses.QUALITY})
public record ExportHead(
        @In(doc = "the head") Head head,

        @Param(doc = "name of the file with all expressions", required = true)
        String file,

        @Param(doc = "also write expressions/NAME.glb") boolean separate,

        @Param(min = 0, max = 4096, unit = "pixels", doc = "width and height of the textures; 0 keeps what there is")
        int textureSize,

        @Param(min = 0, max = 1_000_000, doc = "most triangles of each expression; 0 keeps all")
        int triangles,

        @Param(min = 0, max = 1000, unit = "m", doc = "height of the whole model at rest; 0 is life size")
        double height,

        @Param(doc = "carry the graph in the files, with the words and settings in it")
        boolean graph)
        implements Node<ExportHead.Out> {

    public record Out(@Doc("the glTF files") Artifacts files) {}

    public ExportHead() {
        this(null, "head.glb", true, 0, 0, 0, true);
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("file", () -> Outputs.checkFileName(file, ".glb"));
    }

    @Override
    public Out run(Run run) throws Exception {
        if (textureSize > 0 && textureSize < 64 || triangles > 0 && triangles < 100) {
            throw new NodeException(
                    "textures need at least 64 pixels and meshes at least 100 triangles", "Give more, or 0 for all");
        }
        int count = head.shapes().size();
        var done = new AtomicInteger();
        Head prepared = HeadFiles.prepared(head, textureSize, triangles, () -> {
            run.checkCancelled();
            run.progress("simplify", done.getAndIncrement(), count, "expression");
        });
        run.checkCancelled();
        String extras = graph ? extras(run) : null;
        float scale = HeadFiles.scale(prepared, height);
        Path folder = run.scratch();
        Glb whole = HeadFiles.whole(prepared, scale, extras);
        Files.write(folder.resolve(file), whole.bytes());
        run.checkCancelled();
        if (separate) {
            HeadFiles.each(prepared, scale, extras, folder.resolve("expressions"));
        }
        run.record("metres per unit of head space", scale);
        run.record(
                "triangles",
                prepared.shapes().stream()
                        .mapToInt(s -> s.mesh().triangleCount())
                        .sum());
        run.record("textures", prepared.textures().size());
        return new Out(Artifacts.of(folder));
    }

    /** What {@code asset.extras} holds: the graph as run, seed and quality, under one name of our own. */
    private static String extras(Run run) {
        return "{\"eidolon\":{\"graph\":" + run.graph() + ",\"seed\":" + run.seed() + ",\"quality\":"
                + Json.write(run.quality().toString()) + "}}";
    }
}
