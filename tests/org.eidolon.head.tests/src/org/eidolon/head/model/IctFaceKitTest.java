// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eidolon.head.model.HeadModel.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of the same layout with seven vertices: two of the face, one dropped, one of the neck, three of an eye. */
class IctFaceKitTest {
    private static final IctFaceKit.Layout SEVEN = new IctFaceKit.Layout(
            7,
            List.of(
                    new IctFaceKit.Range(0, Part.FACE),
                    new IctFaceKit.Range(2, null),
                    new IctFaceKit.Range(3, Part.NECK),
                    new IctFaceKit.Range(4, Part.EYE)));

    private static final String FACES = "f 1/1/1 2/2/2 4/4/4\nf 1 2 3\nf 4/1 5/2 6/3 7/4\n";

    @TempDir
    Path folder;

    @BeforeEach
    void make() throws IOException {
        obj("generic_neutral_mesh", 0, FACES);
        obj("identity001", 2, FACES);
        obj("identity000", 1, FACES);
        obj("jawOpen", 17.8f, FACES);
        indices("{\"expressions\": [\"jawOpen\"], \"idx_to_landmark_verts\": [0, 6], \"more\": 1}");
    }

    @Test
    void verticesAreDroppedFacesFannedAndModesBecomeOffsets() throws IOException {
        HeadModel model = IctFaceKit.read(folder, SEVEN);
        assertThat(model.vertexCount()).isEqualTo(6);
        assertThat(model.triangles()).containsExactly(0, 1, 2, 2, 3, 4, 2, 4, 5);
        assertThat(model.landmarks()).containsExactly(0, 5);
        assertThat(List.of(model.part(0), model.part(2), model.part(5)))
                .containsExactly(Part.FACE, Part.NECK, Part.EYE);
        assertThat(model.shapeNames()).containsExactly("jawOpen");
        // the third kept vertex was the fourth of the file: (3, 3.5, -3) in centimetres
        for (int axis = 0; axis < 3; axis++) {
            float[] raw = {3, 3.5f, -3};
            assertThat(HeadSpace.toCentimetres(model.neutral()[6 + axis], axis)).isCloseTo(raw[axis], within(1e-5f));
        }
        // sorted by name, so that weights mean the same on every file system
        assertThat(model.identities().get(0)[1] * HeadSpace.CENTIMETRES).isCloseTo(1, within(1e-5f));
        assertThat(model.identities().get(1)[1] * HeadSpace.CENTIMETRES).isCloseTo(2, within(1e-5f));
        assertThat(model.shapes().getFirst()[1]).isCloseTo(1, within(1e-5f));
        assertThat(model.shapes().getFirst()[0]).isZero();
    }

    @Test
    void anotherVertexCountNamesTheFile() throws IOException {
        Files.writeString(folder.resolve("identity001.obj"), "v 0 0 0\nv 1 1 1\n");
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("identity001.obj has 2 vertices where ICT-FaceKit has 7");
        assertThatThrownBy(() -> IctFaceKit.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("generic_neutral_mesh.obj has 7 vertices where ICT-FaceKit has 26719");
        obj("generic_neutral_mesh", 0, "v 0 0 0\n");
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN)).hasMessageContaining("has more vertices");
    }

    @Test
    void damageIsNamed() throws IOException {
        Files.delete(folder.resolve("jawOpen.obj"));
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jawOpen.obj is missing");
        Files.writeString(folder.resolve("jawOpen.obj"), "v 0 zero 0\n");
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jawOpen.obj")
                .hasMessageContaining("zero");
        obj("generic_neutral_mesh", 0, "f 1 2 9\n");
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN)).hasMessageContaining("names vertex 8 of 7");
    }

    @Test
    void theListOfShapesMayNotLeadOutOfTheFolder() throws IOException {
        indices("{\"expressions\": [\"../jawOpen\"], \"idx_to_landmark_verts\": []}");
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'../jawOpen', which is no file name");
        for (String text : List.of("[]", "{", "{}", "{\"expressions\": 3}", "{\"expressions\": [[]]}")) {
            indices(text);
            assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN)).as(text).isInstanceOf(IOException.class);
        }
        indices("{\"expressions\": [], \"idx_to_landmark_verts\": [-1]}");
        assertThatThrownBy(() -> IctFaceKit.read(folder, SEVEN)).hasMessageContaining("names vertex -1");
    }

    private void indices(String json) throws IOException {
        Files.writeString(folder.resolve("vertex_indices.json"), json);
    }

    private void obj(String name, float up, String rest) throws IOException {
        StringBuilder text = new StringBuilder("# made by a test\n");
        for (int v = 0; v < 7; v++)
            text.append("v ")
                    .append(v)
                    .append(' ')
                    .append(v + 0.5f + up)
                    .append(" -")
                    .append(v)
                    .append("\nvt 0 0\n");
        Files.writeString(folder.resolve(name + ".obj"), text + rest);
    }
}
