// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A Wavefront OBJ file as it stands: v, vt, vn and polygons f; other statements are ignored. OBJ's v coordinate grows
 * upwards, so it is flipped on the way in and out ({@link Mesh} has it growing downwards).
 *
 * @param positions float[3V], in file order
 * @param uvs float[2T], v down
 * @param normals float[3N]
 * @param triangles position index of each triangle corner (polygons as fans): int[3F]
 * @param triangleUvs index into {@code uvs} of each corner, −1 where the file gives none
 * @param triangleNormals index into {@code normals} of each corner, −1 where the file gives none
 */
public record Obj(
        float[] positions, float[] uvs, float[] normals, int[] triangles, int[] triangleUvs, int[] triangleNormals) {

    private static final long MAX_BYTES = 512L << 20;
    private static final int MAX_NUMBERS = 60_000_000;
    private static final int MAX_POLYGON = 1024;

    /** The positions and triangles alone, with the vertices in the order of the file. */
    public Mesh geometry() {
        return Mesh.of(positions, triangles);
    }

    /** A mesh with one vertex for each combination of position, texture coordinate and normal, in order of first use. */
    public Mesh mesh() {
        boolean withUvs = all(triangleUvs);
        boolean withNormals = all(triangleNormals);
        if (!withUvs && !withNormals) {
            return geometry();
        }
        record Corner(int position, int uv, int normal) {}
        Map<Corner, Integer> known = new HashMap<>();
        int[] out = new int[triangles.length];
        int[][] source = new int[3][triangles.length];
        for (int c = 0; c < out.length; c++) {
            Corner corner =
                    new Corner(triangles[c], withUvs ? triangleUvs[c] : -1, withNormals ? triangleNormals[c] : -1);
            Integer v = known.putIfAbsent(corner, known.size());
            if (v == null) {
                v = known.size() - 1;
                source[0][v] = corner.position;
                source[1][v] = corner.uv;
                source[2][v] = corner.normal;
            }
            out[c] = v;
        }
        int count = known.size();
        return new Mesh(
                MeshParts.gather(positions, 3, Arrays.copyOf(source[0], count)),
                out,
                withUvs ? MeshParts.gather(uvs, 2, Arrays.copyOf(source[1], count)) : null,
                withNormals ? MeshParts.gather(normals, 3, Arrays.copyOf(source[2], count)) : null);
    }

    private static boolean all(int[] indices) {
        return indices.length > 0 && Arrays.stream(indices).allMatch(i -> i >= 0);
    }

    /**
     * Reads a file of at most 512 MiB.
     *
     * @throws IOException when the file can't be read or isn't OBJ; the message names the file and line
     */
    public static Obj read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": " + Files.size(file) + " bytes is over the limit of " + MAX_BYTES);
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return new Parser(file.toString()).parse(reader);
        }
    }

    /** Reads OBJ text; {@code name} stands for the file in error messages. */
    public static Obj parse(String name, String text) throws IOException {
        return new Parser(name).parse(new StringReader(text));
    }

    /** OBJ text of a mesh, with its texture coordinates and normals; the same text for the same mesh. */
    public static String format(Mesh mesh) {
        StringBuilder out = new StringBuilder("# Eidolon\n");
        lines(out, "v", mesh.positions(), 3);
        if (mesh.uvs() != null) {
            float[] flipped = mesh.uvs().clone();
            for (int i = 1; i < flipped.length; i += 2) {
                flipped[i] = 1 - flipped[i];
            }
            lines(out, "vt", flipped, 2);
        }
        lines(out, "vn", mesh.normals(), 3);
        for (int c = 0; c < mesh.triangles().length; c++) {
            int i = mesh.triangles()[c] + 1;
            out.append(c % 3 == 0 ? "f " : " ").append(i);
            if (mesh.uvs() != null || mesh.normals() != null) {
                out.append('/').append(mesh.uvs() != null ? "" + i : "");
                out.append(mesh.normals() != null ? "/" + i : "");
            }
            out.append(c % 3 == 2 ? "\n" : "");
        }
        return out.toString();
    }

    private static void lines(StringBuilder out, String keyword, float[] values, int width) {
        for (int i = 0; values != null && i < values.length; i++) {
            out.append(i % width == 0 ? keyword + " " : " ")
                    .append(values[i])
                    .append(i % width == width - 1 ? "\n" : "");
        }
    }

    public static void write(Mesh mesh, Path file) throws IOException {
        Files.writeString(file, format(mesh));
    }

    private static final class Parser {
        private final String name;
        private int line;
        private final Numbers v = new Numbers();
        private final Numbers vt = new Numbers();
        private final Numbers vn = new Numbers();
        private final int[][] corners = {new int[3072], new int[3072], new int[3072]};
        private int cornerCount;

        Parser(String name) {
            this.name = name;
        }

        Obj parse(Reader source) throws IOException {
            BufferedReader reader = source instanceof BufferedReader b ? b : new BufferedReader(source);
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                statement(text.split("[ \\t\\r]+"));
            }
            float[] uvs = vt.array();
            for (int i = 1; i < uvs.length; i += 2) {
                uvs[i] = 1 - uvs[i];
            }
            return new Obj(v.array(), uvs, vn.array(), corners(0), corners(1), corners(2));
        }

        private int[] corners(int kind) {
            return Arrays.copyOf(corners[kind], cornerCount);
        }

        private void statement(String[] words) throws IOException {
            int first = words.length > 0 && words[0].isEmpty() ? 1 : 0;
            if (words.length <= first) {
                return;
            }
            switch (words[first]) {
                case "v" -> numbers(words, first, 3, v);
                case "vt" -> numbers(words, first, 2, vt);
                case "vn" -> numbers(words, first, 3, vn);
                case "f" -> polygon(words, first + 1);
                default -> {} // groups, materials, lines, comments: nothing a Mesh holds
            }
        }

        private void numbers(String[] words, int first, int count, Numbers into) throws IOException {
            if (words.length < first + 1 + count) {
                throw error("'" + words[first] + "' needs " + count + " numbers");
            }
            for (int i = 1; i <= count; i++) {
                try {
                    float value = Float.parseFloat(words[first + i]);
                    if (!Float.isFinite(value)) {
                        throw error("'" + words[first + i] + "' is not finite");
                    }
                    into.add(value);
                } catch (NumberFormatException e) {
                    throw error("'" + words[first + i] + "' is not a number");
                }
            }
            if (into.count > MAX_NUMBERS) {
                throw error("more than " + MAX_NUMBERS / count + " '" + words[first] + "' lines");
            }
        }

        private void polygon(String[] words, int from) throws IOException {
            int n = words.length - from;
            if (n < 3 || n > MAX_POLYGON) {
                throw error("a face of " + n + " corners; 3 to " + MAX_POLYGON + " are read");
            }
            int[][] indices = new int[n][];
            for (int i = 0; i < n; i++) {
                indices[i] = corner(words[from + i]);
            }
            for (int i = 2; i < n; i++) {
                add(indices[0]);
                add(indices[i - 1]);
                add(indices[i]);
            }
        }

        private int[] corner(String word) throws IOException {
            String[] parts = word.split("/", -1);
            if (parts.length > 3) {
                throw error("'" + word + "' is not a face corner");
            }
            int[] result = {-1, -1, -1};
            int[] counts = {v.count / 3, vt.count / 2, vn.count / 3};
            for (int k = 0; k < parts.length; k++) {
                if (parts[k].isEmpty() && k > 0) {
                    continue;
                }
                int index;
                try {
                    index = Integer.parseInt(parts[k]);
                } catch (NumberFormatException e) {
                    throw error("'" + word + "' is not a face corner");
                }
                result[k] = index < 0 ? counts[k] + index : index - 1;
                if (index == 0 || result[k] < 0 || result[k] >= counts[k]) {
                    throw error("'" + word + "' names entry " + index + " of " + counts[k]);
                }
            }
            return result;
        }

        private void add(int[] corner) throws IOException {
            if (cornerCount == corners[0].length) {
                if (cornerCount > MAX_NUMBERS) {
                    throw error("more than " + MAX_NUMBERS / 3 + " triangles");
                }
                for (int k = 0; k < 3; k++) {
                    corners[k] = Arrays.copyOf(corners[k], 2 * cornerCount);
                }
            }
            for (int k = 0; k < 3; k++) {
                corners[k][cornerCount] = corner[k];
            }
            cornerCount++;
        }

        private IOException error(String what) {
            return new IOException(name + ", line " + line + ": " + what);
        }
    }

    private static final class Numbers {
        private float[] values = new float[3072];
        private int count;

        void add(float value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        float[] array() {
            return Arrays.copyOf(values, count);
        }
    }
}
