// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import org.eidolon.models.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PersonMaskTest {
    private static PersonMask masks;

    @BeforeAll
    static void open() {
        masks = PersonMask.open(Models.standard());
    }

    @AfterAll
    static void close() {
        masks.close();
    }

    /** Hair, face, suit; sky, wall, shuttle: x, y in the photo. */
    private static final int[][] PERSON = {{226, 40}, {170, 80}, {282, 70}, {222, 120}, {150, 300}, {300, 330}};

    private static final int[][] BACKGROUND = {{100, 60}, {130, 110}, {330, 60}, {420, 180}, {226, 5}, {500, 20}};

    @Test
    void partsPersonFromBackground() {
        Photo photo = Pictures.collins();
        float[] mask = masks.of(photo);
        assertThat(mask).hasSize(photo.width() * photo.height());
        for (float m : mask) assertThat(m).isBetween(0f, 1f);
        for (int[] p : PERSON)
            assertThat(mask[p[1] * photo.width() + p[0]])
                    .as("%d, %d", p[0], p[1])
                    .isGreaterThan(0.9f);
        for (int[] p : BACKGROUND)
            assertThat(mask[p[1] * photo.width() + p[0]])
                    .as("%d, %d", p[0], p[1])
                    .isLessThan(0.1f);
    }

    @Test
    void theMirroredPhotoHasTheMirroredMask() {
        Photo photo = Pictures.hopper();
        float[] mask = masks.of(photo);
        float[] other = masks.of(photo.mirrored());
        double apart = 0;
        for (int y = 0; y < photo.height(); y++) {
            for (int x = 0; x < photo.width(); x++) {
                int at = y * photo.width();
                apart += Math.abs(mask[at + x] - other[at + photo.width() - 1 - x]);
            }
        }
        assertThat(apart / mask.length).isLessThan(0.02);
    }

    /** Neither a wide nor a tall frame squeezes the person; squeezed, the first has 0.89 and the second 0.92. */
    @Test
    void keepsTheAspect() {
        Photo photo = Pictures.collins();
        Photo tall = photo.crop(110, 0, 240, 512);
        Photo wide = photo.crop(0, 0, 512, 240);
        float[] whole = masks.of(photo);
        assertThat(overlap(whole, photo.width(), 110, masks.of(tall), tall)).isGreaterThan(0.9);
        assertThat(overlap(whole, photo.width(), 0, masks.of(wide), wide)).isGreaterThan(0.94);
    }

    private static double overlap(float[] whole, int wholeWidth, int left, float[] part, Photo frame) {
        int both = 0;
        int either = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                boolean a = whole[y * wholeWidth + left + x] > 0.5f;
                boolean b = part[y * frame.width() + x] > 0.5f;
                both += a && b ? 1 : 0;
                either += a || b ? 1 : 0;
            }
        }
        return (double) both / either;
    }

    @Test
    void aPartIsSeenInItsOwnSquare() {
        Photo photo = Pictures.collins();
        // 200 pixels around the head fill the square
        double scale = PersonMask.SIDE / 200.0;
        Similarity toSquare = new Similarity(scale, 0, -128 * scale, -4 * scale);
        float[] square = masks.of(photo, toSquare);
        assertThat(square).hasSize(PersonMask.SIDE * PersonMask.SIDE);
        int[][] inside = {{226, 40}, {222, 120}};
        int[][] outside = {{140, 40}, {318, 40}};
        for (int[] p : inside) assertThat(at(square, toSquare, p)).isGreaterThan(0.9f);
        for (int[] p : outside) assertThat(at(square, toSquare, p)).isLessThan(0.1f);
    }

    private static float at(float[] square, Similarity toSquare, int[] p) {
        int x = (int) Math.round(toSquare.x(p[0], p[1]));
        int y = (int) Math.round(toSquare.y(p[0], p[1]));
        return square[y * PersonMask.SIDE + x];
    }

    @Test
    void anEmptyPhotoHoldsNobody() {
        for (float m : masks.of(Pictures.on(90, 40, 128))) assertThat(m).isLessThan(0.5f);
        assertThat(masks.of(Pictures.on(1, 1, 0))).hasSize(1);
    }
}
