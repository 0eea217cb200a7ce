// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjTest {

    private static final String QUAD = """
            # a quad
            v 0 0 0
            v 1 0 0
            v 1 1 0
              v 0 1 0 1.0
            vt 0 0
            vt 1 0.25
            vn 0 0 1
            g part
            f 1/1/1 2/2/1 3/2/1 -1/1/1
            """;

    @Test
    void readsQuadsRelativeIndicesAndTextureCoordinates() throws IOException {
        Obj obj = Obj.parse("quad.obj", QUAD);
        assertThat(obj.triangles()).containsExactly(0, 1, 2, 0, 2, 3);
        assertThat(obj.triangleUvs()).containsExactly(0, 1, 1, 0, 1, 0);
        Mesh mesh = obj.mesh();
        assertThat(mesh.vertexCount()).isEqualTo(4);
        assertThat(mesh.uvs()).containsExactly(0, 1, 1, 0.75f, 1, 0.75f, 0, 1);
        assertThat(mesh.normals()).startsWith(0, 0, 1);
        assertThat(obj.geometry().uvs()).isNull();
    }

    @Test
    void splitsAVertexThatHasTwoTextureCoordinates() throws IOException {
        Mesh mesh = Obj.parse(
                        "seam.obj",
                        "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\nvt 0 0\nvt .5 .5\nf 1/1 2/1 3/1\nf 2/2 4/1 3/1\n")
                .mesh();
        assertThat(mesh.vertexCount()).isEqualTo(5);
        assertThat(mesh.triangleCount()).isEqualTo(2);
    }

    @Test
    void errorsNameFileLineAndFault() {
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0 0\nv 1 x 0\n"))
                .hasMessage("a.obj, line 2: 'x' is not a number");
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0\n")).hasMessageContaining("line 1: 'v' needs 3 numbers");
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0 0\nf 1 2 3\n"))
                .hasMessageContaining("line 2: '2' names entry 2 of 1");
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0 0\nf 1 1 0\n")).hasMessageContaining("entry 0");
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0 0\nf 1 1\n")).hasMessageContaining("2 corners");
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0 NaN\n")).hasMessageContaining("not finite");
        assertThatThrownBy(() -> Obj.parse("a.obj", "v 0 0 0\nf a/b 1 1\n")).hasMessageContaining("not a face corner");
    }

    @Test
    void writesWhatItReads(@TempDir Path folder) throws IOException {
        Mesh mesh = Obj.parse("quad.obj", QUAD).mesh();
        Path file = folder.resolve("out.obj");
        Obj.write(mesh, file);
        assertThat(Obj.read(file).mesh()).isEqualTo(mesh);
        Mesh bare = Shapes.cube();
        assertThat(Obj.parse("cube", Obj.format(bare)).mesh()).isEqualTo(bare);
    }

    @Test
    void readsTheIctHeadInItsOwnVertexOrder() throws IOException {
        Obj head = Shapes.ictNeutral();
        assertThat(head.positions()).hasSize(3 * 26719);
        assertThat(head.geometry().vertexCount()).isEqualTo(26719);
        assertThat(head.mesh().uvs()).isNotNull();
    }
}
