// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.common.nio.Buffers;
import com.jogamp.nativewindow.NativeWindowFactory;
import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL3;
import com.jogamp.opengl.GLCapabilities;
import com.jogamp.opengl.GLContext;
import com.jogamp.opengl.GLDrawableFactory;
import com.jogamp.opengl.GLOffscreenAutoDrawable;
import com.jogamp.opengl.GLProfile;
import java.nio.ByteBuffer;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/**
 * Takes pictures of a head with OpenGL, without a window. Belongs to the thread that makes it. Needs a display to exist,
 * as JOGL can make no context without one.
 */
public final class HeadPictures implements AutoCloseable {
    /** Samples a pixel of a picture that people look at for longer. */
    public static final int FINE = 4;

    /** Of one that is seen for an instant. */
    public static final int QUICK = 0;

    static {
        // the libraries lie unpacked in the bundle, which is where the class loader looks for them
        System.setProperty("jogamp.gluegen.UseTempJarCache", "false");
    }

    private final GLOffscreenAutoDrawable drawable;
    private final GL3 gl;
    private final GlHeadRenderer renderer;
    private Target target;
    private ByteBuffer pixels = Buffers.newDirectByteBuffer(0);

    /** @throws GlException when there is no OpenGL 3.3 here, with what to do */
    public HeadPictures() {
        try {
            GLProfile profile = GLProfile.get(GLProfile.GL3);
            var capabilities = new GLCapabilities(profile);
            capabilities.setOnscreen(false);
            drawable =
                    GLDrawableFactory.getFactory(profile).createOffscreenAutoDrawable(null, capabilities, null, 16, 16);
            drawable.display();
            if (drawable.getContext().makeCurrent() == GLContext.CONTEXT_NOT_CURRENT) {
                throw new GlException("OpenGL's context cannot be used");
            }
        } catch (RuntimeException
                | LinkageError e) { // JOGL has several kinds for a lack of a display, driver or library
            throw new GlException(
                    "there is no OpenGL 3.3 on the display " + System.getenv("DISPLAY")
                            + " (on Debian: apt install libgl1 libegl1): " + e.getMessage(),
                    e);
        }
        gl = drawable.getGL().getGL3();
        renderer = new GlHeadRenderer(gl);
    }

    /** A picture: four bytes a pixel (blue, green, red, alpha), the lowest row first. Holds until the next is taken. */
    public record Picture(int width, int height, ByteBuffer bgra) {}

    public void show(ShownHead model) {
        renderer.show(gl, model);
    }

    /**
     * @param samples {@link #FINE} or {@link #QUICK}
     * @throws GlException when OpenGL reports an error
     */
    public Picture take(Staging view, int samples) {
        boolean fits = target != null
                && target.width == view.width()
                && target.height == view.height()
                && target.samples == samples;
        if (!fits) {
            if (target != null) {
                target.dispose(gl);
            }
            target = new Target(gl, view.width(), view.height(), samples);
        }
        int size = 4 * view.width() * view.height();
        if (pixels.capacity() != size) {
            pixels = Buffers.newDirectByteBuffer(size);
        }
        renderer.draw(gl, view, target);
        target.resolve(gl);
        pixels.clear();
        target.read(gl, pixels);
        int error = gl.glGetError();
        if (error != GL.GL_NO_ERROR) {
            throw new GlException("OpenGL reports the error 0x" + Integer.toHexString(error));
        }
        return new Picture(view.width(), view.height(), pixels);
    }

    /** The graphics card and its driver's version. */
    public String describe() {
        return GlHeadRenderer.describe(gl) + ", " + NativeWindowFactory.getNativeWindowType(true);
    }

    @Override
    public void close() {
        renderer.dispose(gl);
        if (target != null) {
            target.dispose(gl);
        }
        drawable.getContext().release();
        drawable.destroy();
    }
}
