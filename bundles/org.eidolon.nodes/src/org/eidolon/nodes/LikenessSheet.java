// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.ArrayList;
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
import org.eidolon.api.value.Image;
import org.eidolon.head.fit.Fit;
import org.eidolon.head.fit.SkinLight;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.FitPictures;
import org.eidolon.nodes.internal.Fitted;
import org.eidolon.nodes.internal.HeadModels;
import org.eidolon.nodes.internal.HeadStudio;
import org.eidolon.nodes.internal.Outputs;
import org.eidolon.nodes.internal.Photos;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.Head;
import org.eidolon.picture.Sheet;
import org.eidolon.render.Camera;
import org.eidolon.render.Light;

/** The head beside its photo. */
@NodeType(
        id = "head.likeness",
        category = "Output",
        name = "Likeness sheet",
        doc =
                "Draws the head beside its photo: the photo, the head through the photo's own camera, under its light and "
                        + "wearing its expression, at rest from the front and from a quarter turn, and both under another light.")
public record LikenessSheet(
        @In(doc = "the head from texture.photo") Head head,
        @In(doc = "what the photos say") Fit fit,
        @In(doc = "the photos of the fit, in its order") List<Image> photos,

        @Shared.Tile int tile,

        @Param(doc = "name of the file", required = true) String file)
        implements Node<LikenessSheet.Out> {

    /** From the right and above, warm, with a cool fill: unlike a portrait's. */
    private static final Light OTHER = HeadStudio.light(0.18, 60, 25, 0.85, 1, 0.93, 0.84, -60, 10, 0.25);

    public record Out(@Doc("the sheet") Artifacts files) {}

    public LikenessSheet() {
        this(null, null, List.of(), 384, "likeness.png");
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(HeadModels.STARTER);
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("file", () -> Outputs.checkFileName(file, ".png"));
    }

    @Override
    public Out run(Run run) throws Exception {
        Fitted.check(fit, photos);
        var sheet = new Sheet(tile, 6 * photos.size(), 6, 1);
        try (var parts = HeadModels.open(run, Models.standard())) {
            var model = parts.value();
            for (int i = 0; i < photos.size(); i++) {
                run.checkCancelled();
                Fit.View view = fit.views().get(i);
                var worn = model.atlas()
                        .mesh(
                                model.model().vertices(fit.shape(), view.expression()),
                                model.model().triangles());
                var shapes = new ArrayList<Head.Shape>();
                Head.Shape rest = head.shapes().get(0);
                shapes.add(new Head.Shape("as in the photo", "photo", worn, rest.texture()));
                shapes.add(rest);
                try (var studio = new HeadStudio(new Head(shapes, head.textures(), Map.of()), tile)) {
                    Light own = SkinLight.of(view.light()).light();
                    Camera front = HeadStudio.whole(0, 0.05), quarter = HeadStudio.whole(Math.toRadians(40), 0.05);
                    sheet.add(List.of(FitPictures.framed(Photos.photo(photos.get(i)), view.frame(), tile)), "photo");
                    sheet.add(List.of(studio.shaded(0, view.camera(), own)), "as in the photo");
                    sheet.add(List.of(studio.shaded(1, front, HeadStudio.STUDIO)), "at rest");
                    sheet.add(List.of(studio.shaded(1, quarter, HeadStudio.STUDIO)), "quarter turn");
                    sheet.add(List.of(studio.shaded(0, view.camera(), OTHER)), "other light");
                    sheet.add(List.of(studio.shaded(1, quarter, OTHER)), "other light");
                }
                run.progress("photos", i + 1, photos.size(), "photo");
            }
        }
        return new Out(Outputs.picture(run, sheet, file));
    }
}
