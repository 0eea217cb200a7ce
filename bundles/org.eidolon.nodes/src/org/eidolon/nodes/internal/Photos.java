// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.eidolon.api.NodeException;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.FaceChoice;
import org.eidolon.encoders.Photo;
import org.eidolon.nodes.value.AlignedFace;

/** Photos and images are the same pixels for two bundles; and pictures of what was found in them. */
public final class Photos {
    /** Most pixels along a side of what is shown of a photo while a graph runs. */
    public static final int PREVIEW = 2048;

    private Photos() {}

    public static Image image(Photo photo) {
        return Image.ofBytes(photo.width(), photo.height(), 3, photo.rgb());
    }

    public static Photo photo(Image image) {
        return image.channels() == 3
                ? Photo.ofBytes(image.toBytes(), image.width(), image.height())
                : Photo.ofImage(image.toBufferedImage());
    }

    /** @throws NodeException if it is no way to say which face is meant, as {@link FaceChoice} reads it */
    public static FaceChoice choice(String face) {
        try {
            return FaceChoice.parse(face == null ? "" : face);
        } catch (IllegalArgumentException e) {
            throw new NodeException(e.getMessage(), "", e);
        }
    }

    /** The photo with the face's box and points drawn in; a large one is reduced. */
    public static Image marked(Photo whole, AlignedFace face) {
        Photo photo = whole.fitted(PREVIEW);
        BufferedImage picture = photo.toImage();
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        float scale = (float) photo.width() / whole.width();
        float[] b = scaled(face.box(), scale);
        float[] points = scaled(face.points(), scale);
        float width = Math.max(1.5f, (b[2] - b[0]) / 60);
        g.setColor(new Color(0x66d9a0));
        g.setStroke(new BasicStroke(width));
        g.draw(new Rectangle2D.Float(b[0], b[1], b[2] - b[0], b[3] - b[1]));
        for (int i = 0; i < 5; i++) {
            float r = 1.5f * width;
            g.fill(new Ellipse2D.Float(points[2 * i] - r, points[2 * i + 1] - r, 2 * r, 2 * r));
        }
        g.dispose();
        return Image.of(picture);
    }

    private static float[] scaled(float[] places, float scale) {
        float[] out = new float[places.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (places[i] + 0.5f) * scale - 0.5f;
        }
        return out;
    }

    /** The faces of one person side by side. */
    public static Image row(List<AlignedFace> faces) {
        int size = AlignedFace.SIZE;
        var picture = new BufferedImage(size * faces.size(), size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        for (int i = 0; i < faces.size(); i++) {
            g.drawImage(faces.get(i).image().toBufferedImage(), i * size, 0, null);
        }
        g.dispose();
        return Image.of(picture);
    }
}
