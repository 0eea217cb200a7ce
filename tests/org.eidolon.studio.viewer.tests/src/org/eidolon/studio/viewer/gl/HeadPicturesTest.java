// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.eidolon.studio.viewer.TestHeads;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.OrbitCamera;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pixels of real OpenGL against what they should be. */
class HeadPicturesTest {
    private static final int SIZE = 200;
    private static final Staging.Backdrop BLACK =
            new Staging.Backdrop(new float[3], new float[3], new float[] {1, 1, 1});

    private HeadPictures pictures;

    @BeforeEach
    void open() {
        pictures = new HeadPictures();
    }

    @AfterEach
    void close() {
        pictures.close();
    }

    private Staging show(Glb glb, DrawMode mode) throws Exception {
        ShownHead model = ShownHead.of(glb);
        pictures.show(model);
        return Staging.of(model, SIZE, SIZE).withMode(mode).withBackdrop(BLACK);
    }

    private Shot shot(Staging view, String name) {
        return Shot.of(pictures.take(view, HeadPictures.FINE), name);
    }

    private static int[] channels(int rgb) {
        return new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    }

    private static void assertClose(int rgb, int wanted, int tolerance) {
        for (int c = 0; c < 3; c++) {
            assertThat(channels(rgb)[c])
                    .as("%06x against %06x", rgb, wanted)
                    .isCloseTo(channels(wanted)[c], within(tolerance));
        }
    }

    @Test
    void albedoIsTheTextureUprightAndUnchanged() throws Exception {
        Shot shot = shot(show(TestHeads.squares(TestHeads.CORNERS), DrawMode.ALBEDO), "albedo-square");
        assertClose(shot.rgb(0.3, 0.3), TestHeads.CORNERS[0], 1);
        assertClose(shot.rgb(0.7, 0.3), TestHeads.CORNERS[1], 1);
        assertClose(shot.rgb(0.3, 0.7), TestHeads.CORNERS[2], 1);
        assertClose(shot.rgb(0.7, 0.7), TestHeads.CORNERS[3], 1);
        assertThat(shot.rgb(0.001, 0.001)).as("backdrop").isZero();
    }

    @Test
    void theAtlasShowsTheTextureFlatWithItsTriangles() throws Exception {
        Staging view =
                show(TestHeads.squares(TestHeads.CORNERS), DrawMode.ATLAS).withSize(300, SIZE);
        Shot shot = shot(view, "atlas-square");
        // left of the middle by a quarter of the square that fits, so that no line of a triangle is met
        assertClose(shot.rgb(0.38, 0.25), TestHeads.CORNERS[0], 1);
        assertClose(shot.rgb(0.62, 0.35), TestHeads.CORNERS[1], 1);
        assertClose(shot.rgb(0.38, 0.62), TestHeads.CORNERS[2], 1);
        assertThat(shot.rgb(0.05, 0.5)).as("beside the square").isZero();
        assertThat(shot.brightness(0.5, 0.5))
                .as("the diagonal of the two triangles")
                .isGreaterThan(150);
    }

    @Test
    void coordinatesShowUAsRedAndVAsGreen() throws Exception {
        Shot shot = shot(show(TestHeads.squares(0xffffff), DrawMode.UV), "uv-square");
        int[] left = channels(shot.rgb(0.12, 0.5));
        int[] right = channels(shot.rgb(0.88, 0.5));
        assertThat(right[0]).isGreaterThan(left[0] + 80);
        int[] above = channels(shot.rgb(0.5, 0.12));
        int[] below = channels(shot.rgb(0.5, 0.88));
        assertThat(below[1]).isGreaterThan(above[1] + 80);
    }

    @Test
    void normalsAreColoursInCameraSpace() throws Exception {
        Staging view = show(TestHeads.squares(0xffffff), DrawMode.NORMALS);
        assertClose(shot(view, "normals-front").rgb(0.5, 0.5), 0x8080ff, 1);
        double turn = Math.toRadians(40);
        int expected = (int) Math.round(255 * (0.5 - 0.5 * Math.sin(turn))) << 16
                | 0x8000
                | (int) Math.round(255 * (0.5 + 0.5 * Math.cos(turn)));
        Shot turned = shot(view.withCamera(view.camera().orbited(turn, 0)), "normals-turned");
        // seen from the right the surface faces to the left of the camera
        assertClose(turned.rgb(0.5, 0.5), expected, 2);
    }

    @Test
    void aWholeHeadIsFramedAndTheNoseShowsWhereItShould() throws Exception {
        Staging view = show(TestHeads.eggs(24), DrawMode.ALBEDO);
        Shot front = shot(view, "egg-front");
        int top = SIZE;
        int bottom = 0;
        for (int y = 0; y < SIZE; y++) {
            if (front.channel(SIZE / 2, y, 1) > 128) {
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
            }
            assertThat(front.rgb(0, y) + front.rgb(SIZE - 1, y))
                    .as("row %s of the rims", y)
                    .isZero();
        }
        assertThat(bottom - top).isBetween((int) (0.6 * SIZE), SIZE - 4);
        // azimuth 90 degrees is the subject's left side: its nose points to the left of the picture
        Shot side = shot(view.withCamera(view.camera().facing(Math.PI / 2, 0)), "egg-side");
        int row = (int) (0.53 * SIZE);
        int left = 0;
        while (side.channel(left, row, 1) < 128) {
            left++;
        }
        int right = SIZE - 1;
        while (side.channel(right, row, 1) < 128) {
            right--;
        }
        int first = 0;
        while (side.channel(first, SIZE / 4, 1) < 128) {
            first++;
        }
        int last = SIZE - 1;
        while (side.channel(last, SIZE / 4, 1) < 128) {
            last--;
        }
        // against a row of the forehead, what sticks out is on the left
        assertThat(first - left).as("the side of the nose").isGreaterThan(right - last + 8);
    }

    @Test
    void lightComesFromWhereTheRigSaysAndTurns() throws Exception {
        Staging view = show(TestHeads.eggs(24), DrawMode.SHADED).withLight(LightRig.SUNSET, 0, 1);
        Shot from = shot(view, "light-left");
        assertThat(from.brightness(0.3, 0.5)).isGreaterThan(from.brightness(0.7, 0.5) + 40);
        Shot turned = shot(view.withLight(LightRig.SUNSET, Math.toRadians(144), 1), "light-turned");
        assertThat(turned.brightness(0.7, 0.5)).isGreaterThan(turned.brightness(0.3, 0.5) + 40);
        Shot darker = shot(view.withLight(LightRig.SUNSET, 0, 0.25), "light-darker");
        assertThat(darker.brightness(0.3, 0.5)).isLessThan(from.brightness(0.3, 0.5) - 40);
    }

    /** A small square before a large one: where its shadow falls follows from the direction of the lamp. */
    @Test
    void lampsThrowShadows() throws Exception {
        float[] p = {
            -1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0, -.2f, -.2f, .5f, .2f, -.2f, .5f, .2f, .2f, .5f, -.2f, .2f, .5f
        };
        float[] n = new float[24];
        for (int i = 2; i < 24; i += 3) {
            n[i] = 1;
        }
        var mesh = new Mesh(p, new int[] {0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7}, null, n);
        ShownHead model = ShownHead.of("wall", mesh);
        pictures.show(model);
        Staging view = Staging.of(model, SIZE, SIZE)
                .withLight(LightRig.REMBRANDT, 0, 1)
                .withBackdrop(BLACK);
        double[] d = LightRig.REMBRANDT.lamps().get(0).towards();
        double x = -0.5 * d[0] / d[2];
        double y = -0.5 * d[1] / d[2];
        assertThat(brightness(view, -x, y) - brightness(view, x, y))
                .as("shadow against light")
                .isGreaterThan(50);
        Staging turned = view.withLight(LightRig.REMBRANDT, Math.toRadians(100), 1);
        assertThat(brightness(turned, x, y) - brightness(turned, -x, y))
                .as("light from the right")
                .isGreaterThan(50);
        assertThat(brightness(view, 0, 0)).as("the square itself").isCloseTo(brightness(view, -x, y), within(12));
    }

    /** At a point of the wall, worked out with the camera's own matrices. */
    private int brightness(Staging view, double x, double y) {
        float[] m = view.camera().view();
        float[] c = view.camera().projection(1);
        double depth = -(m[2] * x + m[6] * y + m[14]);
        double right = c[0] * (m[0] * x + m[4] * y + m[12]) / depth;
        double up = c[5] * (m[1] * x + m[5] * y + m[13]) / depth;
        return shot(view, "shadow").brightness(0.5 + right / 2, 0.5 - up / 2);
    }

    @Test
    void evenLightLeavesAGreyAsItIsAndAddsAThinGloss() throws Exception {
        int grey = 0x808080;
        Staging view = show(TestHeads.squares(grey), DrawMode.SHADED).withLight(LightRig.EVEN, 0, 1);
        int shown = shot(view, "even").rgb(0.5, 0.5) & 255;
        // 0.216 · 0.95 of diffuse and about 0.04 · 0.95 of mirrored light, as sRGB
        assertThat(shown).isBetween(0x80, 0x92);
    }

    @ParameterizedTest
    @EnumSource(LightRig.class)
    void everyRigShowsAHeadThatIsNeitherBlackNorBurnt(LightRig rig) throws Exception {
        ShownHead model = ShownHead.of("grey", TestHeads.egg(24, 0));
        pictures.show(model);
        Shot shot = shot(Staging.of(model, SIZE, SIZE).withLight(rig, 0, 1), "rig-" + rig);
        long sum = 0;
        int burnt = 0;
        int seen = 0;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double dx = (x - SIZE / 2.0) / (0.26 * SIZE);
                double dy = (y - SIZE / 2.0) / (0.32 * SIZE);
                if (dx * dx + dy * dy < 1) {
                    seen++;
                    sum += shot.channel(x, y, 1);
                    burnt += shot.channel(x, y, 1) > 250 ? 1 : 0;
                }
            }
        }
        assertThat((double) sum / seen).isBetween(15.0, 225.0);
        assertThat(burnt).isLessThan(seen / 50);
    }

    @Test
    void wireframeShowsEdgesOfTheFrontOnly() throws Exception {
        Mesh egg = TestHeads.egg(8, 0);
        ShownHead model = ShownHead.of("egg", egg);
        pictures.show(model);
        Staging view = Staging.of(model, 400, 400).withMode(DrawMode.WIREFRAME).withBackdrop(BLACK);
        Shot shot = shot(view, "wireframe");
        int lit = 0;
        int peaks = 0;
        for (int x = 1; x < 399; x++) {
            boolean peak = shot.channel(x, 187, 1) > 60
                    && shot.channel(x, 187, 1) > shot.channel(x - 1, 187, 1)
                    && shot.channel(x, 187, 1) >= shot.channel(x + 1, 187, 1);
            peaks += peak ? 1 : 0;
            lit += shot.channel(x, 187, 1) > 60 ? 1 : 0;
        }
        // 16 columns face the camera, each with an edge and a diagonal; without hiding it would be twice as many
        assertThat(peaks).isBetween(10, 36);
        assertThat(lit).isLessThan(200);
    }

    @Test
    void expressionsBlendIntoEachOther() throws Exception {
        var red = new Glb.Scene("red", TestHeads.square(), 0, 0.6f);
        var blue = new Glb.Scene("blue", TestHeads.square(), 1, 0.6f);
        var glb = new Glb(
                List.of(red, blue),
                0,
                List.of(
                        TestHeads.squares(0xc80000).textures().get(0),
                        TestHeads.squares(0x0000c8).textures().get(0)),
                null);
        Staging view = show(glb, DrawMode.ALBEDO);
        assertClose(shot(view.withShapes(1, 0, 0), "blend-0").rgb(0.5, 0.5), 0xc80000, 1);
        assertClose(shot(view.withShapes(1, 0, 0.5), "blend-5").rgb(0.5, 0.5), 0x640064, 2);
        assertClose(shot(view.withShapes(1, 0, 1), "blend-10").rgb(0.5, 0.5), 0x0000c8, 1);
    }

    @Test
    void zoomAndPanMoveThePicture() throws Exception {
        Staging view = show(TestHeads.squares(0xffffff), DrawMode.ALBEDO);
        OrbitCamera far = view.camera().zoomed(2);
        assertThat(shot(view.withCamera(far), "zoomed").rgb(0.1, 0.5)).isZero();
        assertThat(shot(view, "framed").rgb(0.1, 0.5)).isNotZero();
        Shot panned = shot(view.withCamera(far.panned(0.25, 0)), "panned");
        assertThat(panned.rgb(0.7, 0.5)).as("the square went to the left").isZero();
        assertThat(panned.rgb(0.2, 0.5)).isNotZero();
    }
}
