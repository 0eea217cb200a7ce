// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eidolon.models.Models;

/** Photo to aligned face: detection in four turns, choice of a face, checks of its quality, alignment. */
public final class PortraitReader implements AutoCloseable {
    /**
     * What a face must have to be used.
     *
     * @param minConfidence of the detector, 0 to 1
     * @param minFacePixels pixels along the shorter side of the face's box
     * @param minSharpness as {@link Sharpness} measures it; 0 accepts any
     * @param minQuality of the face to the identity encoder, 0 to 1; 0 accepts any, and what is seen from the side, cut
     *     off or nearly black, too
     */
    public record Limits(double minConfidence, int minFacePixels, double minSharpness, double minQuality) {
        public static final Limits DEFAULT = new Limits(FaceDetector.MIN_SCORE, 40, 0.008, 0.5);

        /** The same without a least quality. */
        public Limits ofAnyQuality() {
            return new Limits(minConfidence, minFacePixels, minSharpness, 0);
        }
    }

    private final FaceDetector detector;
    private final IdentityEncoder encoder;
    private final FaceTurns turns;

    private PortraitReader(FaceDetector detector, IdentityEncoder encoder) {
        this.detector = detector;
        this.encoder = encoder;
        this.turns = new FaceTurns(detector, encoder);
    }

    /** With the detector and the identity encoder that come along: limits are measured by these. */
    public static PortraitReader open(Models models) {
        FaceDetector detector = FaceDetector.open(models);
        try {
            return new PortraitReader(detector, IdentityEncoder.open(models));
        } catch (RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    /** As {@link #read(Photo, String, FaceChoice, Limits)} for a photo of one person, with the default limits. */
    public Portrait read(Photo photo) {
        return read(photo, "the photo", FaceChoice.ONLY, Limits.DEFAULT);
    }

    /**
     * The chosen face. A photo that lies on its side is turned.
     *
     * @param name of the photo, for messages
     * @throws PhotoException when there is no face, several and none chosen, or it is too small, too blurred, cut off,
     *     in profile, nearly black or hardly a face
     */
    public Portrait read(Photo photo, String name, FaceChoice choice, Limits limits) {
        FaceTurns.Found found = turns.find(photo, (float) limits.minConfidence());
        Face face = choice.choose(found.faces(), name);
        float side = Math.min(face.width(), face.height());
        if (side < limits.minFacePixels()) {
            throw new PhotoException(String.format(
                    Locale.ROOT,
                    "the face in %s is %.0f pixels wide, at least %d are needed: give a larger or closer photo, or"
                            + " lower minFacePixels and expect a weaker likeness",
                    name,
                    side,
                    limits.minFacePixels()));
        }
        Photo aligned = FaceAlignment.align(photo, face.points());
        double sharpness = Sharpness.of(aligned);
        if (sharpness < limits.minSharpness()) {
            throw new PhotoException(String.format(
                    Locale.ROOT,
                    "the face in %s is blurred (sharpness %.4f, at least %.4f is needed): give a sharper photo, or"
                            + " lower minSharpness and expect a weaker likeness",
                    name,
                    sharpness,
                    limits.minSharpness()));
        }
        FaceLook look = FaceLook.of(encoder, photo, aligned, face).turned(found.degrees());
        List<String> warnings = check(look, name, limits.minQuality());
        if (found.degrees() != 0) {
            warnings.addFirst(name + " lies on its side or upside down and was turned by " + found.degrees()
                    + "° clockwise; turn the file itself if that is wrong");
        }
        return new Portrait(face, aligned, found.faces().size(), sharpness, look.quality(), found.degrees(), warnings);
    }

    private static List<String> check(FaceLook look, String name, double minQuality) {
        List<String> refusals = look.refusals(minQuality);
        if (!refusals.isEmpty() && minQuality > 0) {
            throw new PhotoException("what was found in " + name + " is no face to be used: "
                    + String.join("; ", refusals)
                    + ". Give a photo that shows the whole face from the front, in good light; or set minQuality to 0,"
                    + " which accepts it, and expect somebody else");
        }
        List<String> warnings = new ArrayList<>();
        List<String> doubts = look.doubts();
        if (!doubts.isEmpty()) {
            warnings.add("the face in " + name + " may become somebody else: " + String.join("; ", doubts)
                    + ". A photo that shows the whole face from the front, in good light, is better");
        }
        return warnings;
    }

    @Override
    public void close() {
        detector.close();
        encoder.close();
    }
}
