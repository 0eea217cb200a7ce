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
import org.eidolon.nodes.internal.HeadStudio;
import org.eidolon.nodes.internal.Outputs;
import org.eidolon.nodes.internal.Shapes;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.value.Head;
import org.eidolon.picture.Sheet;

/** The head from all sides. */
@NodeType(
        id = "head.turntable",
        category = "Output",
        name = "Turntable",
        doc = "Draws the head from evenly spaced directions around it.")
public record Turntable(
        @In(doc = "the head") Head head,

        @Param(doc = "expression to show, by its words; empty for the first")
        String expression,

        @Param(min = 1, max = 64, doc = "directions") int views,
        @Param(min = 1, max = 16, doc = "pictures in a row") int columns,

        @Shared.Tile int tile,

        @Param(min = -80, max = 80, unit = "degrees", doc = "height of the camera")
        double elevation,

        @Param(doc = "name of the file", required = true) String file)
        implements Node<Turntable.Out> {

    public record Out(@Doc("the sheet") Artifacts files) {}

    public Turntable() {
        this(null, "", 8, 4, 384, 6, "turntable.png");
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("file", () -> Outputs.checkFileName(file, ".png"));
    }

    @Override
    public Out run(Run run) throws Exception {
        int shape = Shapes.find(head, expression);
        var sheet = new Sheet(tile, views, Math.min(columns, views), 1);
        try (var studio = new HeadStudio(head, tile)) {
            for (int i = 0; i < views; i++) {
                run.checkCancelled();
                double azimuth = 360.0 * i / views;
                var camera = HeadStudio.whole(Math.toRadians(azimuth), Math.toRadians(elevation));
                sheet.add(List.of(studio.shaded(shape, camera, HeadStudio.STUDIO)), Math.round(azimuth) + "°");
                run.progress("views", i + 1, views, "view");
            }
        }
        return new Out(Outputs.picture(run, sheet, file));
    }
}
