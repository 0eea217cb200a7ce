// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.opengl.GL;
import com.jogamp.opengl.GL2ES3;
import com.jogamp.opengl.GL2GL3;
import com.jogamp.opengl.GL3;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.studio.viewer.scene.BakedLight;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/**
 * Draws a head into whatever is bound. Knows no window; needs OpenGL 3.3 core. All calls come from the thread in which
 * the context is current.
 */
final class GlHeadRenderer {
    /** What can lie over the whole view; names in {@code screen.frag}. */
    private enum Cover {
        BACKDROP,
        FLAT_PICTURE,
        EARLIER
    }

    private static final int SHADOW_UNIT = 2;
    private static final float LINE_STRENGTH = 0.55f;

    private final Map<DrawMode, Program> surfaces = new EnumMap<>(DrawMode.class);
    private final Map<Cover, Program> covers = new EnumMap<>(Cover.class);
    private final int[] noVertices = new int[1];
    private final Map<LightRig, Integer> environments = new EnumMap<>(LightRig.class);
    private final List<ShadowMap> shadows = new ArrayList<>();
    private final Map<Integer, GlMesh> meshes = new HashMap<>();
    private final Map<Integer, Integer> textures = new HashMap<>();
    private ShownHead model;

    GlHeadRenderer(GL3 gl) {
        gl.glGenVertexArrays(1, noVertices, 0);
        gl.glEnable(GL3.GL_TEXTURE_CUBE_MAP_SEAMLESS);
    }

    /** Another head; what it is made of goes to the card when it is first drawn. */
    void show(GL3 gl, ShownHead next) {
        forget(gl);
        model = next;
    }

    private void forget(GL3 gl) {
        shadows.forEach(ShadowMap::forget);
        meshes.values().forEach(mesh -> mesh.dispose(gl));
        meshes.clear();
        textures.values().forEach(texture -> Textures.delete(gl, texture));
        textures.clear();
    }

    /** Draws the backdrop, and the head if there is one. */
    void draw(GL3 gl, Staging view, Target target) {
        boolean blends = model != null && view.fade() < 1 && view.before() != view.shape();
        int earlier = 0;
        if (blends) {
            one(gl, view, view.before(), target);
            earlier = target.resolve(gl);
        }
        one(gl, view, view.shape(), target);
        if (blends) {
            gl.glEnable(GL.GL_BLEND);
            gl.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA);
            cover(gl, Cover.EARLIER, earlier, (float) (1 - view.fade()), view);
            gl.glDisable(GL.GL_BLEND);
        }
    }

    private void one(GL3 gl, Staging view, int index, Target target) {
        if (model == null) {
            begin(gl, view, target);
            return;
        }
        int within = Math.clamp(index, 0, model.shapes().size() - 1);
        ShownHead.Shape shape = model.shapes().get(within);
        GlMesh mesh = meshes.computeIfAbsent(within, i -> new GlMesh(gl, shape.mesh()));
        int texture = shape.texture() < 0
                ? 0
                : textures.computeIfAbsent(
                        shape.texture(), i -> Textures.of(gl, model.textures().get(i)));
        if (view.mode() == DrawMode.SHADED) {
            shadows(gl, view, mesh);
        }
        begin(gl, view, target);
        if (view.mode() == DrawMode.ATLAS) {
            atlas(gl, view, mesh, shape, texture);
            return;
        }
        prepare(gl, view, shape, texture);
        gl.glEnable(GL.GL_DEPTH_TEST);
        gl.glEnable(GL.GL_CULL_FACE); // as the export's material is not double-sided, and as the stages see it
        if (view.mode() == DrawMode.WIREFRAME) {
            wireframe(gl, mesh);
        } else {
            mesh.draw(gl);
        }
        gl.glDisable(GL.GL_CULL_FACE);
        gl.glDisable(GL.GL_DEPTH_TEST);
    }

    private void begin(GL3 gl, Staging view, Target target) {
        target.bind(gl);
        gl.glDisable(GL.GL_DEPTH_TEST);
        gl.glClear(GL.GL_DEPTH_BUFFER_BIT);
        cover(gl, Cover.BACKDROP, 0, 1, view);
    }

    private void shadows(GL3 gl, Staging view, GlMesh mesh) {
        List<LightRig.Lamp> lamps = view.rig().lamps();
        for (int i = 0; i < lamps.size(); i++) {
            if (shadows.size() == i) {
                shadows.add(new ShadowMap(gl));
            }
            double[] towards = turned(lamps.get(i).towards(), view.turn());
            shadows.get(i).update(gl, program(gl, DrawMode.WIREFRAME), mesh, ShadowMap.matrix(model.bounds(), towards));
        }
    }

    /** A direction of a rig in the world, when the rig is turned about the vertical axis. */
    private static double[] turned(double[] d, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new double[] {cos * d[0] + sin * d[2], d[1], cos * d[2] - sin * d[0]};
    }

    private Program program(GL3 gl, DrawMode mode) {
        return surfaces.computeIfAbsent(
                mode, m -> new Program(gl, "head.vert", "head.frag", "#define MODE " + m + "\n"));
    }

    /** Lines of the front, hidden where the surface is before them. */
    private void wireframe(GL3 gl, GlMesh mesh) {
        gl.glEnable(GL.GL_POLYGON_OFFSET_FILL);
        gl.glPolygonOffset(1, 1);
        gl.glColorMask(false, false, false, false);
        mesh.draw(gl);
        gl.glColorMask(true, true, true, true);
        gl.glDisable(GL.GL_POLYGON_OFFSET_FILL);
        lines(gl, mesh);
    }

    private static void lines(GL3 gl, GlMesh mesh) {
        gl.glEnable(GL.GL_BLEND);
        gl.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA);
        gl.glPolygonMode(GL.GL_FRONT_AND_BACK, GL2GL3.GL_LINE);
        mesh.draw(gl);
        gl.glPolygonMode(GL.GL_FRONT_AND_BACK, GL2GL3.GL_FILL);
        gl.glDisable(GL.GL_BLEND);
    }

    private void atlas(GL3 gl, Staging view, GlMesh mesh, ShownHead.Shape shape, int texture) {
        if (texture != 0) {
            cover(gl, Cover.FLAT_PICTURE, texture, 1, view);
        }
        Program surface = prepare(gl, view, shape, texture);
        surface.set(gl, "flat_", 1);
        surface.set(gl, "fit", fit(view));
        lines(gl, mesh);
    }

    /** Of a square into the view, with a margin. */
    private static float[] fit(Staging view) {
        float side = 0.94f * Math.min(view.width(), view.height());
        return new float[] {side / view.width(), side / view.height()};
    }

    private void cover(GL3 gl, Cover what, int picture, float strength, Staging view) {
        Program screen = covers.computeIfAbsent(
                what, w -> new Program(gl, "screen.vert", "screen.frag", "#define WHAT " + w + "\n"));
        screen.use(gl);
        screen.set(gl, "top", view.backdrop().top());
        screen.set(gl, "bottom", view.backdrop().bottom());
        screen.set(gl, "fit", fit(view));
        screen.set(gl, "strength", strength);
        screen.set(gl, "picture", 0);
        gl.glActiveTexture(GL.GL_TEXTURE0);
        gl.glBindTexture(GL.GL_TEXTURE_2D, picture);
        gl.glBindVertexArray(noVertices[0]);
        gl.glDrawArrays(GL.GL_TRIANGLES, 0, 3);
        gl.glBindVertexArray(0);
    }

    private Program prepare(GL3 gl, Staging view, ShownHead.Shape shape, int texture) {
        Program surface = program(gl, view.mode());
        surface.use(gl);
        surface.set(gl, "flat_", 0);
        surface.set(gl, "view", view.camera().view());
        surface.set(gl, "projection", view.camera().projection((double) view.width() / view.height()));
        double[] eye = view.camera().eye();
        surface.set(gl, "eye", (float) eye[0], (float) eye[1], (float) eye[2]);
        surface.set(gl, "textured", texture != 0 ? 1 : 0);
        surface.set(gl, "roughness", shape.roughness());
        float[] ink = view.backdrop().ink();
        surface.set(gl, "ink", ink[0], ink[1], ink[2], LINE_STRENGTH);
        surface.set(gl, "albedo", 0);
        gl.glActiveTexture(GL.GL_TEXTURE0);
        gl.glBindTexture(GL.GL_TEXTURE_2D, texture);
        if (view.mode() == DrawMode.SHADED) {
            light(gl, view, surface);
        }
        return surface;
    }

    private void light(GL3 gl, Staging view, Program surface) {
        BakedLight baked = view.rig().baked();
        surface.set(gl, "exposure", (float) view.exposure());
        surface.setVectors(gl, "irradiance", baked.irradiance());
        surface.set(gl, "levels", (float) baked.levels().size());
        double cos = Math.cos(view.turn());
        double sin = Math.sin(view.turn());
        surface.set(gl, "turn", (float) cos, (float) sin);
        surface.set(gl, "reach", model.bounds().diagonal());
        List<LightRig.Lamp> lamps = view.rig().lamps();
        float[] towards = new float[3 * LightRig.MOST_LAMPS];
        float[] colour = new float[3 * LightRig.MOST_LAMPS];
        for (int i = 0; i < lamps.size(); i++) {
            double[] d = turned(lamps.get(i).towards(), view.turn());
            for (int k = 0; k < 3; k++) {
                towards[3 * i + k] = (float) d[k];
            }
            surface.set(gl, "toLamp[" + i + "]", ShadowMap.matrix(model.bounds(), d));
            shadows.get(i).bind(gl, SHADOW_UNIT + i);
            colour[3 * i] = (float) lamps.get(i).irradiance().red();
            colour[3 * i + 1] = (float) lamps.get(i).irradiance().green();
            colour[3 * i + 2] = (float) lamps.get(i).irradiance().blue();
        }
        surface.set(gl, "lamps", lamps.size());
        surface.setVectors(gl, "lampTowards", towards);
        surface.setVectors(gl, "lampColour", colour);
        for (int i = 0; i < LightRig.MOST_LAMPS; i++) {
            surface.set(gl, "shadow" + i, SHADOW_UNIT + i);
        }
        surface.set(gl, "reflection", 1);
        gl.glActiveTexture(GL.GL_TEXTURE1);
        gl.glBindTexture(
                GL.GL_TEXTURE_CUBE_MAP, environments.computeIfAbsent(view.rig(), rig -> Textures.of(gl, rig.baked())));
    }

    void dispose(GL3 gl) {
        forget(gl);
        environments.values().forEach(texture -> Textures.delete(gl, texture));
        shadows.forEach(shadow -> shadow.dispose(gl));
        gl.glDeleteVertexArrays(1, noVertices, 0);
        surfaces.values().forEach(program -> program.dispose(gl));
        covers.values().forEach(program -> program.dispose(gl));
    }

    /** What draws, for people who look for a fault. */
    static String describe(GL3 gl) {
        return gl.glGetString(GL.GL_RENDERER) + ", OpenGL " + gl.glGetString(GL.GL_VERSION) + ", GLSL "
                + gl.glGetString(GL2ES3.GL_SHADING_LANGUAGE_VERSION);
    }
}
