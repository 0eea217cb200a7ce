// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.texture.AlbedoField;
import org.eidolon.head.texture.SurfaceViews;
import org.eidolon.head.texture.TextureOptimiser;
import org.eidolon.head.texture.TextureResult;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** The texture stage's steps under the truth, as training shows it, in place of a prior. */
class TextureOfTrueHeadTest {
    @Test
    void findsThePaintOfAHeadFromItsPictures() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            HeadTensors heads = new HeadTensors(scope, TinyHead.model());
            Pictures pictured = new Pictures(heads);
            Subject subject = Subject.of(Subject.HELD_OUT + 3, heads.model());
            List<float[]> shapes = Expression.standard().subList(0, 2).stream()
                    .map(e -> heads.model().shapeWeights(e.weights()))
                    .toList();
            List<Mesh> meshes = new ArrayList<>();
            for (float[] w : shapes) {
                meshes.add(Mesh.of(
                        heads.model().vertices(subject.identity(), w),
                        heads.model().triangles()));
            }
            TextureSettings settings = TextureSettings.draft(2).withSteps(24).withPictures(8, 1, 2);
            AlbedoField field = new AlbedoField(scope, AlbedoField.around(meshes), 2, 2);
            SurfaceViews seen = new SurfaceViews(scope, meshes, settings, Pictures.SIZE);
            TextureOptimiser.Guide truth = (s, images, draw) -> {
                List<Pictures.Take> takes = new ArrayList<>();
                for (int e : draw.expressions()) {
                    for (int i = 0; i < draw.views().length; i++) {
                        View from = seen.view(draw.views()[i]);
                        takes.add(new Pictures.Take(
                                subject, shapes.get(e), from, draw.lights().get(i)));
                    }
                }
                NDArray pictures =
                        s.adopt(pictured.take(s, takes, Domain.COLOUR).toType(DataType.FLOAT32, true));
                return s.adopt(images.sub(s.adopt(pictures.div(127.5f).sub(1))));
            };
            TextureResult result =
                    new TextureOptimiser(scope, field, seen, settings, truth).run("truth", StageMonitor.SILENT);
            assertThat(result.steps()).isEqualTo(24);

            float[] painted = heads.paint(scope, List.of(subject.skin())).toFloatArray();
            AlbedoField before = new AlbedoField(scope, AlbedoField.around(meshes), 2, 2);
            AlbedoField after = AlbedoField.of(scope, result.albedo());
            double start = error(scope, before, meshes.get(0), painted);
            double end = error(scope, after, meshes.get(0), painted);
            assertThat(end).isLessThan(0.65 * start);
        }
    }

    /** Mean absolute error of the colours of the skin's vertices, sRGB. */
    private static double error(Scope scope, AlbedoField field, Mesh mesh, float[] painted) {
        float[] colours = field.colours(scope, mesh.positions(), 0);
        double sum = 0;
        int[] skin = TinyHead.vertices(Part.FACE);
        for (int v : skin) {
            for (int c = 0; c < 3; c++) sum += Math.abs(colours[3 * v + c] - Math.pow(painted[3 * v + c], 1 / 2.2));
        }
        return sum / skin.length / 3;
    }
}
