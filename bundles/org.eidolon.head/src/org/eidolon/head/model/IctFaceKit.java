// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.head.model.HeadModel.Part;

/**
 * Reads the light ICT face model (Li et al., Learning Formation of Physically-Based Face Attributes, CVPR 2020) from a
 * folder of the layout its authors publish: a neutral head, identityNNN.obj, one file for each expression shape and
 * vertex_indices.json. Vertices that training renders do without (lashes, tear fluid, the irises hidden behind the
 * sclera) are dropped.
 */
public final class IctFaceKit {
    private static final int ICT_VERTICES = 26719;

    /** First vertex and part of each range; a null part is dropped. */
    private static final Object[][] RANGES = {
        {0, Part.FACE},
        {9409, Part.NECK},
        {11248, Part.MOUTH},
        {13294, Part.EYE_SOCKET},
        {14062, Part.GUMS},
        {17039, Part.TEETH},
        {21451, Part.EYE},
        {22221, null},
        {23021, Part.EYE},
        {23791, null},
    };

    private IctFaceKit() {}

    /** Whether the folder looks like an ICT-FaceKit model. */
    public static boolean isFolder(Path folder) {
        return Files.exists(folder.resolve("generic_neutral_mesh.obj"));
    }

    /**
     * Reads the model; takes some seconds (158 text files).
     *
     * @throws IOException if a file is missing or has another vertex count; the message names it
     */
    public static HeadModel read(Path folder) throws IOException {
        if (!isFolder(folder)) {
            throw new IOException(folder + " holds no generic_neutral_mesh.obj: give the FaceXModel folder of an"
                    + " ICT-FaceKit checkout, or a file made by `eidolon train pack`");
        }
        int[] keep = keptVertices();
        int[] renumber = new int[ICT_VERTICES];
        Arrays.fill(renumber, -1);
        for (int i = 0; i < keep.length; i++) renumber[keep[i]] = i;

        List<int[]> faces = new ArrayList<>();
        float[] raw = readVertices(folder.resolve("generic_neutral_mesh.obj"), faces);
        float[] neutral = new float[keep.length * 3];
        for (int i = 0; i < neutral.length; i++) {
            neutral[i] = HeadSpace.fromCentimetres(raw[keep[i / 3] * 3 + i % 3], i % 3);
        }
        int[] triangles = faces.stream()
                .flatMapToInt(f -> IntStream.range(2, f.length).flatMap(i -> IntStream.of(f[0], f[i - 1], f[i])))
                .map(v -> renumber[v])
                .toArray();
        JsonObject indices = JsonParser.parseString(Files.readString(folder.resolve("vertex_indices.json")))
                .getAsJsonObject();
        List<String> names = new ArrayList<>();
        indices.getAsJsonArray("expressions").forEach(e -> names.add(e.getAsString()));
        int[] landmarks = indices.getAsJsonArray("idx_to_landmark_verts").asList().stream()
                .mapToInt(e -> renumber[e.getAsInt()])
                .toArray();
        List<Path> identityFiles;
        try (var files = Files.list(folder)) {
            identityFiles = files.filter(f -> f.getFileName().toString().matches("identity\\d+\\.obj"))
                    .sorted()
                    .toList();
        }
        List<float[]> identities = offsets(identityFiles, raw, keep);
        List<float[]> shapes = offsets(
                names.stream().map(n -> folder.resolve(n + ".obj")).toList(), raw, keep);
        return new HeadModel(neutral, identities, names, shapes, drop(triangles), partsOf(keep), landmarks);
    }

    private static List<float[]> offsets(List<Path> files, float[] neutral, int[] keep) throws IOException {
        List<float[]> all = new ArrayList<>();
        for (Path file : files) {
            float[] raw = readVertices(file, null);
            float[] offset = new float[keep.length * 3];
            for (int i = 0; i < offset.length; i++) {
                int source = keep[i / 3] * 3 + i % 3;
                offset[i] = (raw[source] - neutral[source]) / HeadSpace.CENTIMETRES;
            }
            all.add(offset);
        }
        return all;
    }

    /** Triangles whose three vertices are kept. */
    private static int[] drop(int[] triangles) {
        return IntStream.range(0, triangles.length / 3)
                .filter(t -> triangles[3 * t] >= 0 && triangles[3 * t + 1] >= 0 && triangles[3 * t + 2] >= 0)
                .flatMap(t -> IntStream.of(triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2]))
                .toArray();
    }

    private static int[] keptVertices() {
        return IntStream.rangeClosed(0, 24590).filter(v -> partOf(v) != null).toArray();
    }

    private static byte[] partsOf(int[] vertices) {
        byte[] parts = new byte[vertices.length];
        for (int i = 0; i < parts.length; i++) parts[i] = (byte) partOf(vertices[i]).ordinal();
        return parts;
    }

    private static Part partOf(int vertex) {
        Part part = null;
        for (Object[] range : RANGES) if (vertex >= (int) range[0]) part = (Part) range[1];
        return part;
    }

    /** Vertices only (the modes' files repeat the same faces); polygons are collected where a list is given. */
    private static float[] readVertices(Path file, List<int[]> faces) throws IOException {
        float[] vertices = new float[ICT_VERTICES * 3];
        int count = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("v ")) {
                    if (count == ICT_VERTICES) break;
                    String[] xyz = line.substring(2).trim().split("\\s+");
                    for (int i = 0; i < 3; i++) vertices[count * 3 + i] = Float.parseFloat(xyz[i]);
                    count++;
                } else if (faces != null && line.startsWith("f ")) {
                    faces.add(Arrays.stream(line.substring(2).trim().split("\\s+"))
                            .mapToInt(c -> Integer.parseInt(c.substring(0, (c + "/").indexOf('/'))) - 1)
                            .toArray());
                }
            }
        }
        if (count != ICT_VERTICES) {
            throw new IOException(file + " has " + count + " vertices where ICT-FaceKit has " + ICT_VERTICES);
        }
        return vertices;
    }
}
