// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.eidolon.render.Light;

/** One view under three lights. */
@NodeType(
        id = "head.relight",
        category = "Output",
        name = "Relight",
        doc = "Draws one view of the head under three lights: warm from the left, cool from the right, from above.")
public record Relight(
        @In(doc = "the head") Head head,

        @Param(doc = "expression to show, by its words; empty for the first")
        String expression,

        @Param(min = -180, max = 180, unit = "degrees", doc = "from where it is seen, towards the subject's left")
        double azimuth,

        @Shared.Tile int tile,
        @Param(doc = "name of the file", required = true) String file)
        implements Node<Relight.Out> {

    public record Out(@Doc("the sheet") Artifacts files) {}

    public Relight() {
        this(null, "", 22, 512, "relight.png");
    }

    /** The three lights by their captions. */
    static Map<String, Light> lights() {
        var lights = new LinkedHashMap<String, Light>();
        lights.put("warm, from the left", HeadStudio.light(0.13, -62, 20, 0.98, 1, 0.86, 0.68, 60, 10, 0.06));
        lights.put("cool, from the right", HeadStudio.light(0.15, 58, 12, 0.9, 0.74, 0.87, 1, -70, 0, 0.07));
        lights.put("from above", HeadStudio.light(0.2, 6, 72, 1.0, 1, 0.98, 0.94, 0, -30, 0.1));
        return lights;
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("file", () -> Outputs.checkFileName(file, ".png"));
    }

    @Override
    public Out run(Run run) throws Exception {
        int shape = Shapes.find(head, expression);
        var lights = lights();
        var sheet = new Sheet(tile, lights.size(), lights.size(), 1);
        var camera = HeadStudio.whole(Math.toRadians(azimuth), Math.toRadians(4));
        try (var studio = new HeadStudio(head, tile)) {
            for (var light : lights.entrySet()) {
                run.checkCancelled();
                sheet.add(List.of(studio.shaded(shape, camera, light.getValue())), light.getKey());
            }
        }
        return new Out(Outputs.picture(run, sheet, file));
    }
}
