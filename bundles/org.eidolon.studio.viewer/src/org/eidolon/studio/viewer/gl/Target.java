// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL2ES3;
import com.jogamp.opengl.GL3;
import java.nio.ByteBuffer;

/** A picture to draw into, off the screen: several samples a pixel (or one, told as 0), brought together in a texture. */
final class Target {
    final int width;
    final int height;
    final int samples;
    private final int[] frames = new int[2];
    private final int[] buffers = new int[2];
    private final int[] texture = new int[1];

    Target(GL3 gl, int width, int height, int samples) {
        this.width = width;
        this.height = height;
        this.samples = samples;
        gl.glGenFramebuffers(2, frames, 0);
        gl.glGenRenderbuffers(2, buffers, 0);
        gl.glGenTextures(1, texture, 0);
        gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, frames[0]);
        buffer(gl, buffers[0], GL.GL_RGBA8, GL.GL_COLOR_ATTACHMENT0);
        buffer(gl, buffers[1], GL.GL_DEPTH_COMPONENT24, GL.GL_DEPTH_ATTACHMENT);
        check(gl);
        gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, frames[1]);
        gl.glBindTexture(GL.GL_TEXTURE_2D, texture[0]);
        gl.glTexImage2D(
                GL.GL_TEXTURE_2D, 0, GL.GL_RGBA8, width, height, 0, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, (ByteBuffer) null);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, GL.GL_NEAREST);
        gl.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, GL.GL_NEAREST);
        gl.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_TEXTURE_2D, texture[0], 0);
        check(gl);
    }

    private void buffer(GL3 gl, int id, int format, int place) {
        gl.glBindRenderbuffer(GL.GL_RENDERBUFFER, id);
        gl.glRenderbufferStorageMultisample(GL.GL_RENDERBUFFER, samples, format, width, height);
        gl.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, place, GL.GL_RENDERBUFFER, id);
    }

    private void check(GL3 gl) {
        int status = gl.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER);
        if (status != GL.GL_FRAMEBUFFER_COMPLETE) {
            throw new GlException("a picture of " + width + "×" + height + " pixels with " + samples
                    + " samples cannot be drawn: status " + Integer.toHexString(status));
        }
    }

    /** What is drawn from now on comes here. */
    void bind(GL3 gl) {
        gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, frames[0]);
        gl.glViewport(0, 0, width, height);
    }

    /** Brings the samples together; gives the texture that holds the picture. */
    int resolve(GL3 gl) {
        gl.glBindFramebuffer(GL2ES3.GL_READ_FRAMEBUFFER, frames[0]);
        gl.glBindFramebuffer(GL2ES3.GL_DRAW_FRAMEBUFFER, frames[1]);
        gl.glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST);
        return texture[0];
    }

    /** The picture that was last resolved: blue, green, red, alpha; the lowest row first. */
    void read(GL3 gl, ByteBuffer into) {
        gl.glBindFramebuffer(GL2ES3.GL_READ_FRAMEBUFFER, frames[1]);
        gl.glPixelStorei(GL.GL_PACK_ALIGNMENT, 4);
        gl.glReadPixels(0, 0, width, height, GL.GL_BGRA, GL.GL_UNSIGNED_BYTE, into);
    }

    void dispose(GL3 gl) {
        gl.glDeleteFramebuffers(2, frames, 0);
        gl.glDeleteRenderbuffers(2, buffers, 0);
        gl.glDeleteTextures(1, texture, 0);
    }
}
