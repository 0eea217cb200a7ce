// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.IntStream;
import org.eidolon.head.model.HeadModel.Part;

/**
 * Reads the light ICT face model (Li et al., Learning Formation of Physically-Based Face Attributes, CVPR 2020) from a
 * folder of the layout its authors publish: a neutral head, identityNNN.obj, one file for each expression shape and
 * vertex_indices.json. Vertices that training renders do without (lashes, tear fluid, the irises hidden behind the
 * sclera) are dropped.
 */
public final class IctFaceKit {
    private static final String NEUTRAL = "generic_neutral_mesh.obj";
    private static final String INDICES = "vertex_indices.json";

    /** Vertices from `first` up to the next range; a null part is dropped. */
    record Range(int first, Part part) {}

    /** What the vertices of a model's files are. */
    record Layout(int vertices, List<Range> ranges) {
        Part part(int vertex) {
            Part part = null;
            for (Range range : ranges) if (vertex >= range.first) part = range.part;
            return part;
        }
    }

    private static final Layout ICT = new Layout(
            26719,
            List.of(
                    new Range(0, Part.FACE),
                    new Range(9409, Part.NECK),
                    new Range(11248, Part.MOUTH),
                    new Range(13294, Part.EYE_SOCKET),
                    new Range(14062, Part.GUMS),
                    new Range(17039, Part.TEETH),
                    new Range(21451, Part.EYE),
                    new Range(22221, null),
                    new Range(23021, Part.EYE),
                    new Range(23791, null)));

    private final Path folder;
    private final Layout layout;
    private final int[] keep;

    private IctFaceKit(Path folder, Layout layout) {
        this.folder = folder;
        this.layout = layout;
        keep = IntStream.range(0, layout.vertices)
                .filter(v -> layout.part(v) != null)
                .toArray();
    }

    /** Whether the folder looks like an ICT-FaceKit model. */
    public static boolean isFolder(Path folder) {
        return Files.exists(folder.resolve(NEUTRAL));
    }

    /**
     * Reads the model; takes some seconds (154 text files of two megabytes).
     *
     * @throws IOException if a file is missing, damaged or has another vertex count; the message names it
     */
    public static HeadModel read(Path folder) throws IOException {
        return read(folder, ICT);
    }

    /** Reads a model whose files hold other vertices than ICT-FaceKit's. */
    static HeadModel read(Path folder, Layout layout) throws IOException {
        if (!isFolder(folder)) {
            throw new IOException(folder + " holds no " + NEUTRAL + ": give the FaceXModel folder of an ICT-FaceKit"
                    + " checkout, or a file made by `eidolon train pack`");
        }
        try {
            return new IctFaceKit(folder, layout).read();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IllegalArgumentException | JsonParseException | IllegalStateException | ClassCastException e) {
            throw new IOException(folder + " is damaged: " + e.getMessage(), e);
        }
    }

    private HeadModel read() throws IOException {
        int[] renumber = new int[layout.vertices];
        Arrays.fill(renumber, -1);
        for (int i = 0; i < keep.length; i++) renumber[keep[i]] = i;

        List<int[]> faces = new ArrayList<>();
        float[] raw = vertices(folder.resolve(NEUTRAL), faces);
        float[] neutral = new float[keep.length * 3];
        for (int i = 0; i < neutral.length; i++) {
            neutral[i] = HeadSpace.fromCentimetres(raw[keep[i / 3] * 3 + i % 3], i % 3);
        }
        int[] triangles = triangles(faces, renumber);
        JsonObject indices = JsonParser.parseString(Files.readString(folder.resolve(INDICES)))
                .getAsJsonObject();
        List<String> names = new ArrayList<>();
        for (var name : array(indices, "expressions")) names.add(plain(name.getAsString()));
        int[] landmarks = array(indices, "idx_to_landmark_verts").asList().stream()
                .mapToInt(e -> renumber[inside(e.getAsInt(), INDICES)])
                .toArray();
        List<Path> identities;
        try (var files = Files.list(folder)) {
            identities = files.filter(f -> f.getFileName().toString().matches("identity\\d+\\.obj"))
                    .sorted()
                    .toList();
        }
        if (identities.isEmpty()) throw new IOException(folder + " holds no identity000.obj and the like");
        byte[] parts = new byte[keep.length];
        for (int i = 0; i < parts.length; i++)
            parts[i] = (byte) layout.part(keep[i]).ordinal();
        return new HeadModel(
                neutral,
                offsets(identities, raw),
                names,
                offsets(names.stream().map(n -> folder.resolve(n + ".obj")).toList(), raw),
                triangles,
                parts,
                landmarks);
    }

    private static JsonArray array(JsonObject object, String name) throws IOException {
        if (object.get(name) instanceof JsonArray array) return array;
        throw new IOException(INDICES + " has no list '" + name + "'");
    }

    /** A shape's name becomes a file name, so that it may not lead elsewhere. */
    private static String plain(String name) throws IOException {
        if (name.matches("\\w+")) return name;
        throw new IOException(INDICES + " has an expression called '" + name + "', which is no file name");
    }

    private int inside(int vertex, String where) {
        if (vertex >= 0 && vertex < layout.vertices) return vertex;
        throw new IllegalArgumentException(where + " names vertex " + vertex + " of " + layout.vertices);
    }

    private List<float[]> offsets(List<Path> files, float[] neutral) {
        return files.parallelStream().map(file -> offset(file, neutral)).toList();
    }

    private float[] offset(Path file, float[] neutral) {
        try {
            float[] raw = vertices(file, null);
            float[] offset = new float[keep.length * 3];
            for (int i = 0; i < offset.length; i++) {
                int source = keep[i / 3] * 3 + i % 3;
                offset[i] = (raw[source] - neutral[source]) / HeadSpace.CENTIMETRES;
            }
            return offset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Polygons as fans of triangles, without those that lost a vertex. */
    private int[] triangles(List<int[]> faces, int[] renumber) {
        List<int[]> kept = new ArrayList<>();
        for (int[] f : faces) {
            int[] own = Arrays.stream(f).map(v -> renumber[inside(v, NEUTRAL)]).toArray();
            for (int i = 2; i < own.length; i++) {
                if (own[0] >= 0 && own[i - 1] >= 0 && own[i] >= 0) kept.add(new int[] {own[0], own[i - 1], own[i]});
            }
        }
        return kept.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** Vertices only (the modes' files repeat the same faces); polygons are collected where a list is given. */
    private float[] vertices(Path file, List<int[]> faces) throws IOException {
        if (!Files.exists(file)) throw new IOException(file + " is missing: the ICT-FaceKit folder is not whole");
        float[] vertices = new float[layout.vertices * 3];
        int count = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("v ")) {
                    if (++count > layout.vertices) break;
                    StringTokenizer xyz = new StringTokenizer(line.substring(2));
                    if (xyz.countTokens() < 3) throw new IOException(file + " has a vertex with less than 3 numbers");
                    for (int i = 0; i < 3; i++) vertices[count * 3 - 3 + i] = Float.parseFloat(xyz.nextToken());
                } else if (line.startsWith("f ")) {
                    if (faces == null) break;
                    faces.add(Arrays.stream(line.substring(2).trim().split("\\s+"))
                            .mapToInt(c -> Integer.parseInt(c.substring(0, (c + "/").indexOf('/'))) - 1)
                            .toArray());
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        if (count != layout.vertices) {
            String found = count > layout.vertices ? "more" : Integer.toString(count);
            throw new IOException(file + " has " + found + " vertices where ICT-FaceKit has " + layout.vertices);
        }
        return vertices;
    }
}
