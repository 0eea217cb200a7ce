// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.List;
import java.util.Locale;
import org.eidolon.models.Models;

/** Photo to aligned face: detection, choice of a face, checks of its quality, alignment. */
public final class PortraitReader implements AutoCloseable {
    /**
     * What a face must have to be used.
     *
     * @param minConfidence of the detector, 0 to 1
     * @param minFacePixels pixels along the shorter side of the face's box
     * @param minSharpness as {@link Sharpness} measures it; 0 accepts any
     */
    public record Limits(double minConfidence, int minFacePixels, double minSharpness) {
        public static final Limits DEFAULT = new Limits(FaceDetector.MIN_SCORE, 40, 0.008);
    }

    private final FaceDetector detector;

    private PortraitReader(FaceDetector detector) {
        this.detector = detector;
    }

    public static PortraitReader open(Models models) {
        return new PortraitReader(FaceDetector.open(models));
    }

    /** As {@link #read(Photo, String, FaceChoice, Limits)} for a photo of one person, with the default limits. */
    public Portrait read(Photo photo) {
        return read(photo, "the photo", FaceChoice.ONLY, Limits.DEFAULT);
    }

    /**
     * The chosen face.
     *
     * @param name of the photo, for messages
     * @throws PhotoException when there is no face, several and none chosen, or it is too small or too blurred
     */
    public Portrait read(Photo photo, String name, FaceChoice choice, Limits limits) {
        List<Face> faces = detector.detect(photo, (float) limits.minConfidence());
        Face face = choice.choose(faces, name);
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
        return new Portrait(face, aligned, faces.size(), sharpness);
    }

    @Override
    public void close() {
        detector.close();
    }
}
