// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.head.fit.Fit;
import org.eidolon.head.fit.PhotoFit;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.FitPictures;
import org.eidolon.nodes.internal.HeadModels;
import org.eidolon.nodes.internal.LandmarkReading;
import org.eidolon.nodes.internal.Photos;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Fits the head model to photos (landmarks, camera, shape, expression, light, colours). */
@NodeType(
        id = "photo.fit",
        category = "Identity",
        name = "Fit to photo",
        doc =
                "Finds what a photo says about itself: landmarks and outline of the person, the camera, shape and expression "
                        + "of the face, the light, and the colours of skin, irises and hair. Where a photo cannot be fitted, it "
                        + "says why, and the graph goes on without a fit. A fit is biometric data.")
public record FitPhoto(
        @In(doc = "photos of one person") List<Image> photos,

        @Param(doc = "which face: only, largest, leftmost, rightmost, or its number from the left")
        String face)
        implements Node<FitPhoto.Out> {

    public record Out(
            @Doc("what the photos say; a fit of no photo where none could be fitted")
            Fit fit) {}

    public FitPhoto() {
        this(List.of(), "only");
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(used());
    }

    private static String[] used() {
        return Stream.concat(LandmarkReading.USED.stream(), Stream.of(HeadModels.STARTER))
                .toArray(String[]::new);
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("face", () -> Photos.choice(face));
    }

    @Override
    public Out run(Run run) throws Exception {
        Models models = Models.standard();
        UsedModels.record(run, models, used());
        var inputs = new ArrayList<PhotoFit.Input>();
        try {
            try (var reading = LandmarkReading.open(run, models)) {
                for (Image photo : photos) {
                    run.checkCancelled();
                    inputs.add(reading.read(photo, face));
                    run.progress("photos", inputs.size(), photos.size(), "photo");
                }
            }
            var parts = HeadModels.open(run, models);
            Fit fit;
            try (parts;
                    Scope scope = Scope.open(Torch.device("cpu"))) {
                var head = parts.value();
                fit = new PhotoFit(head.model(), head.landmarks()).fit(scope, inputs, new float[0], new float[0]);
                run.preview("fit", FitPictures.over(head.model(), fit, inputs));
            }
            run.record("landmarks off by percent of the face", mean(fit));
            run.record("trust", fit.views().stream().map(Fit.View::trust).toList());
            return new Out(fit);
        } catch (PhotoFit.NoFit e) {
            run.log("no fit: " + e.getMessage());
            run.record("no fit", e.getMessage());
            return new Out(Fit.none(e.getMessage()));
        }
    }

    private static double mean(Fit fit) {
        double mean =
                fit.views().stream().mapToDouble(Fit.View::error).average().orElseThrow();
        return Math.round(100 * mean) / 100.0;
    }
}
