// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an aligned crop tells of the face in it, beside the detector's word.
 *
 * @param quality 0 to 1, of the identity encoder: the length of its embedding, which grows with how much of a face it
 *     sees (Meng et al., "MagFace: A Universal Representation for Face Recognition and Quality Assessment", CVPR 2021),
 *     times the agreement of crop and mirrored crop. 80 frontal portraits have 0.64 and more, a cat 0.34
 * @param score of the detector, 0 to 1
 * @param roll degrees by which the face leans in the picture, clockwise
 * @param profile how far the nose is from the middle between the eyes, in distances of the eyes: 0 from the front,
 *     0.3 half turned, 0.5 and more in profile
 * @param outside share of the middle of the crop, from the brows to the chin, that lies outside the photo; a photo that
 *     is cut close to the face has 0
 * @param brightness of the bright parts (95th percentile), 0 to 255
 */
record FaceLook(double quality, double score, double roll, double profile, double outside, double brightness) {
    /** Length of the embedding of a clear, frontal face. */
    private static final double CLEAR = 75;

    private static final double MOST_ROLL = 50;

    /** The middle of the crop in its pixels: a bit beyond eyes and mouth. */
    private static final int LEFT = 26;

    private static final int RIGHT = 86;
    private static final int TOP = 38;
    private static final int BOTTOM = 102;

    static FaceLook of(IdentityEncoder encoder, Photo photo, Photo crop, Face face) {
        List<float[]> raw = encoder.raw(List.of(crop, crop.mirrored()));
        double length = Math.min(length(raw.getFirst()), length(raw.getLast()));
        double agreement = Math.max(0, Identity.cosine(raw.getFirst(), raw.getLast()));
        float[] p = face.points();
        Similarity toCrop = FaceAlignment.similarity(p);
        double left = toCrop.x(p[0], p[1]);
        double right = toCrop.x(p[2], p[3]);
        double apart = Math.max(1e-6, Math.abs(right - left));
        return new FaceLook(
                Math.min(1, agreement * length / CLEAR),
                face.score(),
                -Math.toDegrees(toCrop.angle()),
                Math.abs(toCrop.x(p[4], p[5]) - (left + right) / 2) / apart,
                outside(photo, toCrop.inverse()),
                brightness(crop));
    }

    /** As seen after the photo was turned clockwise. */
    FaceLook turned(int degrees) {
        double after = Math.IEEEremainder(roll + degrees, 360);
        return new FaceLook(quality, score, after, profile, outside, brightness);
    }

    /** Whether the face stands upright, more or less. */
    boolean upright() {
        return Math.abs(roll) <= MOST_ROLL;
    }

    /** How much speaks for an upright face here, to be compared between turns of a photo. */
    double evidence() {
        return upright() ? quality * score * score : 0;
    }

    /** Why this is hardly a face to be used; empty where nothing speaks against it. */
    List<String> refusals(double minQuality) {
        List<String> found = new ArrayList<>();
        if (!upright()) {
            found.add("it lies on its side however the photo is turned");
        }
        if (outside > 0.25) {
            found.add(Math.round(100 * outside) + "% of it lies outside the picture");
        }
        if (profile > 0.6) {
            found.add("it is seen from the side");
        }
        if (brightness < 18) {
            found.add("it is nearly black");
        }
        if (!(quality >= minQuality)) {
            found.add(String.format(
                    Locale.ROOT,
                    "the identity encoder sees hardly a face in it (quality %.2f, at least %.2f is needed)",
                    quality,
                    minQuality));
        }
        return found;
    }

    /** What makes likeness doubtful; empty where all is well. */
    List<String> doubts() {
        List<String> found = new ArrayList<>();
        if (outside > 0.05) {
            found.add(Math.round(100 * outside) + "% of it lies outside the picture");
        }
        if (profile > 0.4) {
            found.add("it is turned to the side");
        }
        if (brightness < 40) {
            found.add("it is dark");
        }
        if (score < 0.8) {
            found.add("the detector is only " + Math.round(100 * score) + "% sure that it is one");
        }
        if (quality < 0.62) {
            found.add(String.format(Locale.ROOT, "the identity encoder sees little of a face (quality %.2f)", quality));
        }
        return found;
    }

    private static double length(float[] v) {
        double sum = 0;
        for (float x : v) {
            sum += (double) x * x;
        }
        return Math.sqrt(sum);
    }

    private static double outside(Photo photo, Similarity toPhoto) {
        int out = 0;
        for (int y = TOP; y < BOTTOM; y++) {
            for (int x = LEFT; x < RIGHT; x++) {
                double px = toPhoto.x(x, y);
                double py = toPhoto.y(x, y);
                if (px < -0.5 || py < -0.5 || px > photo.width() - 0.5 || py > photo.height() - 0.5) {
                    out++;
                }
            }
        }
        return out / (double) ((BOTTOM - TOP) * (RIGHT - LEFT));
    }

    private static double brightness(Photo crop) {
        int[] histogram = new int[256];
        byte[] rgb = crop.raw();
        for (int i = 0; i < rgb.length; i += 3) {
            histogram[(int) (0.299 * (rgb[i] & 255) + 0.587 * (rgb[i + 1] & 255) + 0.114 * (rgb[i + 2] & 255))]++;
        }
        int left = rgb.length / 3 / 20;
        int value = 255;
        while (value > 0 && (left -= histogram[value]) >= 0) {
            value--;
        }
        return value;
    }
}
