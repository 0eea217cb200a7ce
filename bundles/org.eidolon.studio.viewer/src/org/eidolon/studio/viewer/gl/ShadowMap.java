// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL2ES2;
import com.jogamp.opengl.GL3;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eidolon.mesh.Box;

/** How far a lamp's light reaches: the depth of a head as seen from the lamp, drawn anew only when either has changed. */
final class ShadowMap {
    /** Pixels each way. */
    static final int SIDE = 1024;

    private final int[] frame = new int[1];
    private final int[] texture = new int[1];
    private GlMesh drawn;
    private float[] drawnFrom = {};

    ShadowMap(GL3 gl) {
        gl.glGenTextures(1, texture, 0);
        gl.glBindTexture(GL.GL_TEXTURE_2D, texture[0]);
        gl.glTexImage2D(
                GL.GL_TEXTURE_2D,
                0,
                GL.GL_DEPTH_COMPONENT24,
                SIDE,
                SIDE,
                0,
                GL2ES2.GL_DEPTH_COMPONENT,
                GL.GL_UNSIGNED_INT,
                (ByteBuffer) null);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, GL.GL_LINEAR);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL2ES2.GL_TEXTURE_COMPARE_MODE, GL2ES2.GL_COMPARE_REF_TO_TEXTURE);
        gl.glGenFramebuffers(1, frame, 0);
        gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, frame[0]);
        gl.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, GL.GL_DEPTH_ATTACHMENT, GL.GL_TEXTURE_2D, texture[0], 0);
        gl.glDrawBuffers(1, new int[] {GL.GL_NONE}, 0);
        gl.glReadBuffer(GL.GL_NONE);
        if (gl.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER) != GL.GL_FRAMEBUFFER_COMPLETE) {
            throw new GlException("the depth of a shadow cannot be drawn");
        }
    }

    /**
     * Draws it if need be; leaves its own picture bound.
     *
     * @param depth a program that writes no colour
     * @param from what {@link #matrix} gives
     */
    void update(GL3 gl, Program depth, GlMesh mesh, float[] from) {
        if (mesh == drawn && Arrays.equals(from, drawnFrom)) {
            return;
        }
        gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, frame[0]);
        gl.glViewport(0, 0, SIDE, SIDE);
        gl.glEnable(GL.GL_DEPTH_TEST);
        gl.glClear(GL.GL_DEPTH_BUFFER_BIT);
        depth.use(gl);
        depth.set(gl, "flat_", 0);
        depth.set(gl, "view", from);
        depth.set(gl, "projection", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
        mesh.draw(gl);
        gl.glDisable(GL.GL_DEPTH_TEST);
        drawn = mesh;
        drawnFrom = from;
    }

    void bind(GL3 gl, int unit) {
        gl.glActiveTexture(GL.GL_TEXTURE0 + unit);
        gl.glBindTexture(GL.GL_TEXTURE_2D, texture[0]);
    }

    /** Draws anew next time, for a mesh may have taken the place of another. */
    void forget() {
        drawn = null;
    }

    void dispose(GL3 gl) {
        gl.glDeleteFramebuffers(1, frame, 0);
        gl.glDeleteTextures(1, texture, 0);
    }

    /**
     * World to the clip space of a lamp far away that sees the whole box; columns one after another.
     *
     * @param towards unit vector to the lamp
     */
    static float[] matrix(Box box, double[] towards) {
        double[] up = Math.abs(towards[1]) < 0.99 ? new double[] {0, 1, 0} : new double[] {0, 0, 1};
        double[] right = unit(cross(up, towards));
        double[][] axes = {right, cross(towards, right), {-towards[0], -towards[1], -towards[2]}};
        double[] middle = {
            (box.minX() + box.maxX()) / 2.0, (box.minY() + box.maxY()) / 2.0, (box.minZ() + box.maxZ()) / 2.0
        };
        double scale = 2 / Math.max(box.diagonal(), 1e-9);
        float[] m = new float[16];
        for (int row = 0; row < 3; row++) {
            double moved = 0;
            for (int column = 0; column < 3; column++) {
                m[4 * column + row] = (float) (scale * axes[row][column]);
                moved -= scale * axes[row][column] * middle[column];
            }
            m[12 + row] = (float) moved;
        }
        m[15] = 1;
        return m;
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double[] unit(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }
}
