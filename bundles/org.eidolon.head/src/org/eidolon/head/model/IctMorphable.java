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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the light ICT face model (Li et al., Learning Formation of Physically-Based Face Attributes, CVPR 2020) with all
 * its parts, polygons and texture coordinates. {@link IctFaceKit} reads what training renders need of the same folder.
 */
public final class IctMorphable {
    private static final String NEUTRAL = "generic_neutral_mesh.obj";
    private static final String INDICES = "vertex_indices.json";

    /** The first vertex of each region; the model's authors list the ranges, the eyes are parted by their materials. */
    private static final TreeMap<Integer, HeadRegion> ICT = new TreeMap<>(Map.ofEntries(
            Map.entry(0, HeadRegion.FACE),
            Map.entry(9409, HeadRegion.HEAD),
            Map.entry(11248, HeadRegion.MOUTH_SOCKET),
            Map.entry(13294, HeadRegion.EYE_SOCKETS),
            Map.entry(14062, HeadRegion.GUMS),
            Map.entry(17039, HeadRegion.TEETH),
            Map.entry(21451, HeadRegion.EYE_LEFT),
            Map.entry(22221, HeadRegion.IRIS_LEFT),
            Map.entry(23021, HeadRegion.EYE_RIGHT),
            Map.entry(23791, HeadRegion.IRIS_RIGHT),
            Map.entry(24591, HeadRegion.TEARS),
            Map.entry(24999, HeadRegion.EYE_BLEND),
            Map.entry(25047, HeadRegion.EYE_OCCLUSION),
            Map.entry(25351, HeadRegion.LASHES)));

    private static final int VERTICES = 26719;

    /** Names of sheets by material and tile. */
    private static final Map<String, String> SHEETS = Map.ofEntries(
            Map.entry("M_Face-0", "face"),
            Map.entry("M_BackHead-1", "head"),
            Map.entry("M_GumsTongue-2", "gums"),
            Map.entry("M_Teeth-3", "teeth"),
            Map.entry("M_ScleraLeft-0", "eye-left"),
            Map.entry("M_IrisLeft-0", "iris-left"),
            Map.entry("M_ScleraRight-0", "eye-right"),
            Map.entry("M_IrisRight-0", "iris-right"),
            Map.entry("M_LacrimalFluid-4", "tears-left"),
            Map.entry("M_LacrimalFluid-5", "tears-right"),
            Map.entry("M_EyeBlend-0", "eye-blend"),
            Map.entry("M_EyeOcclusion-0", "eye-occlusion"),
            Map.entry("M_EyeLashes-6", "lashes"));

    private final Path folder;
    private final TreeMap<Integer, HeadRegion> regions;
    private final int vertices;

    private IctMorphable(Path folder, TreeMap<Integer, HeadRegion> regions, int vertices) {
        this.folder = folder;
        this.regions = regions;
        this.vertices = vertices;
    }

    /**
     * Reads the model; takes some seconds (158 text files of two megabytes).
     *
     * @throws IOException if a file is missing, damaged or has another vertex count; the message names it
     */
    public static MorphableHead read(Path folder) throws IOException {
        return read(folder, ICT, VERTICES);
    }

    /** Reads a model whose files hold other vertices than ICT-FaceKit's: the first of each region, and how many. */
    static MorphableHead read(Path folder, TreeMap<Integer, HeadRegion> regions, int vertices) throws IOException {
        if (!IctFaceKit.isFolder(folder)) {
            throw new IOException(
                    folder + " holds no " + NEUTRAL + ": give the FaceXModel folder of an ICT-FaceKit checkout");
        }
        try {
            return new IctMorphable(folder, regions, vertices).read();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IllegalArgumentException | JsonParseException | IllegalStateException | ClassCastException e) {
            throw new IOException(folder + " is damaged: " + e.getMessage(), e);
        }
    }

    private MorphableHead read() throws IOException {
        Neutral mesh = new Neutral();
        float[] raw = vertices(folder.resolve(NEUTRAL), mesh);
        float[] neutral = new float[raw.length];
        for (int i = 0; i < raw.length; i++) neutral[i] = HeadSpace.fromCentimetres(raw[i], i % 3);
        JsonObject indices = JsonParser.parseString(Files.readString(folder.resolve(INDICES)))
                .getAsJsonObject();
        int[] landmarks = array(indices, "idx_to_landmark_verts").asList().stream()
                .mapToInt(e -> e.getAsInt())
                .toArray();
        List<String> shapes = shapeNames(indices);
        List<Path> identities = files("identity\\d+");
        if (identities.isEmpty()) throw new IOException(folder + " holds no identity000.obj and the like");
        byte[] regionOf = new byte[vertices];
        for (int v = 0; v < vertices; v++)
            regionOf[v] = (byte) regions.floorEntry(v).getValue().ordinal();
        return new MorphableHead(
                mesh.topology(regionOf),
                neutral,
                offsets(identities, raw),
                shapes,
                offsets(shapes.stream().map(n -> folder.resolve(n + ".obj")).toList(), raw),
                landmarks);
    }

    /** The listed shapes in their order, which codes of expressions follow; then those that only have a file. */
    private List<String> shapeNames(JsonObject indices) throws IOException {
        List<String> listed = new ArrayList<>();
        for (var name : array(indices, "expressions")) {
            if (!name.getAsString().matches("\\w+")) {
                throw new IOException(
                        INDICES + " has an expression called '" + name.getAsString() + "', which is no file name");
            }
            listed.add(name.getAsString());
        }
        TreeSet<String> others = new TreeSet<>();
        for (Path file : files("(?!identity\\d)(?!generic_)\\w+")) {
            String name = file.getFileName().toString();
            others.add(name.substring(0, name.length() - 4));
        }
        listed.forEach(others::remove);
        return Stream.concat(listed.stream(), others.stream()).toList();
    }

    private List<Path> files(String pattern) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches(pattern + "\\.obj"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonArray array(JsonObject object, String name) throws IOException {
        if (object.get(name) instanceof JsonArray array) return array;
        throw new IOException(INDICES + " has no list '" + name + "'");
    }

    private List<float[]> offsets(List<Path> files, float[] neutral) {
        return files.parallelStream().map(file -> offset(file, neutral)).toList();
    }

    private float[] offset(Path file, float[] neutral) {
        try {
            float[] offset = vertices(file, null);
            for (int i = 0; i < offset.length; i++) offset[i] = (offset[i] - neutral[i]) / HeadSpace.CENTIMETRES;
            return offset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Positions; where a mesh is given it gets the file's other lines (the modes' files repeat the same faces). */
    private float[] vertices(Path file, Neutral mesh) throws IOException {
        if (!Files.exists(file)) throw new IOException(file + " is missing: the ICT-FaceKit folder is not whole");
        float[] out = new float[3 * vertices];
        int count = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("v ")) {
                    if (++count > vertices) break;
                    String[] words = line.trim().split("\\s+");
                    if (words.length < 4) throw new IOException(file + " has a vertex with less than 3 numbers");
                    for (int i = 0; i < 3; i++) out[3 * count - 3 + i] = Float.parseFloat(words[1 + i]);
                } else if (mesh != null) {
                    mesh.line(line.trim().split("\\s+"));
                } else if (line.startsWith("f ")) {
                    break;
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        if (count != vertices) {
            String found = count > vertices ? "more" : Integer.toString(count);
            throw new IOException(file + " has " + found + " vertices where ICT-FaceKit has " + vertices);
        }
        return out;
    }

    /** Polygons, texture coordinates and materials of the neutral head's file. */
    private final class Neutral {
        private final List<float[]> uv = new ArrayList<>();
        private final List<int[]> polygons = new ArrayList<>();
        private final List<int[]> corners = new ArrayList<>();
        private final List<String> materials = new ArrayList<>();
        private String material = "";

        void line(String[] words) {
            switch (words[0]) {
                case "vt" -> uv.add(new float[] {Float.parseFloat(words[1]), Float.parseFloat(words[2])});
                case "usemtl" -> material = words[1];
                case "f" -> face(words);
                default -> {}
            }
        }

        private void face(String[] words) {
            if (words.length < 4 || words.length > 5) {
                throw new IllegalArgumentException(NEUTRAL + " has a face of " + (words.length - 1) + " corners");
            }
            int[] polygon = {-1, -1, -1, -1};
            int[] corner = polygon.clone();
            for (int i = 1; i < words.length; i++) {
                String[] parts = words[i].split("/");
                if (parts.length < 2 || parts[1].isEmpty()) {
                    throw new IllegalArgumentException(NEUTRAL + " has a corner without texture coordinate");
                }
                polygon[i - 1] = Integer.parseInt(parts[0]) - 1;
                corner[i - 1] = Integer.parseInt(parts[1]) - 1;
            }
            polygons.add(polygon);
            corners.add(corner);
            materials.add(material);
        }

        /** A sheet is a material's tile of the plane: the file numbers tiles by the whole part of u (UDIM). */
        HeadTopology topology(byte[] regionOf) {
            float[] flat = new float[2 * uv.size()];
            for (int i = 0; i < uv.size(); i++) {
                flat[2 * i] = uv.get(i)[0] - (float) Math.floor(uv.get(i)[0]);
                flat[2 * i + 1] = uv.get(i)[1];
            }
            Map<String, Integer> sheets = new LinkedHashMap<>();
            byte[] sheetOf = new byte[polygons.size()];
            for (int f = 0; f < sheetOf.length; f++) {
                String square = materials.get(f) + "-" + tile(f);
                String name = SHEETS.getOrDefault(square, square);
                sheetOf[f] = sheets.computeIfAbsent(name, n -> sheets.size()).byteValue();
            }
            return new HeadTopology(
                    vertices, flat(polygons), flat, flat(corners), List.copyOf(sheets.keySet()), sheetOf, regionOf);
        }

        private int tile(int f) {
            int[] tiles = IntStream.of(corners.get(f))
                    .filter(c -> c >= 0 && c < uv.size())
                    .map(c -> (int) Math.floor(uv.get(c)[0]))
                    .distinct()
                    .toArray();
            if (tiles.length != 1) {
                throw new IllegalArgumentException(NEUTRAL + " has a face across tiles " + Arrays.toString(tiles));
            }
            return tiles[0];
        }

        private static int[] flat(List<int[]> fours) {
            return fours.stream().flatMapToInt(Arrays::stream).toArray();
        }
    }
}
