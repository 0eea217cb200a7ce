// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.Photo;
import org.eidolon.head.fit.Fit;
import org.eidolon.head.fit.PhotoFit;
import org.eidolon.head.fit.PhotoFrame;
import org.eidolon.head.model.HeadModel;
import org.eidolon.mesh.Mesh;
import org.eidolon.nodes.value.Head;

/** Pictures of a photo and the head that was fitted to it. */
public final class FitPictures {
    private static final int SIZE = 480;

    private FitPictures() {}

    /** The part of a photo that a fitted camera takes, as a square picture; grey where the photo ends. */
    public static BufferedImage framed(Photo photo, PhotoFrame frame, int size) {
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setColor(Color.GRAY);
        g.fillRect(0, 0, size, size);
        double scale = size / frame.side();
        g.translate(size / 2.0 - frame.x() * scale, size / 2.0 - frame.y() * scale);
        g.scale(scale, scale);
        g.drawImage(photo.toImage(), 0, 0, null);
        g.dispose();
        return picture;
    }

    /** Each photo with the fitted surface half over it, and its landmarks. */
    public static Image over(HeadModel model, Fit fit, List<PhotoFit.Input> photos) {
        var row = new BufferedImage(SIZE * photos.size(), SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = row.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < photos.size(); i++) {
            Fit.View view = fit.views().get(i);
            Mesh worn = Mesh.of(model.vertices(fit.shape(), view.expression()), model.triangles());
            var head = new Head(List.of(new Head.Shape("fit", "fit", worn, -1)), List.of(), Map.of());
            g.setComposite(AlphaComposite.SrcOver);
            g.drawImage(framed(photos.get(i).photo(), view.frame(), SIZE), SIZE * i, 0, null);
            try (var studio = new HeadStudio(head, SIZE)) {
                g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.45f));
                g.drawImage(studio.normals(0, view.camera()), SIZE * i, 0, null);
            }
            g.setComposite(AlphaComposite.SrcOver);
            g.setColor(new Color(0x66d9a0));
            for (int p = 0; p < view.points().length; p += 2) {
                double x = SIZE * (i + (1 + view.frame().toPictureX(view.points()[p])) / 2);
                double y = SIZE * (1 - view.frame().toPictureY(view.points()[p + 1])) / 2;
                g.fill(new Ellipse2D.Double(x - 1, y - 1, 2, 2));
            }
        }
        g.dispose();
        return Image.of(row);
    }
}
