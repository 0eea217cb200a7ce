// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.encoders.Encoding;
import org.eidolon.encoders.Face;
import org.eidolon.encoders.FaceAlignment;
import org.eidolon.encoders.FaceDetector;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.Photo;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.texture.AlbedoField;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;
import org.eidolon.render.Camera;
import org.eidolon.render.Cameras;
import org.eidolon.render.Fragments;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.render.Meshes;
import org.eidolon.render.Rasteriser;
import org.eidolon.render.Shading;
import org.eidolon.render.Views;
import org.eidolon.render.Visibility;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Takes portraits of a head under a soft light, finds the face in them as in any photo, and encodes it. */
final class FrontalPortraits {
    private static final int SIZE = 256;
    private static final double[] AZIMUTHS = {-15, 0, 15};
    private static final float GREY = 0.22f, BACKDROP = 0.42f;
    private static final Light LIGHT = Lighting.simple(0.45, 0.7, Math.toRadians(-35), Math.toRadians(35));
    private static final List<int[]> POINTS =
            List.of(range(36, 42), range(42, 48), new int[] {30}, new int[] {48}, new int[] {54});

    /** What a surface's points are painted in. */
    @FunctionalInterface
    interface Paint {
        /** Linear albedo (N, 3) of the samples. */
        NDArray albedo(Scope s, Fragments fragments, NDArray vertices);

        Paint GREY_CLAY = (s, f, v) -> s.full(GREY, f.pixel().getShape().get(0), 3);

        /** Linear colours (V, 3) of the vertices. */
        static Paint vertices(float[] colours) {
            return (s, f, v) -> f.interpolate(s, s.of(colours, colours.length / 3, 3));
        }

        /** The albedo field's first expression. */
        static Paint field(AlbedoField field) {
            return (s, f, v) -> {
                float[] srgb = field.colours(s, f.interpolate(s, v).toFloatArray(), 0);
                for (int i = 0; i < srgb.length; i++) srgb[i] = (float) Math.pow(srgb[i], 1 / Lighting.ENCODING);
                return s.of(srgb, srgb.length / 3, 3);
            };
        }
    }

    /**
     * What the encoder makes of a head.
     *
     * @param embedding mean of the pictures', unit length
     * @param facesFound pictures in which the detector found a face
     * @param front the picture from straight in front
     */
    record Met(float[] embedding, int facesFound, Photo front) {}

    private final FaceDetector detector;
    private final IdentityEncoder encoder;
    private final double[][] points;

    /** @param model says where a mean head has its five points */
    FrontalPortraits(FaceDetector detector, IdentityEncoder encoder, HeadModel model) {
        this.detector = detector;
        this.encoder = encoder;
        points = new double[5][3];
        for (int p = 0; p < 5; p++) {
            for (int landmark : POINTS.get(p)) {
                for (int axis = 0; axis < 3; axis++) {
                    points[p][axis] += model.neutral()[model.landmarks()[landmark] * 3 + axis] / POINTS.get(p).length;
                }
            }
        }
    }

    Met meet(Scope scope, Mesh mesh, Paint paint) {
        List<Encoding> encodings = new ArrayList<>();
        int found = 0;
        Photo front = null;
        for (double azimuth : AZIMUTHS) {
            double distance = 0.62 / Math.tan(Framing.FIELD_OF_VIEW / 2);
            Camera camera = Camera.orbit(Math.toRadians(azimuth), 0, distance, Framing.FIELD_OF_VIEW)
                    .at(0, 0.17, 0.2);
            Photo picture = picture(scope, mesh, paint, camera);
            if (azimuth == 0) front = picture;
            List<Face> faces = detector.detect(picture);
            found += faces.isEmpty() ? 0 : 1;
            encodings.add(encoder.encode(faces.stream()
                    .max(Comparator.comparingDouble(Face::area))
                    .map(face -> FaceAlignment.align(picture, face.points()))
                    .orElseGet(() -> FaceAlignment.warp(
                            picture, FaceAlignment.similarity(seen(camera)), FaceAlignment.SIZE, FaceAlignment.SIZE))));
        }
        return new Met(Identity.of(encoder, encodings).embedding(), found, front);
    }

    private static Photo picture(Scope scope, Mesh mesh, Paint paint, Camera camera) {
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            int n = mesh.vertexCount();
            long[] corners = Arrays.stream(mesh.triangles()).asLongStream().toArray();
            Meshes meshes = Meshes.shared(s.of(corners, corners.length / 3, 3), 1, n);
            NDArray vertices = s.of(mesh.positions(), n, 3);
            NDArray normals = s.of(MeshMeasures.vertexNormals(mesh), n, 3);
            Cameras cameras = Cameras.of(camera);
            Fragments f = new Rasteriser(Visibility.forDevice(s.device()), 2 * SIZE, 2 * SIZE, true)
                    .rasterise(s, Views.each(meshes), vertices, cameras);
            NDArray lit = Shading.lit(
                    s,
                    f,
                    paint.albedo(s, f, vertices),
                    Shading.cameraNormals(s, f, normals, cameras),
                    new Lights(List.of(LIGHT)).tensor(s));
            float[] colour =
                    Rasteriser.half(s, f.antialias(s, f.image(s, lit, 0))).toFloatArray();
            float[] cover = Rasteriser.half(s, f.antialias(s, f.mask(s))).toFloatArray();
            for (int i = 0; i < colour.length; i++) {
                colour[i] = Math.clamp(colour[i] + (1 - cover[i / 3]) * BACKDROP, 0f, 1f);
            }
            return Photo.ofFloats(colour, SIZE, SIZE);
        }
    }

    /** The mean head's five points in a picture, x and y in pixels. */
    private double[] seen(Camera camera) {
        double[] view = camera.view();
        double tan = Math.tan(Framing.FIELD_OF_VIEW / 2);
        double[] seen = new double[10];
        for (int p = 0; p < 5; p++) {
            double[] c = new double[3];
            for (int i = 0; i < 3; i++) {
                c[i] = view[4 * i + 3];
                for (int k = 0; k < 3; k++) c[i] += view[4 * i + k] * points[p][k];
            }
            seen[2 * p] = SIZE / 2.0 * (1 + c[0] / (-c[2] * tan)) - 0.5;
            seen[2 * p + 1] = SIZE / 2.0 * (1 - c[1] / (-c[2] * tan)) - 0.5;
        }
        return seen;
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
