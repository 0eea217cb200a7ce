// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eidolon.encoders.Photo;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.skin.SkinRegions;
import org.eidolon.torch.Scope;

/** Fits the head model to photos of one person: landmarks first, then light and colours. */
public final class PhotoFit {
    /** Identity modes that are fitted: those after them move a head by less than 2 mm. */
    public static final int MODES = 64;

    /** Focal length where a photo does not tell: so many times its longer side. */
    private static final double FOCAL = 1.6;

    /** Mean errors of landmarks, percent of the face's size, at which a fit is half believed. */
    private static final double DOUBTFUL = 2;

    /** A fit with a larger error is none. */
    private static final double FAILED = 4;

    /**
     * What is known of a photo before.
     *
     * @param points x, y of each landmark, photo pixels
     * @param mask of the person in {@link PhotoFrame#around} the points, as {@link Fit.View} has it
     */
    public record Input(Photo photo, float[] points, byte[] mask) {}

    /** A photo cannot be fitted; the message says why. */
    public static final class NoFit extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NoFit(String message) {
            super(message);
        }
    }

    private final HeadModel model;
    private final LandmarkMap map;
    private final float[][] masks;

    public PhotoFit(HeadModel model, LandmarkMap map) {
        this.model = model;
        this.map = map;
        masks = new SkinRegions(model).masks();
    }

    /**
     * Fits.
     *
     * @param prior mean of the shape prior, as a reader says it
     * @param deviation its error
     * @throws NoFit if the photos cannot be fitted
     */
    public Fit fit(Scope scope, List<Input> photos, float[] prior, float[] deviation) {
        List<LandmarkFit.Seen> seen = photos.stream().map(PhotoFit::seen).toList();
        LandmarkFit.Result found = new LandmarkFit(model, map, MODES).fit(seen, prior, deviation);
        List<Fit.View> views = new ArrayList<>();
        List<SkinReading> readings = new ArrayList<>();
        for (int i = 0; i < photos.size(); i++) {
            LandmarkFit.View one = found.views().get(i);
            double error = one.meanError();
            if (error > FAILED) {
                throw new NoFit(String.format(
                        Locale.ROOT,
                        "the head model does not fit photo %d: its landmarks are off by %.1f%% of the face's size, at most"
                                + " %.0f%% are taken",
                        i + 1,
                        error,
                        FAILED));
            }
            float[] worn = model.vertices(found.shape(), one.expression());
            double trust = 1 / (1 + Math.pow(error / DOUBTFUL, 2));
            Fit.View view = new Fit.View(
                    photos.get(i).points,
                    seen.get(i).frame(),
                    one.camera(),
                    one.expression(),
                    new float[9],
                    photos.get(i).mask,
                    error,
                    trust);
            PhotoView through = new PhotoView(view, photos.get(i).photo, map, worn);
            SkinReading reading = SkinReading.of(scope, model, masks, worn, view, through);
            readings.add(reading);
            views.add(view.in(reading.light()));
        }
        return new Fit(
                found.shape(),
                mean(readings.stream().map(SkinReading::tone).toList()),
                mean(readings.stream().map(SkinReading::iris).toList()),
                mean(readings.stream().map(SkinReading::hair).toList()),
                readings.stream().mapToDouble(SkinReading::hairy).average().orElseThrow(),
                views,
                "");
    }

    private static LandmarkFit.Seen seen(Input input) {
        PhotoFrame frame = PhotoFrame.around(input.points);
        double focal = FOCAL * Math.max(input.photo.width(), input.photo.height());
        return new LandmarkFit.Seen(input.points, frame, 2 * Math.atan(frame.side() / 2 / focal));
    }

    private static float[] mean(List<float[]> colours) {
        float[] out = new float[3];
        for (float[] colour : colours) {
            for (int c = 0; c < 3; c++) out[c] += colour[c] / colours.size();
        }
        return out;
    }
}
