// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.eidolon.picture.Lettering;

/** The curve of a training loss, both axes logarithmic: what a power law shows as a line. */
final class LossPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int MARGIN = 56;

    record Point(long step, double loss) {}

    private LossPlot() {}

    static BufferedImage draw(String title, List<Point> points) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(Color.DARK_GRAY);
        Lettering.draw(g, title, MARGIN, MARGIN / 2.0, 16);
        if (points.size() > 1) curve(g, points);
        g.dispose();
        return image;
    }

    private static void curve(Graphics2D g, List<Point> points) {
        double first = Math.log10(Math.max(1, points.getFirst().step));
        double last = Math.log10(points.getLast().step);
        double low = Math.log10(points.stream().mapToDouble(Point::loss).min().orElseThrow());
        double high = Math.log10(points.stream().mapToDouble(Point::loss).max().orElseThrow());
        double width = Math.max(last - first, 1e-9), height = Math.max(high - low, 1e-9);
        Path2D path = new Path2D.Double();
        for (Point p : points) {
            double x = MARGIN + (Math.log10(Math.max(1, p.step)) - first) / width * (WIDTH - 2 * MARGIN);
            double y = HEIGHT - MARGIN - (Math.log10(p.loss) - low) / height * (HEIGHT - 2 * MARGIN);
            if (path.getCurrentPoint() == null) path.moveTo(x, y);
            else path.lineTo(x, y);
        }
        for (int i = 0; i <= 4; i++) {
            int y = HEIGHT - MARGIN - i * (HEIGHT - 2 * MARGIN) / 4;
            g.setColor(Color.LIGHT_GRAY);
            g.drawLine(MARGIN, y, WIDTH - MARGIN, y);
            g.setColor(Color.DARK_GRAY);
            Lettering.draw(g, String.format(Locale.ROOT, "%.4f", Math.pow(10, low + i * height / 4)), 6, y + 4, 12);
            int x = MARGIN + i * (WIDTH - 2 * MARGIN) / 4;
            long step = Math.round(Math.pow(10, first + i * width / 4));
            Lettering.centred(g, Long.toString(step), x - 40, 80, HEIGHT - MARGIN + 18, 12);
        }
        g.setColor(new Color(0x2266AA));
        g.setStroke(new BasicStroke(1.6f));
        g.draw(path);
    }
}
