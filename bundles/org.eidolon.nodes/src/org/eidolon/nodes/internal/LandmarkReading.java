// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.List;
import org.eidolon.api.Kept;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.FaceChoice;
import org.eidolon.encoders.FaceDetector;
import org.eidolon.encoders.FaceMesh;
import org.eidolon.encoders.FacePoints;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.PersonMask;
import org.eidolon.encoders.Photo;
import org.eidolon.encoders.Portrait;
import org.eidolon.encoders.PortraitReader;
import org.eidolon.encoders.Similarity;
import org.eidolon.head.fit.Fit;
import org.eidolon.head.fit.PhotoFit;
import org.eidolon.head.fit.PhotoFrame;
import org.eidolon.models.Models;

/** Finds in a photo what {@link PhotoFit} goes by: the landmarks of the chosen face and the outline of the person. */
public final class LandmarkReading implements AutoCloseable {
    /** Nets that disagree with themselves about the mirrored crop by more of the face's width tell no landmarks. */
    private static final double UNSURE = 0.03;

    private final Kept<PortraitReader> faces;
    private final Kept<FaceMesh> landmarks;
    private final Kept<PersonMask> masks;

    /** Everything that a reading opens; the reader of portraits asks the identity encoder, too. */
    public static final List<String> USED =
            List.of(FaceDetector.STARTER, IdentityEncoder.STARTER, FaceMesh.STARTER, PersonMask.STARTER);

    private LandmarkReading(Kept<PortraitReader> faces, Kept<FaceMesh> landmarks, Kept<PersonMask> masks) {
        this.faces = faces;
        this.landmarks = landmarks;
        this.masks = masks;
    }

    public static LandmarkReading open(Run run, Models models) throws Exception {
        return Faults.told(() -> new LandmarkReading(
                Encoders.portraits(run, models),
                run.keep(key(models, FaceMesh.STARTER), FaceMesh.class, () -> FaceMesh.open(models)),
                run.keep(key(models, PersonMask.STARTER), PersonMask.class, () -> PersonMask.open(models))));
    }

    private static String key(Models models, String id) {
        return id + " " + models.get(id).info().sha256();
    }

    /**
     * Reads a photo.
     *
     * @param face which one, as {@link FaceChoice} parses it
     * @throws PhotoFit.NoFit if its landmarks cannot be told
     */
    public PhotoFit.Input read(Image image, String face) throws Exception {
        Photo photo = Photos.photo(image);
        FaceChoice choice = Photos.choice(face);
        Portrait portrait =
                Faults.told(() -> faces.value().read(photo, "the photo", choice, PortraitReader.Limits.DEFAULT));
        FacePoints found = landmarks.value().find(photo, portrait.face());
        if (found.presence() < FaceMesh.MIN_PRESENCE || found.disagreement() > UNSURE) {
            throw new PhotoFit.NoFit(
                    "the landmarks of the face cannot be told (it is turned too far, covered or too blurred)");
        }
        float[] points = new float[2 * FacePoints.COUNT];
        for (int i = 0; i < FacePoints.COUNT; i++) {
            points[2 * i] = found.x(i);
            points[2 * i + 1] = found.y(i);
        }
        return new PhotoFit.Input(photo, points, mask(photo, PhotoFrame.around(points)));
    }

    private byte[] mask(Photo photo, PhotoFrame frame) {
        double scale = Fit.MASK / frame.side(), middle = (Fit.MASK - 1) / 2.0;
        float[] seen = masks.value()
                .of(photo, new Similarity(scale, 0, middle - scale * frame.x(), middle - scale * frame.y()));
        byte[] mask = new byte[seen.length];
        for (int i = 0; i < mask.length; i++) mask[i] = (byte) Math.round(255 * Math.clamp(seen[i], 0, 1));
        return mask;
    }

    @Override
    public void close() throws Exception {
        faces.close();
        landmarks.close();
        masks.close();
    }
}
