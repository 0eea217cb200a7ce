// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.train.HeadTensors;
import org.eidolon.head.train.Pictures;
import org.eidolon.head.train.Subject;
import org.eidolon.mesh.Mesh;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class TextureFitTest {
    private static final Script KERNELS = Script.load(TextureFitTest.class, "gradients.py");

    @Test
    void findsThePaintOfAHeadFromItsPictures() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            HeadTensors heads = new HeadTensors(scope, TinyHead.model());
            Pictures pictures = new Pictures(heads);
            Subject subject = Subject.of(Subject.HELD_OUT + 3, heads.model());
            List<float[]> shapes = Faces.shapes(2);
            List<Mesh> meshes = new ArrayList<>();
            for (float[] w : shapes) {
                meshes.add(Mesh.of(
                        heads.model().vertices(subject.identity(), w),
                        heads.model().triangles()));
            }
            TextureFit.Truth truth = (s, expressions, views, lights) -> {
                List<Pictures.Take> takes = new ArrayList<>();
                for (int e : expressions) {
                    for (int i = 0; i < views.size(); i++) {
                        takes.add(new Pictures.Take(subject, shapes.get(e), views.get(i), lights.get(i)));
                    }
                }
                return KERNELS.call(s, "signed", pictures.take(s, takes, Domain.COLOUR));
            };
            TextureSettings settings = TextureSettings.draft(2).withSteps(24).withPictures(8, 1, 2);
            TextureResult result =
                    new TextureFit(settings, Pictures.SIZE).run(scope, meshes, truth, StageMonitor.SILENT);
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
