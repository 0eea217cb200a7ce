// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.eidolon.render.Camera;
import org.eidolon.render.Cameras;
import org.eidolon.render.HeadRenderer;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.studio.viewer.TestHeads;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.OrbitCamera;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The viewer shows what the stages see: outlines and normals of both renderers agree. */
class SameAsRenderTest {
    private static final int SIZE = 160;
    private static final double DISTANCE = 6;

    @ParameterizedTest
    @CsvSource({"0,0", "35,10", "-80,25", "150,-30"})
    void outlinesAndNormalsAgree(double azimuth, double elevation) throws Exception {
        Glb eggs = TestHeads.eggs(32);
        float[] normals;
        float[] mask;
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            var images = render(scope, eggs.scenes().get(0).mesh(), Math.toRadians(azimuth), Math.toRadians(elevation));
            normals = images.normals().toFloatArray();
            mask = images.mask().toFloatArray();
        }
        ShownHead model = ShownHead.of(eggs);
        var camera = new OrbitCamera(Math.toRadians(azimuth), Math.toRadians(elevation), DISTANCE, 0, 0, 0, 1.5);
        var black = new Staging.Backdrop(new float[3], new float[3], new float[3]);
        Staging view = Staging.of(model, SIZE, SIZE).withCamera(camera).withBackdrop(black);
        Shot cover;
        Shot colours;
        try (var pictures = new HeadPictures()) {
            pictures.show(model);
            cover = Shot.of(pictures.take(view.withMode(DrawMode.ALBEDO), HeadPictures.FINE), "same-cover-" + azimuth);
            colours = Shot.of(
                    pictures.take(view.withMode(DrawMode.NORMALS), HeadPictures.FINE), "same-normals-" + azimuth);
        }
        double outline = 0;
        int far = 0;
        double sum = 0;
        int inside = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            int x = i % SIZE;
            int y = i / SIZE;
            double covered = cover.channel(x, y, 0) / 255.0;
            outline += Math.abs(covered - mask[i]);
            if (mask[i] == 1 && covered == 1) {
                inside++;
                for (int c = 0; c < 3; c++) {
                    double off = Math.abs(colours.channel(x, y, c) / 255.0 - normals[3 * i + c]);
                    far += off > 0.04 ? 1 : 0;
                    sum += off / 3;
                }
            }
        }
        assertThat(inside).isGreaterThan(SIZE * SIZE / 8);
        // four samples a pixel each, at other places in the pixel
        assertThat(outline / inside).as("share of the outline that differs").isLessThan(0.01);
        assertThat(sum / inside).as("mean difference of normals").isLessThan(0.006);
        // where the nose hides what is behind it, a pixel mixes other shares of both
        assertThat(far).as("normals that differ").isLessThan(inside / 100);
    }

    private static HeadRenderer.Images render(Scope scope, Mesh mesh, double azimuth, double elevation) {
        int vertices = mesh.vertexCount();
        long[] faces = IntStream.of(mesh.triangles()).asLongStream().toArray();
        NDArray positions = scope.of(mesh.positions(), 1, vertices, 3);
        NDArray normals = scope.of(mesh.normals(), 1, vertices, 3);
        var renderer = HeadRenderer.of(scope.of(faces, faces.length / 3, 3), vertices, SIZE);
        var light = new Light(
                true,
                new float[] {1, 1, 1},
                Light.towards(0, 0),
                new float[3],
                Light.towards(0, 0),
                new float[3],
                2.2f,
                null);
        var camera = Camera.orbit(azimuth, elevation, DISTANCE, OrbitCamera.FIELD_OF_VIEW);
        return renderer.render(scope, positions, normals, positions, Cameras.of(camera), new Lights(List.of(light)));
    }
}
