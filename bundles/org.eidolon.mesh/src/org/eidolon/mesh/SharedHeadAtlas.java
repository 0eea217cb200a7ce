// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.List;
import org.eidolon.mesh.internal.HeadProjection;

/**
 * One texture layout for all expressions of a head, whose meshes differ in topology but lie in one space (y up, face
 * along +z). What is seen from around the head goes to a fixed place that depends on its position alone: a wrap around
 * the vertical axis (by height below the centre, by elevation above it, seam at the back) and a cap for the crown. So a
 * point in space has the same texel in every expression, and one painted texture serves them all there. What the
 * projection would fold (behind the ears, nostrils, the mouth's inside, under the chin) gets charts of each mesh's own in
 * a strip set aside for that.
 *
 * @param centreX vertical axis and centre of the projection, in units of the meshes
 * @param centreY height where the wrap changes from height to elevation
 * @param radius from which arc lengths are counted
 * @param bottom lowest height that the wrap holds
 */
public record SharedHeadAtlas(
        float centreX, float centreY, float centreZ, float radius, float bottom, UvAtlas.Options options) {

    /** First chart number of the charts that are not shared: 0 is the wrap, 1 the crown. */
    public static final int SHARED_CHARTS = 2;

    public SharedHeadAtlas {
        if (!(radius > 0) || !(bottom < centreY) || centreY - bottom > 4 * radius) {
            throw new IllegalArgumentException(
                    "a head layout needs radius > 0 and bottom up to 4 radii below the centre: " + radius + ", "
                            + bottom + ", " + centreY);
        }
    }

    /** A layout that holds all the meshes. */
    public static SharedHeadAtlas fit(List<Mesh> meshes, UvAtlas.Options options) {
        return HeadProjection.fit(meshes, options);
    }

    /** Unwraps one of the meshes that the layout was fitted to. */
    public UvAtlas unwrap(Mesh mesh) {
        return new HeadProjection(this).unwrap(mesh);
    }

    /** Share of a mesh's area that lies in the shared charts, 0 to 1. */
    public static double sharedShare(UvAtlas atlas) {
        double shared = 0;
        double total = 0;
        double[] n = new double[3];
        for (int f = 0; f < atlas.charts().length; f++) {
            double area = MeshMeasures.areaVector(atlas.mesh(), f, n);
            total += area;
            shared += atlas.charts()[f] < SHARED_CHARTS ? area : 0;
        }
        return shared / total;
    }
}
