// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.Map;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.FaceChoice;
import org.eidolon.encoders.FaceDetector;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.Photo;
import org.eidolon.encoders.Portrait;
import org.eidolon.encoders.PortraitReader;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Encoders;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.Photos;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.AlignedFace;

/** Finds a face in a photo and aligns it (RetinaFace; five points onto ArcFace's 112×112 template). */
@NodeType(
        id = "face.align",
        category = "Identity",
        name = "Align face",
        doc =
                "Finds the faces of a photo, chooses one, checks that it is large, sharp and clear enough, and cuts it out "
                        + "upright as identity encoders want it. A photo that lies on its side or upside down is turned.",
        conversion = true)
public record AlignFace(
        @In(doc = "a photo") Image photo,

        @Param(doc = "which face: only, largest, leftmost, rightmost, or its number from the left")
        String face,

        @Param(min = 0, max = 1, step = 0.05, doc = "least confidence of the detector")
        double minConfidence,

        @Param(min = 8, max = 2000, unit = "pixels", doc = "least width and height of the face")
        int minFacePixels,

        @Param(min = 0, max = 1, step = 0.001, doc = "least sharpness; 0 accepts any")
        double minSharpness,

        @Param(
                min = 0,
                max = 1,
                step = 0.05,
                doc =
                        "how much of a face the identity encoder must see in it; 0 accepts anything, and faces in profile, cut "
                                + "off or nearly black, too")
        double minQuality)
        implements Node<AlignFace.Out> {

    public record Out(@Doc("the face, cut out and aligned") AlignedFace face) {}

    public AlignFace() {
        this(
                null,
                "only",
                0.6,
                PortraitReader.Limits.DEFAULT.minFacePixels(),
                PortraitReader.Limits.DEFAULT.minSharpness(),
                PortraitReader.Limits.DEFAULT.minQuality());
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(FaceDetector.STARTER, IdentityEncoder.STARTER);
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("face", () -> Photos.choice(face));
    }

    @Override
    public Out run(Run run) throws Exception {
        FaceChoice choice = Photos.choice(face);
        Models models = Models.standard();
        Photo picture = Photos.photo(photo);
        var limits = new PortraitReader.Limits(minConfidence, minFacePixels, minSharpness, minQuality);
        Portrait portrait = Faults.told(() -> {
            UsedModels.record(run, models, FaceDetector.STARTER, IdentityEncoder.STARTER);
            try (var reader = Encoders.portraits(run, models)) {
                return reader.value().read(picture, "the photo", choice, limits);
            }
        });
        portrait.warnings().forEach(run::warn);
        var found = portrait.face();
        var aligned = new AlignedFace(
                portrait.aligned().rgb(),
                found.points(),
                new float[] {found.left(), found.top(), found.right(), found.bottom()},
                found.score(),
                portrait.sharpness(),
                portrait.facesFound());
        run.record("faces found", aligned.facesFound());
        run.record("confidence", aligned.confidence());
        run.record("sharpness", aligned.sharpness());
        run.record("quality", portrait.quality());
        run.record("turned", portrait.turned() + "°");
        run.preview("found", Photos.marked(picture, aligned));
        run.preview("aligned", aligned.image());
        return new Out(aligned);
    }
}
