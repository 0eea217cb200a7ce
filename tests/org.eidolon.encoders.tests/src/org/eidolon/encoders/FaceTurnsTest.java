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

/** Photos that lie on their side, and what a detector takes for a face. */
class FaceTurnsTest {
    private static final int[] ORIENTATIONS = {1, 6, 3, 8};
    private static final PortraitReader.Limits LIMITS = PortraitReader.Limits.DEFAULT;

    private static PortraitReader reader;
    private static IdentityEncoder encoder;

    @BeforeAll
    static void open() {
        reader = PortraitReader.open(Models.standard());
        encoder = IdentityEncoder.open(Models.standard());
    }

    @AfterAll
    static void close() {
        reader.close();
        encoder.close();
    }

    private static void assertTurnsAreUndone(Photo photo, String name) {
        Portrait upright = reader.read(photo, name, FaceChoice.ONLY, LIMITS);
        assertThat(upright.turned()).as(name).isZero();
        assertThat(upright.warnings()).as(name).isEmpty();
        Encoding who = encoder.encode(upright.aligned());
        for (int t = 1; t < 4; t++) {
            Photo turned = photo.turned(ORIENTATIONS[t]);
            Portrait found = reader.read(turned, name, FaceChoice.ONLY, LIMITS);
            assertThat(found.turned()).as("%s turned by %d°", name, 90 * t).isEqualTo(360 - 90 * t);
            assertThat(encoder.encode(found.aligned()).cosine(who)).as(name).isGreaterThan(0.98);
            assertThat(found.warnings())
                    .as(name)
                    .singleElement()
                    .asString()
                    .contains(name, "was turned by " + (360 - 90 * t) + "°");
            assertThat(found.quality()).isCloseTo(upright.quality(), within(0.05));
        }
    }

    @Test
    void aPhotoOnItsSideGivesTheSamePerson() {
        assertTurnsAreUndone(Pictures.collins(), "collins");
        assertTurnsAreUndone(Pictures.hopper(), "hopper");
    }

    @Test
    void theFaceLiesWhereItIsInThePhotoAsGiven() {
        Photo photo = Pictures.collins();
        Face upright = reader.read(photo).face();
        Face turned = reader.read(photo.turned(6)).face(); // a quarter clockwise: x becomes height − 1 − y, y becomes x
        for (int k = 0; k < 10; k += 2) {
            assertThat(turned.points()[k]).isCloseTo(photo.height() - 1 - upright.points()[k + 1], within(0.01f));
            assertThat(turned.points()[k + 1]).isCloseTo(upright.points()[k], within(0.01f));
        }
        assertThat(turned.width()).isCloseTo(upright.height(), within(0.01f));
        assertThat(turned.left()).isCloseTo(photo.height() - 1 - upright.bottom(), within(0.01f));
    }

    @Test
    void facesOfATurnedPhotoAreChosenAsSeenUpright() {
        Photo both = Pictures.on(1024, 600, 60, Pictures.collins(), Pictures.hopper());
        Photo turned = both.turned(3);
        Face collins =
                reader.read(turned, "two", FaceChoice.parse("leftmost"), LIMITS).face();
        assertThat(collins.left()).as("upside down it lies at the right").isGreaterThan(512);
    }

    @Test
    void aSmallFaceInALargePhotoIsCutFromAllItsPixels() {
        Photo small = Pictures.scaled(Pictures.hopper(), 0.35);
        Face alone = reader.read(small).face();
        assertThat(alone.width()).isBetween(50f, 75f);
        for (int[] size : new int[][] {{5800, 4400}, {6000, 4500}}) {
            Photo large = Pictures.on(size[0], size[1], 90, small);
            PhotoFile file = PhotoFile.read(Pictures.file(large, "png"), "large.png");
            assertThat(file.warnings()).isEmpty();
            Portrait found = reader.read(file.photo());
            assertThat(found.face().width()).as("true pixels").isCloseTo(alone.width(), within(0.25f * alone.width()));
            assertThat(encoder.encode(found.aligned())
                            .cosine(encoder.encode(reader.read(small).aligned())))
                    .isGreaterThan(0.8);
        }
    }

    @Test
    void halfAFaceIsRefusedUntilAllowed() {
        Photo photo = Pictures.hopper();
        Face face = reader.read(photo).face();
        Photo half = photo.crop(0, 0, Math.round(face.points()[4]) + 5, photo.height());
        assertThatThrownBy(() -> reader.read(half, "half.png", FaceChoice.ONLY, LIMITS))
                .isInstanceOf(PhotoException.class)
                .hasMessageContainingAll("half.png", "outside the picture", "minQuality");
        assertThat(reader.read(half, "half.png", FaceChoice.ONLY, LIMITS.ofAnyQuality())
                        .warnings())
                .singleElement()
                .asString()
                .contains("half.png", "somebody else", "outside the picture");
    }

    @Test
    void aPhotoCutCloseToTheFaceIsSound() {
        Photo photo = Pictures.hopper();
        Portrait whole = reader.read(photo);
        Face face = whole.face();
        Photo close = photo.crop((int) face.left(), (int) face.top(), (int) face.width(), (int) face.height());
        Portrait found = reader.read(close);
        assertThat(found.warnings()).isEmpty();
        assertThat(encoder.encode(found.aligned()).cosine(encoder.encode(whole.aligned())))
                .isGreaterThan(0.85);
    }

    @Test
    void aDimFaceIsReadADarkOneDoubtedANearlyBlackOneRefused() {
        assertThat(reader.read(dimmed(30)).warnings()).isEmpty();
        assertThat(reader.read(dimmed(14)).warnings())
                .singleElement()
                .asString()
                .contains("it is dark");
        assertThatThrownBy(() -> reader.read(dimmed(6), "dark.png", FaceChoice.ONLY, LIMITS))
                .hasMessageContainingAll("dark.png", "nearly black");
    }

    private static Photo dimmed(int percent) {
        Photo photo = Pictures.hopper();
        byte[] rgb = photo.rgb();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((rgb[i] & 255) * percent / 100);
        }
        return Photo.ofBytes(rgb, photo.width(), photo.height());
    }

    @Test
    void aFaceFromTheSideAndWhatIsNoneAreTold() {
        Photo photo = Pictures.collins();
        Face face = reader.read(photo).face();
        float[] points = face.points();
        points[4] = points[0] - 20; // the nose beside one eye
        FaceLook side = FaceLook.of(encoder, photo, FaceAlignment.align(photo, face.points()), with(face, points, 1));
        assertThat(side.refusals(0.5)).singleElement().asString().contains("from the side");

        FaceLook suit = look(photo, new float[] {180, 300, 330, 300, 255, 350, 190, 420, 320, 420}, face);
        assertThat(suit.refusals(0.5)).isNotEmpty().last().asString().contains("hardly a face");
        FaceLook unsure = FaceLook.of(
                encoder, photo, FaceAlignment.align(photo, face.points()), with(face, face.points(), 0.62f));
        assertThat(unsure.refusals(0.5)).isEmpty();
        assertThat(unsure.doubts()).containsExactly("the detector is only 62% sure that it is one");
    }

    private static FaceLook look(Photo photo, float[] points, Face face) {
        return FaceLook.of(encoder, photo, FaceAlignment.align(photo, points), with(face, points, 1));
    }

    private static Face with(Face face, float[] points, float score) {
        return new Face(face.left(), face.top(), face.right(), face.bottom(), points, score);
    }

    @Test
    void turnedPortraitsAreUprightAgainAndNoneIsRefused() {
        List<Path> portraits = Pictures.portraits();
        assumeThat(portraits).as("the portraits of shared/data").isNotEmpty();
        for (int i = 0; i < portraits.size(); i += 16) {
            assertTurnsAreUndone(Photo.read(portraits.get(i)), portraits.get(i).toString());
        }
    }

    @Test
    void whatIsNoFaceIsRefusedOrWarnedOf() {
        List<Path> files = Pictures.shared("cases/no-face");
        assumeThat(files).as("the pictures of shared/cases").isNotEmpty();
        for (Path file : files) {
            List<String> said;
            try {
                said = reader.read(Photo.read(file), file.toString(), FaceChoice.ONLY, LIMITS)
                        .warnings();
            } catch (PhotoException e) {
                said = List.of(e.getMessage());
            }
            assertThat(said).as(file.toString()).isNotEmpty();
        }
    }
}
