// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.List;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.api.value.Artifacts;
import org.eidolon.head.model.Expression;
import org.eidolon.nodes.internal.HeadStudio;
import org.eidolon.nodes.internal.Outputs;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.value.Head;
import org.eidolon.picture.Sheet;
import org.eidolon.render.Camera;

/** All expressions on one sheet. */
@NodeType(
        id = "head.sheet",
        category = "Output",
        name = "Expression sheet",
        doc = "Draws a contact sheet of all expressions, shaded and as normals, with their names.")
public record ExpressionSheet(
        @In(doc = "the head") Head head,

        @Shared.Tile int tile,

        @Param(min = 1, max = Expression.COUNT, doc = "expressions in a row")
        int columns,

        @Param(min = -180, max = 180, unit = "degrees", doc = "from where it is seen, towards the subject's left")
        double azimuth,

        @Param(doc = "name of the file", required = true) String file)
        implements Node<ExpressionSheet.Out> {

    public record Out(@Doc("the sheet") Artifacts files) {}

    public ExpressionSheet() {
        this(null, 320, 7, 18, "expressions.png");
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("file", () -> Outputs.checkFileName(file, ".png"));
    }

    @Override
    public Out run(Run run) throws Exception {
        int count = head.shapes().size();
        var sheet = new Sheet(tile, count, Math.min(columns, count), 2);
        Camera camera = HeadStudio.whole(Math.toRadians(azimuth), Math.toRadians(4));
        try (var studio = new HeadStudio(head, tile)) {
            for (int i = 0; i < count; i++) {
                run.checkCancelled();
                sheet.add(
                        List.of(studio.shaded(i, camera, HeadStudio.STUDIO), studio.normals(i, camera)),
                        head.shapes().get(i).name());
                run.progress("expressions", i + 1, count, "expression");
            }
        }
        return new Out(Outputs.picture(run, sheet, file));
    }
}
