// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.List;

/**
 * Who a person is, from one or several photos.
 *
 * @param encoder logical id of the identity encoder
 * @param encoderSha256 hash of its weights; a prior trained with another encoder must refuse it
 * @param photos number of photos
 * @param embedding mean of the photos' embeddings, made unit length again
 * @param features all photos' feature tokens, one photo after the other: (photos × 49, 128)
 * @param colours mean colours of the photos' cells, see {@link Encoding}: (14, 14, 3), averaged over the photos
 */
public record Identity(
        String encoder, String encoderSha256, int photos, float[] embedding, float[] features, float[] colours) {

    /**
     * One identity of several photos of one person.
     *
     * @throws PhotoException when the photos' embeddings cancel out, which those of one person never do
     */
    public static Identity of(IdentityEncoder encoder, List<Encoding> photos) {
        if (photos.isEmpty()) {
            throw new IllegalArgumentException("an identity needs at least one photo");
        }
        int length = photos.getFirst().embedding().length;
        int size = photos.getFirst().features().length;
        float[] mean = new float[length];
        float[] features = new float[photos.size() * size];
        float[] colours = new float[photos.getFirst().colours().length];
        for (int k = 0; k < photos.size(); k++) {
            for (int i = 0; i < length; i++) {
                mean[i] += photos.get(k).embedding()[i];
            }
            System.arraycopy(photos.get(k).features(), 0, features, k * size, size);
            for (int i = 0; i < colours.length; i++) {
                colours[i] += photos.get(k).colours()[i] / photos.size();
            }
        }
        if (!unit(mean, 0, length)) {
            throw new PhotoException("the photos cancel each other out: they show different people; give one person's");
        }
        return new Identity(encoder.id(), encoder.sha256(), photos.size(), mean, features, colours);
    }

    /** Makes a stretch of an array unit length; false when it has none. */
    static boolean unit(float[] v, int from, int length) {
        double norm = 0;
        for (int i = from; i < from + length; i++) {
            norm += (double) v[i] * v[i];
        }
        norm = Math.sqrt(norm);
        if (!(norm > 1e-6) || Double.isInfinite(norm)) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            v[i] = (float) (v[i] / norm);
        }
        return true;
    }

    /** Cosine of the angle between two vectors. */
    public static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
