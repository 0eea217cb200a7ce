// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.common.nio.Buffers;
import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.eidolon.mesh.Mesh;

/** A mesh in the memory of the graphics card. */
final class GlMesh {
    private static final int FLOATS = 8;

    private final int[] array = new int[1];
    private final int[] buffers = new int[2];
    private final int indices;

    GlMesh(GL3 gl, Mesh mesh) {
        indices = mesh.triangles().length;
        gl.glGenVertexArrays(1, array, 0);
        gl.glGenBuffers(2, buffers, 0);
        gl.glBindVertexArray(array[0]);
        gl.glBindBuffer(GL.GL_ARRAY_BUFFER, buffers[0]);
        FloatBuffer vertices = interleaved(mesh);
        gl.glBufferData(GL.GL_ARRAY_BUFFER, 4L * vertices.capacity(), vertices, GL.GL_STATIC_DRAW);
        gl.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
        IntBuffer triangles = Buffers.newDirectIntBuffer(mesh.triangles());
        gl.glBufferData(GL.GL_ELEMENT_ARRAY_BUFFER, 4L * indices, triangles, GL.GL_STATIC_DRAW);
        attribute(gl, 0, 3, 0);
        attribute(gl, 1, 3, 3);
        attribute(gl, 2, 2, 6);
        gl.glBindVertexArray(0);
    }

    private static FloatBuffer interleaved(Mesh mesh) {
        int count = mesh.vertexCount();
        float[] all = new float[FLOATS * count];
        for (int v = 0; v < count; v++) {
            System.arraycopy(mesh.positions(), 3 * v, all, FLOATS * v, 3);
            System.arraycopy(mesh.normals(), 3 * v, all, FLOATS * v + 3, 3);
            if (mesh.uvs() != null) {
                System.arraycopy(mesh.uvs(), 2 * v, all, FLOATS * v + 6, 2);
            }
        }
        return Buffers.newDirectFloatBuffer(all);
    }

    private static void attribute(GL3 gl, int index, int size, int offset) {
        gl.glEnableVertexAttribArray(index);
        gl.glVertexAttribPointer(index, size, GL.GL_FLOAT, false, 4 * FLOATS, 4L * offset);
    }

    void draw(GL3 gl) {
        gl.glBindVertexArray(array[0]);
        gl.glDrawElements(GL.GL_TRIANGLES, indices, GL.GL_UNSIGNED_INT, 0);
        gl.glBindVertexArray(0);
    }

    void dispose(GL3 gl) {
        gl.glDeleteVertexArrays(1, array, 0);
        gl.glDeleteBuffers(2, buffers, 0);
    }
}
