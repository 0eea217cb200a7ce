// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import org.eidolon.encoders.Photo;

/** A photo seen through its fitted camera: from a point of the fitted head to the colour that the photo has there. */
final class PhotoView {
    private final Fit.View view;
    private final LinearPicture picture;
    private final Pose.Projection projection;
    private final PhotoWarp warp;

    /** @param worn the fitted head wearing the photo's expression, vertices (V, 3) of the head model */
    PhotoView(Fit.View view, Photo photo, LandmarkMap map, float[] worn) {
        this.view = view;
        picture = new LinearPicture(photo);
        projection = new Pose.Projection(view.camera());
        double[] landmarks = map.at(worn);
        double[] head = new double[2 * map.count()], seen = new double[2 * map.count()];
        for (int l = 0; l < map.count(); l++) {
            double[] p = projection.project(landmarks, 3 * l);
            head[2 * l] = p[0];
            head[2 * l + 1] = p[1];
            seen[2 * l] = view.frame().toPictureX(view.points()[2 * l]);
            seen[2 * l + 1] = view.frame().toPictureY(view.points()[2 * l + 1]);
        }
        warp = new PhotoWarp(head, seen, map.trust());
    }

    /** Picture x, y (−1…1, y up) and depth of a point. */
    double[] project(double[] point) {
        return projection.project(point, 0);
    }

    /**
     * Linear colour of what the head has at a place of the picture.
     *
     * @return how sure it is that this is the person, 0 to 1; 0 where the photo does not reach
     */
    double colour(double x, double y, double[] rgb) {
        double wx = warp.x(x, y), wy = warp.y(x, y);
        if (!picture.at(view.frame().toPhotoX(wx), view.frame().toPhotoY(wy), rgb)) return 0;
        return view.person(wx, wy);
    }
}
