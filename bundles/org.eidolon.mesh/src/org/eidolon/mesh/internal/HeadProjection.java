// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;
import org.eidolon.mesh.MeshTopology;
import org.eidolon.mesh.SharedHeadAtlas;
import org.eidolon.mesh.UvAtlas;

/** The projection behind a {@link SharedHeadAtlas}. Plane coordinates are cells of the packing grid, y up. */
public final class HeadProjection {

    private static final double CROWN_ELEVATION = Math.toRadians(50);
    private static final double OVERHANG = 0.12; // room for triangles that reach beyond a chart's line, in radii
    private static final double LEAST_DENSITY = 0.15; // of the even texel density; less is seen too much edge on
    private static final int LEAST_ISLAND = 60;
    // The face gets (1 + FRONT) times the texels each way and the back of the head pays with (1 − FRONT) across.
    private static final double FRONT = 0.35;

    private final SharedHeadAtlas layout;
    private final int grid;
    private final int padding;
    private final double scale; // cells per unit
    private final double wrapBase; // y of the wrap's lower line
    private final double wrapLow; // first row of cells that belongs to the wrap
    private final double crownSide;

    public HeadProjection(SharedHeadAtlas layout) {
        this.layout = layout;
        this.grid = AtlasBuilder.grid(layout.options().size());
        this.padding = Math.max(1, AtlasBuilder.padding(layout.options(), grid));
        double width = 2 * (Math.PI + OVERHANG) * layout.radius();
        this.scale = grid / width;
        double below = (1 + FRONT) * (layout.centreY() - layout.bottom() + OVERHANG * layout.radius());
        double above = (1 + FRONT) * (CROWN_ELEVATION + OVERHANG) * layout.radius();
        this.wrapBase = grid - above * scale;
        this.wrapLow = wrapBase - below * scale;
        this.crownSide = 2 * (Math.PI / 2 - CROWN_ELEVATION + OVERHANG) * layout.radius() * scale;
        if (wrapLow < crownSide) {
            throw new IllegalArgumentException("the head is too tall for its radius: no room under the wrap");
        }
    }

    public static SharedHeadAtlas fit(List<Mesh> meshes, UvAtlas.Options options) {
        double lowX = Double.MAX_VALUE;
        double lowY = Double.MAX_VALUE;
        double lowZ = Double.MAX_VALUE;
        double highX = -Double.MAX_VALUE;
        double highY = -Double.MAX_VALUE;
        double highZ = -Double.MAX_VALUE;
        for (Mesh mesh : meshes) {
            lowX = Math.min(lowX, mesh.bounds().minX());
            lowY = Math.min(lowY, mesh.bounds().minY());
            lowZ = Math.min(lowZ, mesh.bounds().minZ());
            highX = Math.max(highX, mesh.bounds().maxX());
            highY = Math.max(highY, mesh.bounds().maxY());
            highZ = Math.max(highZ, mesh.bounds().maxZ());
        }
        double radius = 0.25 * (highX - lowX + highZ - lowZ);
        double centreY = Math.max(highY - 1.1 * radius, lowY + 0.1 * radius);
        return new SharedHeadAtlas(
                (float) (lowX + highX) / 2,
                (float) centreY,
                (float) (lowZ + highZ) / 2,
                (float) radius,
                (float) Math.max(lowY, centreY - 2.1 * radius),
                options);
    }

    public UvAtlas unwrap(Mesh mesh) {
        MeshTopology topology = MeshTopology.of(mesh);
        double[] areas = MeshMeasures.areas(mesh);
        List<Integer> wrapped = new ArrayList<>();
        List<Integer> crowned = new ArrayList<>();
        boolean[] rest = new boolean[mesh.triangleCount()];
        for (int f = 0; f < rest.length; f++) {
            double[] c = centroid(mesh, f);
            if (c[1] < layout.bottom() + 0.01 * layout.radius()) {
                rest[f] = true;
            } else if (elevation(c) > CROWN_ELEVATION) {
                crowned.add(f);
            } else {
                wrapped.add(f);
            }
        }
        List<Chart> charts = new ArrayList<>();
        charts.add(kept(mesh, topology, areas, wrapped, rest, true));
        charts.add(kept(mesh, topology, areas, crowned, rest, false));
        List<Chart> own =
                ChartBuilder.charts(mesh, topology, rest, layout.options().maxAngle());
        // padding cells are free around each chart, so the strip may begin right at the shared ones
        new Packing(grid, grid, (x, y) -> y < wrapLow - 1 && !(x < crownSide + 1 && y < crownSide + 1))
                .pack(own, padding, 2 * scale);
        charts.addAll(own);
        return AtlasBuilder.assemble(mesh, charts, grid);
    }

    /** The chart of those triangles that the projection shows; the others are added to {@code rest}. */
    private Chart kept(
            Mesh mesh, MeshTopology topology, double[] areas, List<Integer> faces, boolean[] rest, boolean wrap) {
        Chart all = chart(mesh, faces.stream().mapToInt(Integer::intValue).toArray(), wrap);
        double[] distance = new double[all.faces.length];
        for (int i = 0; i < distance.length; i++) {
            double[] c = centroid(mesh, all.faces[i]);
            distance[i] = Math.hypot(Math.hypot(c[0] - layout.centreX(), c[2] - layout.centreZ()), wrap ? 0 : c[1]);
        }
        Integer[] order = IntStream.range(0, distance.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -distance[i])); // the outermost layer wins
        boolean[] out = all.faces.length == 0 ? new boolean[0] : Overlaps.peel(all, all.plane, order);
        for (int i = 0; i < out.length; i++) {
            double even = areas[all.faces[i]] * scale * scale;
            out[i] |= all.signedArea(i, all.plane) < LEAST_DENSITY * even || !inPlace(all, i, wrap);
            rest[all.faces[i]] = true;
        }
        int[] shown = IntStream.range(0, out.length)
                .filter(i -> !out[i])
                .map(i -> all.faces[i])
                .toArray();
        List<Integer> kept = new ArrayList<>();
        for (int[] part : ChartBuilder.connected(mesh, topology, shown)) {
            for (int i = 0; i < part.length && part.length >= LEAST_ISLAND; i++) { // no crumbs in the shared charts
                kept.add(part[i]);
                rest[part[i]] = false;
            }
        }
        return chart(mesh, kept.stream().mapToInt(Integer::intValue).sorted().toArray(), wrap);
    }

    private boolean inPlace(Chart chart, int face, boolean wrap) {
        for (int c = 3 * face; c < 3 * face + 3; c++) {
            double x = chart.plane[2 * chart.corners[c]];
            double y = chart.plane[2 * chart.corners[c] + 1];
            boolean fits = wrap
                    ? x >= 0 && x <= grid && y >= wrapLow && y <= grid
                    : x >= 0 && x <= crownSide && y >= 0 && y <= crownSide;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private Chart chart(Mesh mesh, int[] faces, boolean wrap) {
        byte[] sides = new byte[3 * faces.length];
        for (int i = 0; i < sides.length && wrap; i++) {
            double middle = azimuth(centroid(mesh, faces[i / 3]));
            double here = azimuth(corner(mesh, faces[i / 3], i % 3));
            sides[i] = (byte) (here - middle > Math.PI ? 1 : here - middle < -Math.PI ? 2 : 0);
        }
        Chart chart = new Chart(mesh, faces, sides);
        chart.plane = new double[2 * chart.vertices.length];
        for (int i = 0; i < chart.corners.length; i++) {
            double[] p = corner(mesh, faces[i / 3], i % 3);
            int at = 2 * chart.corners[i];
            if (wrap) {
                double turn = sides[i] == 1 ? -2 * Math.PI : sides[i] == 2 ? 2 * Math.PI : 0;
                double around = azimuth(p) + FRONT * StrictMath.sin(azimuth(p)) + turn;
                chart.plane[at] = grid / 2.0 + around * layout.radius() * scale;
                double height = p[1] < layout.centreY() ? p[1] - layout.centreY() : elevation(p) * layout.radius();
                chart.plane[at + 1] = wrapBase + (1 + FRONT) * height * scale;
            } else { // equal distances from the pole, seen from above: forehead at the bottom, below the wrap's front
                double r = (Math.PI / 2 - elevation(p)) * layout.radius() * scale;
                chart.plane[at] = crownSide / 2 + r * StrictMath.sin(azimuth(p));
                chart.plane[at + 1] = crownSide / 2 - r * StrictMath.cos(azimuth(p));
            }
        }
        return chart;
    }

    private double azimuth(double[] p) {
        return StrictMath.atan2(p[0] - layout.centreX(), p[2] - layout.centreZ());
    }

    private double elevation(double[] p) {
        double x = p[0] - layout.centreX();
        double z = p[2] - layout.centreZ();
        return StrictMath.atan2(p[1] - layout.centreY(), Math.sqrt(x * x + z * z));
    }

    private static double[] corner(Mesh mesh, int f, int k) {
        int v = 3 * mesh.triangles()[3 * f + k];
        return new double[] {mesh.positions()[v], mesh.positions()[v + 1], mesh.positions()[v + 2]};
    }

    private static double[] centroid(Mesh mesh, int f) {
        double[] sum = new double[3];
        for (int k = 0; k < 3; k++) {
            double[] p = corner(mesh, f, k);
            for (int a = 0; a < 3; a++) {
                sum[a] += p[a] / 3;
            }
        }
        return sum;
    }
}
