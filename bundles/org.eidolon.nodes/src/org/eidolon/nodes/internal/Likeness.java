// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Run;
import org.eidolon.encoders.Encoding;
import org.eidolon.encoders.Face;
import org.eidolon.encoders.FaceAlignment;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.Photo;
import org.eidolon.head.view.Framing;
import org.eidolon.models.Model;
import org.eidolon.models.Models;
import org.eidolon.nodes.value.Head;
import org.eidolon.render.Camera;

/**
 * How alike a head and a person are to an identity encoder: portraits of the head are taken, the face found and aligned
 * as in any photo, and encoded. Where the detector finds none the crop is cut where a mean head has its five points.
 */
public final class Likeness {
    /** Eyes, nose tip and mouth corners of ICT-FaceKit's mean head, in head space, picture left first. */
    private static final double[][] POINTS = {
        {-0.1829, 0.3282, 0.4097},
        {0.1829, 0.3282, 0.4097},
        {0, 0.1576, 0.6258},
        {-0.1424, -0.0629, 0.4639},
        {0.1424, -0.0629, 0.4639},
    };

    private static final int SIZE = 320;
    private static final double[] AZIMUTHS = {-15, 0, 15};

    private Likeness() {}

    /** The cosines of the head's first shape, seen from the front and from 15 degrees to either side. */
    public static Map<String, Object> of(Run run, Head head, Identity person, Models models) throws Exception {
        var crops = new ArrayList<Photo>();
        int found = 0;
        try (var studio = new HeadStudio(head, SIZE);
                var detector = Encoders.faces(run, models)) {
            for (double azimuth : AZIMUTHS) {
                Camera camera = HeadStudio.camera(Math.toRadians(azimuth), 0, 0, 0.17, 0.2, 0.62);
                Photo picture = Photo.ofFloats(studio.plain(0, camera, HeadStudio.STUDIO), SIZE, SIZE);
                List<Face> faces = detector.value().detect(picture);
                found += faces.isEmpty() ? 0 : 1;
                crops.add(faces.stream()
                        .max(Comparator.comparingDouble(Face::area))
                        .map(face -> FaceAlignment.align(picture, face.points()))
                        .orElseGet(() -> FaceAlignment.warp(
                                picture,
                                FaceAlignment.similarity(seen(camera)),
                                FaceAlignment.SIZE,
                                FaceAlignment.SIZE)));
            }
        }
        var likeness = new LinkedHashMap<String, Object>();
        List<float[]> seen = embeddings(run, models.get(person.encoder(), person.encoderSha256()), crops);
        var cosines = new LinkedHashMap<String, Object>();
        float[] mean = new float[person.embedding().length];
        double sum = 0;
        for (int i = 0; i < AZIMUTHS.length; i++) {
            double cosine = Identity.cosine(person.embedding(), seen.get(i));
            sum += cosine;
            cosines.put(Math.round(AZIMUTHS[i]) + "°", rounded(cosine));
            for (int k = 0; k < mean.length; k++) {
                mean[k] += seen.get(i)[k] / AZIMUTHS.length;
            }
        }
        likeness.put("similarity", rounded(Identity.cosine(person.embedding(), mean)));
        likeness.put("meanSimilarity", rounded(sum / AZIMUTHS.length));
        likeness.put("byView", cosines);
        likeness.put("facesDetected", found + " of " + AZIMUTHS.length);
        likeness.put("encoder", person.encoder());
        return likeness;
    }

    /** By the network that made the person's. */
    private static List<float[]> embeddings(Run run, Model weights, List<Photo> crops) throws Exception {
        if (Encoders.isArcFace(weights)) {
            try (var open = Encoders.arcFaces(run, weights)) {
                return crops.stream().map(open.value()::encode).toList();
            }
        }
        try (var open = Encoders.identities(run, weights)) {
            return open.value().encode(crops).stream().map(Encoding::embedding).toList();
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /** The mean head's five points in the picture, as x and y in pixels. */
    private static double[] seen(Camera camera) {
        double[] view = camera.view();
        double tan = Math.tan(Framing.FIELD_OF_VIEW / 2);
        double[] seen = new double[2 * POINTS.length];
        for (int p = 0; p < POINTS.length; p++) {
            double[] c = new double[3];
            for (int i = 0; i < 3; i++) {
                c[i] = view[4 * i + 3];
                for (int k = 0; k < 3; k++) {
                    c[i] += view[4 * i + k] * POINTS[p][k];
                }
            }
            seen[2 * p] = SIZE / 2.0 * (1 + c[0] / (-c[2] * tan)) - 0.5;
            seen[2 * p + 1] = SIZE / 2.0 * (1 - c[1] / (-c[2] * tan)) - 0.5;
        }
        return seen;
    }
}
