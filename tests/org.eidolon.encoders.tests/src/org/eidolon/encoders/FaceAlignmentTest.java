// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceAlignmentTest {
    private static double error(Similarity s, double[] points) {
        double[] template = FaceAlignment.template();
        double sum = 0;
        for (int i = 0; i < 10; i += 2) {
            sum += Math.pow(s.x(points[i], points[i + 1]) - template[i], 2)
                    + Math.pow(s.y(points[i], points[i + 1]) - template[i + 1], 2);
        }
        return sum;
    }

    @Test
    void findsASimilarityThatWasApplied() {
        Similarity applied = new Similarity(3.1 * Math.cos(0.4), 3.1 * Math.sin(0.4), 250, -40);
        double[] points = FaceAlignment.template();
        for (int i = 0; i < 10; i += 2) {
            double x = points[i];
            double y = points[i + 1];
            points[i] = applied.x(x, y);
            points[i + 1] = applied.y(x, y);
        }
        Similarity found = FaceAlignment.similarity(points);
        Similarity inverse = applied.inverse();
        assertThat(found.a()).isCloseTo(inverse.a(), within(1e-12));
        assertThat(found.b()).isCloseTo(inverse.b(), within(1e-12));
        assertThat(found.tx()).isCloseTo(inverse.tx(), within(1e-9));
        assertThat(found.ty()).isCloseTo(inverse.ty(), within(1e-9));
        assertThat(error(found, points)).isLessThan(1e-18);
    }

    @Test
    void isTheBestOfItsNeighbours() {
        Random random = new Random(3);
        double[] points = FaceAlignment.template();
        for (int i = 0; i < 10; i++) {
            points[i] = points[i] * 4 + random.nextGaussian() * 9;
        }
        Similarity s = FaceAlignment.similarity(points);
        double best = error(s, points);
        for (double d : new double[] {1e-3, -1e-3}) {
            assertThat(error(new Similarity(s.a() + d, s.b(), s.tx(), s.ty()), points))
                    .isGreaterThan(best);
            assertThat(error(new Similarity(s.a(), s.b() + d, s.tx(), s.ty()), points))
                    .isGreaterThan(best);
            assertThat(error(new Similarity(s.a(), s.b(), s.tx() + d, s.ty()), points))
                    .isGreaterThan(best);
            assertThat(error(new Similarity(s.a(), s.b(), s.tx(), s.ty() + d), points))
                    .isGreaterThan(best);
        }
    }

    @Test
    void pointsThatSpanNothingAreRefused() {
        assertThatThrownBy(() -> FaceAlignment.similarity(new double[10])).hasMessageContaining("do not span a face");
        assertThatThrownBy(() -> FaceAlignment.similarity(new double[8])).hasMessageContaining("five points");
        double[] nan = FaceAlignment.template();
        nan[3] = Double.NaN;
        assertThatThrownBy(() -> FaceAlignment.similarity(nan)).hasMessageContaining("do not span a face");
    }

    @Test
    void theIdentityWarpChangesNothing() {
        Photo photo = Pictures.collins().crop(150, 50, 112, 112);
        assertThat(FaceAlignment.warp(photo, new Similarity(1, 0, 0, 0), 112, 112))
                .isEqualTo(photo);
    }

    @Test
    void shrinkingTakesMeansAndDoesNotAlias() {
        int side = 1120;
        byte[] stripes = new byte[side * side * 3];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i / 3 % 2 == 0 ? 255 : 0); // every other column white
        }
        Photo photo = Photo.ofBytes(stripes, side, side);
        for (double scale : new double[] {0.1, 0.31, 0.137}) {
            Photo small = FaceAlignment.warp(photo, new Similarity(scale, 0, 0, 0), 100, 100);
            for (int x = 20; x < 80; x++) {
                assertThat(small.at(x, 50, 0))
                        .as("scale %s, column %d", scale, x)
                        .isBetween(85, 170);
            }
        }
    }

    @Test
    void shrinkingDoesNotShift() {
        // A ramp has the same value at the same place whatever the size it is looked at.
        int side = 512;
        float[] ramp = new float[side * side * 3];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (i / 3 % side + 0.5f) / side;
        }
        Photo photo = Photo.ofFloats(ramp, side, side);
        for (double scale : new double[] {0.5, 0.25, 0.11}) {
            double shift = 0.5 * scale - 0.5;
            int size = (int) (side * scale);
            Photo small = FaceAlignment.warp(photo, new Similarity(scale, 0, shift, shift), size, size);
            for (int x = 2; x < size - 2; x++) {
                double expected = (x + 0.5) / scale / side * 255;
                assertThat((double) small.at(x, size / 2, 1)).isCloseTo(expected, within(1.01));
            }
        }
    }

    @Test
    void outsideThePhotoIsBlack() {
        Photo white = Pictures.on(20, 20, 255);
        Photo moved = FaceAlignment.warp(white, new Similarity(1, 0, 50, 0), 112, 112);
        assertThat(moved.at(10, 10, 0)).isZero();
        assertThat(moved.at(60, 10, 0)).isEqualTo(255);
    }
}
