// SPDX-License-Identifier: EPL-2.0
package org.eidolon.picture;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Captions drawn with a pen of our own. Java's fonts need fontconfig and fonts on the machine, even headless; a bare
 * server has neither, and a picture must not fail for its caption. ASCII and the degree sign are drawn as they are,
 * accents fall away, what has no strokes becomes a box.
 */
public final class Lettering {
    /** Units of the glyphs' grid in a size of 1. */
    private static final double UNIT = 1 / 16.5;

    private static final double PEN = 1.45;
    private static final double GAP = 3.4;
    private static final double BLANK = 5;
    private static final Map<Character, Glyph> GLYPHS = read();
    private static final Glyph BOX = Glyph.of("0,0 0,12 7,12 7,0 0,0");

    private record Glyph(Path2D path, double width) {
        static Glyph of(String strokes) {
            Path2D path = parse(strokes);
            return new Glyph(path, path.getBounds2D().getMaxX());
        }
    }

    private Lettering() {}

    /** Width of a line in pixels; `size` is that of a font: capitals are about 0.73 as high. */
    public static double width(String text, double size) {
        double width = 0;
        for (char c : plain(text).toCharArray()) width += advance(c);
        return Math.max(0, width - GAP) * UNIT * size;
    }

    /** The line, or as much of its beginning as fits into a width, with three dots. */
    public static String fitted(String text, double size, double width) {
        if (width(text, size) <= width) return text;
        for (int end = text.length() - 1; end > 0; end--) {
            String shorter = text.substring(0, end).stripTrailing() + "...";
            if (width(shorter, size) <= width) return shorter;
        }
        return "";
    }

    /**
     * Draws one line in the colour of the graphics.
     *
     * @param x left edge, pixels
     * @param baseline where letters stand, pixels
     * @param size as in {@link #width}
     */
    public static void draw(Graphics2D graphics, String text, double x, double baseline, double size) {
        Graphics2D g = (Graphics2D) graphics.create();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            // thinner than a pixel the pen would only get paler
            float pen = (float) Math.max(0.95, PEN * UNIT * size);
            Stroke stroke = new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
            g.setStroke(stroke);
            double at = x;
            for (char c : plain(text).toCharArray()) {
                AffineTransform place = new AffineTransform(UNIT * size, 0, 0, -UNIT * size, at, baseline);
                if (c != ' ') g.draw(place.createTransformedShape(glyph(c).path));
                at += advance(c) * UNIT * size;
            }
        } finally {
            g.dispose();
        }
    }

    /** Draws one line around the middle of a width, shortened to fit. */
    public static void centred(
            Graphics2D graphics, String text, double left, double width, double baseline, double size) {
        String line = fitted(text, size, width);
        draw(graphics, line, left + (width - width(line, size)) / 2, baseline, size);
    }

    private static double advance(char c) {
        return (c == ' ' ? BLANK - GAP : glyph(c).width) + GAP;
    }

    private static Glyph glyph(char c) {
        return GLYPHS.getOrDefault(c, BOX);
    }

    /** Accents off, typographic dashes, quotes and dots as ASCII has them. */
    private static String plain(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        return plain.replace('–', '-')
                .replace('—', '-')
                .replace('−', '-')
                .replace('‘', '\'')
                .replace('’', '\'')
                .replace('“', '"')
                .replace('”', '"')
                .replaceAll("\\s", " ");
    }

    private static Map<Character, Glyph> read() {
        try (InputStream in = Lettering.class.getResourceAsStream("glyphs.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<Character, Glyph> glyphs = new HashMap<>();
            text.substring(text.indexOf("====\n") + 5)
                    .lines()
                    .forEach(line -> glyphs.put(line.charAt(0), Glyph.of(line.substring(2))));
            return glyphs;
        } catch (IOException e) {
            throw new UncheckedIOException("glyphs.txt cannot be read", e);
        }
    }

    private static Path2D parse(String strokes) {
        Path2D path = new Path2D.Double();
        for (String stroke : strokes.split(" \\| ")) {
            char kind = stroke.charAt(0);
            boolean curve = kind == '~' || kind == 'o';
            String[] points = (curve ? stroke.substring(2) : stroke).trim().split(" ");
            double[][] p = new double[points.length][2];
            for (int i = 0; i < p.length; i++) {
                String[] xy = points[i].split(",");
                p[i] = new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])};
            }
            if (kind == 'o') closed(path, p);
            else if (kind == '~') open(path, p);
            else line(path, p);
        }
        return path;
    }

    private static void line(Path2D path, double[][] p) {
        path.moveTo(p[0][0], p[0][1]);
        for (int i = 1; i < p.length; i++) path.lineTo(p[i][0], p[i][1]);
    }

    private static void open(Path2D path, double[][] p) {
        path.moveTo(p[0][0], p[0][1]);
        for (int i = 1; i < p.length - 2; i++) bend(path, p[i], p[i + 1]);
        double[] last = p[p.length - 1], control = p[p.length - 2];
        path.quadTo(control[0], control[1], last[0], last[1]);
    }

    private static void closed(Path2D path, double[][] p) {
        double[] last = p[p.length - 1];
        path.moveTo((last[0] + p[0][0]) / 2, (last[1] + p[0][1]) / 2);
        for (int i = 0; i < p.length; i++) bend(path, p[i], p[(i + 1) % p.length]);
        path.closePath();
    }

    /** A curve with a control point to the middle between it and the next one. */
    private static void bend(Path2D path, double[] control, double[] next) {
        path.quadTo(control[0], control[1], (control[0] + next[0]) / 2, (control[1] + next[1]) / 2);
    }
}
