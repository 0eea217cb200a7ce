// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Json;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Artifacts;
import org.eidolon.mesh.Box;
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

        @Param(min = 64, max = 4096, unit = "pixels", auto = "as they are", doc = "width and height of the textures")
        Integer textureSize,

        @Param(min = 100, max = 1_000_000, auto = "all that there are", doc = "most triangles of each expression")
        Integer triangles,

        @Param(min = 0.001, max = 1000, unit = "m", auto = "life size", doc = "height of the whole model at rest")
        Double height,

        @Param(doc = "carry the graph in the files, with the words and settings in it")
        boolean graph)
        implements Node<ExportHead.Out> {

    public record Out(@Doc("the glTF files") Artifacts files) {}

    public ExportHead() {
        this(null, "head.glb", true, null, null, null, true);
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("file", () -> Outputs.checkFileName(file, ".glb"));
    }

    @Override
    public Out run(Run run) throws Exception {
        int count = head.shapes().size();
        var done = new AtomicInteger();
        Head prepared = HeadFiles.prepared(head, textureSize, triangles, () -> {
            run.checkCancelled();
            run.progress("simplify", done.getAndIncrement(), count, "expression");
        });
        run.checkCancelled();
        String extras = graph ? extras(run) : null;
        float scale = HeadFiles.scale(prepared, height);
        settled(run, prepared, scale);
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

    private void settled(Run run, Head written, float scale) {
        if (written.textured()) {
            run.auto(
                    "textureSize",
                    textureSize,
                    written.textures().get(0).picture().getWidth());
        }
        run.auto(
                "triangles",
                triangles,
                written.shapes().stream()
                        .mapToInt(shape -> shape.mesh().triangleCount())
                        .max()
                        .orElse(0));
        Box box = written.shapes().get(0).mesh().bounds();
        run.auto("height", height, (double) scale * (box.maxY() - box.minY()));
    }

    /** What {@code asset.extras} holds: the graph as run, seed and quality, under one name of our own. */
    private static String extras(Run run) {
        return "{\"eidolon\":{\"graph\":" + run.graph() + ",\"seed\":" + run.seed() + ",\"quality\":"
                + Json.write(run.quality().toString()) + "}}";
    }
}
