// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import com.jogamp.opengl.GL2ES2;
import com.jogamp.opengl.GL3;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A program of shaders, which lie beside this class without their line of a version. */
final class Program {
    private static final String VERSION = "#version 330 core\n";

    private final int id;
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * @param constants lines that are put before the fragment shader's first
     * @throws GlException with what the compiler says
     */
    Program(GL3 gl, String vertex, String fragment, String constants) {
        id = gl.glCreateProgram();
        int first = compile(gl, GL2ES2.GL_VERTEX_SHADER, vertex, "");
        int second = compile(gl, GL2ES2.GL_FRAGMENT_SHADER, fragment, constants);
        gl.glAttachShader(id, first);
        gl.glAttachShader(id, second);
        gl.glLinkProgram(id);
        gl.glDeleteShader(first);
        gl.glDeleteShader(second);
        int[] done = new int[1];
        gl.glGetProgramiv(id, GL2ES2.GL_LINK_STATUS, done, 0);
        if (done[0] == 0) {
            byte[] log = new byte[4096];
            int[] length = new int[1];
            gl.glGetProgramInfoLog(id, log.length, length, 0, log, 0);
            throw new GlException(vertex + " and " + fragment + " do not link: " + text(log, length[0]));
        }
    }

    private static int compile(GL3 gl, int kind, String name, String constants) {
        int shader = gl.glCreateShader(kind);
        gl.glShaderSource(shader, 1, new String[] {VERSION + constants + source(name)}, null);
        gl.glCompileShader(shader);
        int[] done = new int[1];
        gl.glGetShaderiv(shader, GL2ES2.GL_COMPILE_STATUS, done, 0);
        if (done[0] == 0) {
            byte[] log = new byte[4096];
            int[] length = new int[1];
            gl.glGetShaderInfoLog(shader, log.length, length, 0, log, 0);
            throw new GlException(name + " does not compile: " + text(log, length[0]));
        }
        return shader;
    }

    private static String text(byte[] log, int length) {
        return new String(log, 0, length, StandardCharsets.UTF_8).strip();
    }

    private static String source(String name) {
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void use(GL3 gl) {
        gl.glUseProgram(id);
    }

    /** Where a uniform is; -1, which OpenGL ignores, when the compiler has dropped it. */
    int at(GL3 gl, String name) {
        return places.computeIfAbsent(name, n -> gl.glGetUniformLocation(id, n));
    }

    void set(GL3 gl, String name, int value) {
        gl.glUniform1i(at(gl, name), value);
    }

    void set(GL3 gl, String name, float... values) {
        int place = at(gl, name);
        switch (values.length) {
            case 1 -> gl.glUniform1f(place, values[0]);
            case 2 -> gl.glUniform2f(place, values[0], values[1]);
            case 3 -> gl.glUniform3f(place, values[0], values[1], values[2]);
            case 4 -> gl.glUniform4f(place, values[0], values[1], values[2], values[3]);
            case 16 -> gl.glUniformMatrix4fv(place, 1, false, values, 0);
            default -> throw new IllegalArgumentException(name + " takes no " + values.length + " numbers");
        }
    }

    /** An array of vectors. */
    void setVectors(GL3 gl, String name, float[] values) {
        gl.glUniform3fv(at(gl, name), values.length / 3, values, 0);
    }

    void dispose(GL3 gl) {
        gl.glDeleteProgram(id);
    }
}
