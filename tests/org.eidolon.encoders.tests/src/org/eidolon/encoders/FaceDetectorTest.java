// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.models.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaceDetectorTest {
    private static FaceDetector detector;
    private static PortraitReader reader;

    @BeforeAll
    static void open() {
        detector = FaceDetector.open(Models.standard());
        reader = PortraitReader.open(Models.standard());
    }

    @AfterAll
    static void close() {
        detector.close();
        reader.close();
    }

    /** Points placed by eye on the two photos, in pixels: eyes, nose tip, mouth corners. */
    private static final float[] COLLINS = {203, 101, 247, 103, 223, 127, 202, 141, 246, 143};

    @Test
    void thePointsLieOnTheFace() {
        Face face = detector.detect(Pictures.collins()).getFirst();
        float[] points = face.points();
        for (int i = 0; i < 10; i++) {
            assertThat(points[i]).as("coordinate %d", i).isCloseTo(COLLINS[i], within(6f));
        }
        assertThat(face.score()).isGreaterThan(0.9f);
        assertThat(face.eyeDistance()).isCloseTo(44f, within(6f));
    }

    @Test
    void theMirroredPhotoHasTheMirroredPoints() {
        Photo photo = Pictures.hopper();
        float[] p = detector.detect(photo).getFirst().points();
        float[] q = detector.detect(photo.mirrored()).getFirst().points();
        float tolerance = 0.06f * Math.abs(p[2] - p[0]);
        int[] partner = {1, 0, 2, 4, 3};
        for (int k = 0; k < 5; k++) {
            assertThat(photo.width() - 1 - q[2 * partner[k]]).isCloseTo(p[2 * k], within(tolerance));
            assertThat(q[2 * partner[k] + 1]).isCloseTo(p[2 * k + 1], within(tolerance));
        }
    }

    @Test
    void findsTheFaceAtManySizes() {
        Photo photo = Pictures.hopper();
        Face whole = detector.detect(photo).getFirst();
        // From a face of 1,000 pixels to one of 20, alone or in a large frame.
        for (double scale : new double[] {4, 0.5, 0.15}) {
            List<Face> faces = detector.detect(Pictures.scaled(photo, scale));
            assertThat(faces).as("scale %s", scale).hasSize(1);
            assertThat(faces.getFirst().width() / scale).isCloseTo(whole.width(), within(0.15 * whole.width()));
        }
        Photo small = Pictures.scaled(photo, 0.12);
        assertThat(detector.detect(Pictures.on(1500, 1100, 90, small))).hasSize(1);
        // The face fills the frame.
        int left = (int) whole.left();
        int top = (int) whole.top();
        assertThat(detector.detect(photo.crop(left, top, (int) whole.width(), (int) whole.height())))
                .hasSize(1);
    }

    @Test
    void repeatsItselfExactly() {
        Photo photo = Pictures.collins();
        Face once = detector.detect(photo).getFirst();
        Face again = detector.detect(photo).getFirst();
        assertThat(again.points()).containsExactly(once.points());
        assertThat(again.score()).isEqualTo(once.score());
    }

    @Test
    void findsTheFaceOfAllPortraits() {
        List<Path> portraits = Pictures.portraits();
        assumeThat(portraits).as("the portraits of shared/data").isNotEmpty();
        List<Portrait> found = Pictures.aligned(reader);
        assertThat(portraits).hasSize(80);
        assertThat(found).doesNotContainNull().allMatch(p -> p.face().score() > 0.9);
    }

    @Test
    void aPhotoWithoutAFaceSaysSo() {
        Photo corner = Pictures.collins().crop(340, 0, 160, 160);
        assertThat(detector.detect(corner)).isEmpty();
        assertThatThrownBy(() -> reader.read(corner, "empty.png", FaceChoice.ONLY, PortraitReader.Limits.DEFAULT))
                .isInstanceOf(PhotoException.class)
                .hasMessageContainingAll("no face", "empty.png", "from the front");
        assertThat(detector.detect(Pictures.on(300, 200, 128))).isEmpty();
        assertThat(detector.detect(Pictures.on(1, 1, 0))).isEmpty();
    }

    @Test
    void severalFacesAreListedAndOneCanBeChosen() {
        Photo left = Pictures.collins();
        Photo right = Pictures.hopper();
        Photo both = Pictures.on(1024, 600, 60, left, right);
        var limits = PortraitReader.Limits.DEFAULT;
        assertThatThrownBy(() -> reader.read(both, "two.png", FaceChoice.ONLY, limits))
                .hasMessageContainingAll("two.png", "2 faces", "1: ", "2: ", "largest");
        Face collins =
                reader.read(both, "two", FaceChoice.parse("leftmost"), limits).face();
        Face hopper = reader.read(both, "two", FaceChoice.parse("2"), limits).face();
        assertThat(collins.right()).isLessThan(512);
        assertThat(hopper.left()).isGreaterThan(512);
        assertThat(reader.read(both, "two", FaceChoice.LARGEST, limits).face().left())
                .isEqualTo(hopper.left());
        assertThat(reader.read(both, "two", FaceChoice.parse("rightmost"), limits)
                        .facesFound())
                .isEqualTo(2);
        assertThatThrownBy(() -> reader.read(both, "two", FaceChoice.parse("3"), limits))
                .hasMessageContaining("no face 3");
        assertThatThrownBy(() -> FaceChoice.parse("oldest")).hasMessageContainingAll("oldest", "leftmost");
    }

    @Test
    void aBystanderDoesNotCount() {
        Photo both = Pictures.on(800, 600, 60, Pictures.hopper(), Pictures.scaled(Pictures.collins(), 0.3));
        assertThat(detector.detect(both)).hasSize(2);
        Portrait portrait = reader.read(both);
        assertThat(portrait.face().right()).isLessThan(512);
        assertThat(portrait.facesFound()).isEqualTo(2);
    }

    @Test
    void aTinyFaceIsRefusedUntilAllowed() {
        Photo tiny = Pictures.on(700, 500, 90, Pictures.scaled(Pictures.collins(), 0.3));
        var limits = PortraitReader.Limits.DEFAULT;
        assertThatThrownBy(() -> reader.read(tiny, "tiny.png", FaceChoice.ONLY, limits))
                .hasMessageContainingAll("tiny.png", "pixels wide", "40", "minFacePixels");
        var allowed = new PortraitReader.Limits(0.6, 16, 0, 0);
        assertThat(reader.read(tiny, "tiny.png", FaceChoice.ONLY, allowed)
                        .face()
                        .width())
                .isBetween(20f, 40f);
    }

    @Test
    void aBlurredFaceIsRefusedUntilAllowed() {
        Photo photo = Pictures.scaled(Pictures.hopper(), 0.5);
        float eyes = detector.detect(photo).getFirst().eyeDistance();
        Photo soft = Pictures.blurred(photo, eyes * 0.09);
        assertThatThrownBy(() -> reader.read(soft, "soft.png", FaceChoice.ONLY, PortraitReader.Limits.DEFAULT))
                .hasMessageContainingAll("soft.png", "blurred", "minSharpness");
        var allowed = new PortraitReader.Limits(0.6, 40, 0, 0);
        assertThat(reader.read(soft, "soft.png", FaceChoice.ONLY, allowed).sharpness())
                .isLessThan(reader.read(photo).sharpness() / 10);
    }

    @Test
    void aFaceInsideASurerOneIsDropped() {
        float[] none = new float[10];
        Face large = new Face(0, 0, 100, 100, none, 0.9f);
        Face inside = new Face(30, 30, 60, 60, none, 0.8f);
        Face overlapping = new Face(10, 10, 110, 110, none, 0.95f);
        Face apart = new Face(200, 0, 260, 60, none, 0.7f);
        assertThat(FaceDetector.suppress(List.of(large, inside, overlapping, apart)))
                .containsExactly(overlapping, apart);
    }
}
