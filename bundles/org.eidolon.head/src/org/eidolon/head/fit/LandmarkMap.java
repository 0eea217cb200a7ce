// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eidolon.head.model.HeadModel;

/**
 * Where on a head model each landmark of a photo lies. Found by rendering painted heads, finding their landmarks and
 * looking up the point of the surface under each ({@code eidolon train landmarks}).
 *
 * @param vertices three vertices of the model for each landmark, int[3L]
 * @param weights barycentric weights of these, float[3L]
 * @param trust how much a landmark counts, 0 to 1, float[L]: those that slide over the surface as the head turns count less
 */
public record LandmarkMap(int[] vertices, float[] weights, float[] trust) {
    /** The map between the landmark network and the head model that ship with Eidolon. */
    private static final String STARTER = "landmarks.json";

    public LandmarkMap {
        if (vertices.length != 3 * trust.length || weights.length != vertices.length) {
            throw new IllegalArgumentException("a landmark has three vertices, three weights and a trust; there are "
                    + vertices.length + ", " + weights.length + " and " + trust.length);
        }
    }

    /** @throws IllegalArgumentException if it names vertices that the model does not have */
    public static LandmarkMap starter(HeadModel model) {
        try (InputStream in = LandmarkMap.class.getResourceAsStream(STARTER)) {
            LandmarkMap map = new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), LandmarkMap.class);
            for (int v : map.vertices) {
                if (v < 0 || v >= model.vertexCount()) {
                    throw new IllegalArgumentException(
                            "the landmarks belong to another head model: vertex " + v + " of " + model.vertexCount());
                }
            }
            return map;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParseException e) {
            throw new IllegalStateException(STARTER + " is damaged", e);
        }
    }

    public int count() {
        return trust.length;
    }

    /** Values of the landmarks, (L, 3), from values of the vertices, (V, 3). */
    public double[] at(float[] values) {
        double[] out = new double[vertices.length];
        for (int i = 0; i < vertices.length; i++) {
            for (int k = 0; k < 3; k++) out[i / 3 * 3 + k] += (double) weights[i] * values[3 * vertices[i] + k];
        }
        return out;
    }
}
