// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is the same for every head and expression of a {@link MorphableHead}: polygons, texture layout and regions. F
 * polygons, V vertices, T texture coordinates.
 *
 * @param vertexCount V
 * @param polygons vertex of each corner, int[4F], seen from outside against the clock; a triangle's fourth is −1
 * @param uv texture coordinates u, v in 0…1, v upwards, float[2T]
 * @param corners texture coordinate of each corner, int[4F]; −1 where the polygon has no such corner
 * @param sheets names of the square pictures that the texture coordinates lie in
 * @param sheetOf sheet of each polygon, byte[F]; all corners lie in the same one
 * @param regionOf {@link HeadRegion} of each vertex by ordinal, byte[V]
 */
public record HeadTopology(
        int vertexCount,
        int[] polygons,
        float[] uv,
        int[] corners,
        List<String> sheets,
        byte[] sheetOf,
        byte[] regionOf) {

    public HeadTopology {
        require(vertexCount > 0, "it has no vertices");
        require(polygons.length % 4 == 0, "its polygons are no whole number of four corners");
        require(corners.length == polygons.length, "it has texture coordinates for another number of corners");
        require(uv.length % 2 == 0, "it has no whole number of texture coordinates");
        require(sheetOf.length == polygons.length / 4, "the sheets do not cover the polygons");
        require(regionOf.length == vertexCount, "the regions do not cover the vertices");
        for (int i = 0; i < polygons.length; i++) {
            int least = i % 4 == 3 ? -1 : 0;
            require(polygons[i] >= least && polygons[i] < vertexCount, "a polygon names vertex " + polygons[i]);
            require(corners[i] >= least && corners[i] < uv.length / 2, "a corner names texture place " + corners[i]);
            require(polygons[i] < 0 == corners[i] < 0, "a triangle has a fourth corner in its texture");
        }
        for (float c : uv) require(c >= 0 && c <= 1, "a texture coordinate is " + c);
        for (byte s : sheetOf) require(s >= 0 && s < sheets.size(), "a polygon lies in sheet " + s);
        for (byte r : regionOf) require(r >= 0 && r < HeadRegion.values().length, "a vertex is of region " + r);
        sheets = List.copyOf(sheets);
    }

    private static void require(boolean condition, String message) {
        if (!condition) throw new IllegalArgumentException("not a head's topology: " + message);
    }

    public int polygonCount() {
        return sheetOf.length;
    }

    public HeadRegion region(int vertex) {
        return HeadRegion.values()[regionOf[vertex]];
    }

    /** The region of a polygon: the last one among its corners'. */
    public HeadRegion regionOfPolygon(int polygon) {
        int last = 0;
        for (int i = 4 * polygon; i < 4 * polygon + 4; i++) {
            if (polygons[i] >= 0) last = Math.max(last, regionOf[polygons[i]]);
        }
        return HeadRegion.values()[last];
    }

    /** Vertices of a region, ascending; empty if the model lacks it. */
    public int[] vertices(HeadRegion region) {
        return IntStream.range(0, vertexCount)
                .filter(v -> regionOf[v] == region.ordinal())
                .toArray();
    }

    /** Polygons of a region, ascending; empty if the model lacks it. */
    public int[] polygons(HeadRegion region) {
        return IntStream.range(0, polygonCount())
                .filter(f -> regionOfPolygon(f) == region)
                .toArray();
    }

    /** All polygons as triangles, int[3…]: a quad is cut from its first corner to its third. */
    public int[] triangles() {
        int[] out = new int[6 * polygonCount()];
        int n = 0;
        for (int i = 0; i < polygons.length; i += 4) {
            for (int second = 1; second <= (polygons[i + 3] < 0 ? 1 : 2); second++) {
                out[n++] = polygons[i];
                out[n++] = polygons[i + second];
                out[n++] = polygons[i + second + 1];
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }

    /** Neighbours of each vertex that have a lower number: what a vertex's offset is guessed from in a pack. */
    int[][] lowerNeighbours() {
        List<List<Integer>> lower = new ArrayList<>();
        for (int v = 0; v < vertexCount; v++) lower.add(new ArrayList<>(4));
        for (int i = 0; i < polygons.length; i += 4) {
            int count = polygons[i + 3] < 0 ? 3 : 4;
            for (int k = 0; k < count; k++) {
                int a = polygons[i + k];
                int b = polygons[i + (k + 1) % count];
                List<Integer> of = lower.get(Math.max(a, b));
                if (a != b && !of.contains(Math.min(a, b))) of.add(Math.min(a, b));
            }
        }
        return lower.stream().map(l -> l.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
    }
}
