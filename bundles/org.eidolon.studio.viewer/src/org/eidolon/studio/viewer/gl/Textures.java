// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.common.nio.Buffers;
import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL2ES2;
import com.jogamp.opengl.GL2ES3;
import com.jogamp.opengl.GL3;
import org.eidolon.studio.viewer.scene.BakedLight;
import org.eidolon.studio.viewer.scene.ShownHead;

/** Brings pictures into the memory of the graphics card. */
final class Textures {
    private Textures() {}

    /** A texture of a head, with smaller ones for the distance. */
    static int of(GL3 gl, ShownHead.Texture texture) {
        int id = create(gl, GL.GL_TEXTURE_2D);
        gl.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1);
        gl.glTexImage2D(
                GL.GL_TEXTURE_2D,
                0,
                GL.GL_SRGB8_ALPHA8,
                texture.width(),
                texture.height(),
                0,
                GL.GL_RGBA,
                GL.GL_UNSIGNED_BYTE,
                Buffers.newDirectByteBuffer(texture.rgba()));
        gl.glGenerateMipmap(GL.GL_TEXTURE_2D);
        filter(gl, GL.GL_TEXTURE_2D, GL.GL_LINEAR_MIPMAP_LINEAR);
        return id;
    }

    /** The cube map of an environment, a level for each roughness. */
    static int of(GL3 gl, BakedLight light) {
        int id = create(gl, GL.GL_TEXTURE_CUBE_MAP);
        for (int level = 0; level < light.levels().size(); level++) {
            BakedLight.Level cube = light.levels().get(level);
            int size = 3 * cube.side() * cube.side();
            for (int face = 0; face < 6; face++) {
                gl.glTexImage2D(
                        GL.GL_TEXTURE_CUBE_MAP_POSITIVE_X + face,
                        level,
                        GL.GL_RGB16F,
                        cube.side(),
                        cube.side(),
                        0,
                        GL.GL_RGB,
                        GL.GL_FLOAT,
                        Buffers.newDirectFloatBuffer(cube.rgb(), face * size, size));
            }
        }
        gl.glTexParameteri(
                GL.GL_TEXTURE_CUBE_MAP,
                GL2ES3.GL_TEXTURE_MAX_LEVEL,
                light.levels().size() - 1);
        filter(gl, GL.GL_TEXTURE_CUBE_MAP, GL.GL_LINEAR_MIPMAP_LINEAR);
        return id;
    }

    private static int create(GL3 gl, int target) {
        int[] id = new int[1];
        gl.glGenTextures(1, id, 0);
        gl.glBindTexture(target, id[0]);
        return id[0];
    }

    private static void filter(GL3 gl, int target, int smaller) {
        gl.glTexParameteri(target, GL.GL_TEXTURE_MIN_FILTER, smaller);
        gl.glTexParameteri(target, GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR);
        for (int axis : new int[] {GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T, GL2ES2.GL_TEXTURE_WRAP_R}) {
            gl.glTexParameteri(target, axis, GL.GL_CLAMP_TO_EDGE);
        }
    }

    static void delete(GL3 gl, int id) {
        gl.glDeleteTextures(1, new int[] {id}, 0);
    }
}
