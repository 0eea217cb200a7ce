// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.MorphablePack;
import org.eidolon.models.Models;
import org.eidolon.render.Camera;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camera, shape and expression from landmarks, on the head model that ships. */
class LandmarkFitTest {
    private static final double FIELD = 0.5;
    private static final int SIDE = 400;

    private static HeadModel model;
    private static LandmarkMap map;

    @BeforeAll
    static void open() throws Exception {
        model = HeadModel.of(MorphablePack.open(Models.standard()));
        map = LandmarkMap.starter(model);
    }

    private static float[] points(float[] vertices, Camera camera, PhotoFrame frame) {
        var projection = new Pose.Projection(camera);
        double[] at = map.at(vertices);
        float[] points = new float[2 * map.count()];
        for (int l = 0; l < map.count(); l++) {
            double[] p = projection.project(at, 3 * l);
            points[2 * l] = (float) frame.toPhotoX(p[0]);
            points[2 * l + 1] = (float) frame.toPhotoY(p[1]);
        }
        return points;
    }

    private static Camera camera(double yaw) {
        return new Camera(yaw, 0.1, 5.5, FIELD, 0.03, 0.12, 0.35, 0.08);
    }

    private static float[] person(long seed) {
        Random random = new Random(seed);
        float[] shape = new float[64];
        for (int i = 0; i < shape.length; i++) shape[i] = (float) random.nextGaussian();
        return shape;
    }

    @Test
    void slopesOfAProjectionAgreeWithFiniteDifferences() {
        var projection = new Pose.Projection(camera(0.4));
        double[] point = {0.2, -0.1, 0.5};
        double[] slopes = projection.slopes(projection.project(point, 0));
        for (int k = 0; k < 3; k++) {
            double[] ahead = point.clone(), behind = point.clone();
            ahead[k] += 1e-5;
            behind[k] -= 1e-5;
            double[] a = projection.project(ahead, 0), b = projection.project(behind, 0);
            assertThat(slopes[k]).isCloseTo((a[0] - b[0]) / 2e-5, within(1e-7));
            assertThat(slopes[3 + k]).isCloseTo((a[1] - b[1]) / 2e-5, within(1e-7));
        }
    }

    @Test
    void slopesOfAPoseAgreeWithCoarserDifferences() {
        Pose pose = new Pose(0.4, 0.1, -0.2, 0.03, 0.1, 1.7);
        double[] point = {0.2, -0.1, 0.5};
        double[][] slopes = pose.slopes(point, 0, pose.shifted(FIELD));
        for (int k = 0; k < Pose.NUMBERS; k++) {
            double[] ahead = pose.numbers(), behind = pose.numbers();
            ahead[k] += 1e-3;
            behind[k] -= 1e-3;
            double[] a = new Pose.Projection(Pose.of(ahead, 0).camera(FIELD)).project(point, 0);
            double[] b = new Pose.Projection(Pose.of(behind, 0).camera(FIELD)).project(point, 0);
            assertThat(slopes[k][0]).as("x by %d", k).isCloseTo((a[0] - b[0]) / 2e-3, within(1e-5));
            assertThat(slopes[k][1]).as("y by %d", k).isCloseTo((a[1] - b[1]) / 2e-3, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-40, 0, 40})
    void aKnownHeadIsFoundAgain(double degrees) {
        var frame = new PhotoFrame(300, 260, SIDE);
        float[] worn = model.shapeWeights(Map.of("jawOpen", 0.6, "mouthSmile", 0.4));
        Camera truth = camera(Math.toRadians(degrees));
        float[] seen = points(model.vertices(person(4), worn), truth, frame);
        var result = new LandmarkFit(model, map, 64)
                .fit(List.of(new LandmarkFit.Seen(seen, frame, FIELD)), new float[0], new float[0]);
        LandmarkFit.View view = result.views().get(0);
        assertThat(view.meanError()).isLessThan(0.5);
        assertThat(view.camera().azimuth()).isCloseTo(truth.azimuth(), within(Math.toRadians(3)));
        assertThat(view.camera().roll()).isCloseTo(truth.roll(), within(Math.toRadians(2)));
        int jaw = model.shapeNames().indexOf("jawOpen");
        assertThat(view.expression()[jaw]).isBetween(0.4f, 0.8f);
        for (float e : view.expression()) assertThat(e).isBetween(0f, 1f);
    }

    @Test
    void severalPhotosShareTheShapeAndSayMoreThanOne() {
        var frame = new PhotoFrame(300, 260, SIDE);
        float[] truth = person(9), rest = new float[model.shapes().size()];
        var fit = new LandmarkFit(model, map, 20);
        List<LandmarkFit.Seen> photos = List.of(-35.0, 0.0, 30.0).stream()
                .map(yaw -> new LandmarkFit.Seen(
                        points(model.vertices(truth, rest), camera(Math.toRadians(yaw)), frame), frame, FIELD))
                .toList();
        var three = fit.fit(photos, new float[0], new float[0]);
        var one = fit.fit(photos.subList(1, 2), new float[0], new float[0]);
        assertThat(three.views()).hasSize(3);
        assertThat(distance(three.shape(), truth)).isLessThan(distance(one.shape(), truth));
    }

    private static double distance(float[] shape, float[] truth) {
        double sum = 0;
        float[] a = model.vertices(shape, new float[0]);
        float[] b = model.vertices(truth, new float[0]);
        for (int i = 0; i < 9000; i++) sum += Math.pow(a[i] - b[i], 2);
        return sum;
    }

    @Test
    void aPriorThatIsSureWins() {
        var frame = new PhotoFrame(300, 260, SIDE);
        float[] seen = points(model.vertices(person(4), new float[0]), camera(0), frame);
        float[] mean = person(5), sure = new float[64];
        java.util.Arrays.fill(sure, 0.01f);
        var result = new LandmarkFit(model, map, 64).fit(List.of(new LandmarkFit.Seen(seen, frame, FIELD)), mean, sure);
        for (int i = 0; i < 64; i++) assertThat(result.shape()[i]).isCloseTo(mean[i], within(0.15f));
    }

    @Test
    void landmarksOfAnotherHeadModelAreRefused() {
        var tiny = org.eidolon.testing.head.TinyHead.model();
        assertThatThrownBy(() -> LandmarkMap.starter(tiny))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another head model");
    }
}
