// SPDX-License-Identifier: EPL-2.0
package org.eidolon.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures in rows and columns, each group with a caption below. */
public final class Sheet {
    private static final Color PAPER = new Color(0xf4f2ef);
    private static final Color INK = new Color(0x33312e);

    /** Captions of wide pictures need not grow with them. */
    private static final int TALLEST_CAPTION = 36;

    private final int width;
    private final int height;
    private final int columns;
    private final int perCell;
    private final int gap;
    private final int caption;
    private final BufferedImage image;
    private final Graphics2D graphics;
    private int cells;

    /**
     * @param tile width and height of a picture, pixels
     * @param cells how many groups
     * @param columns of groups
     * @param perCell pictures of a group, one below the other
     */
    public Sheet(int tile, int cells, int columns, int perCell) {
        this(tile, tile, cells, columns, perCell, Math.max(14, tile / 9));
    }

    /**
     * Of pictures that are not square, one a group.
     *
     * @param width of the box that a picture is fitted into, pixels
     */
    public static Sheet ofBoxes(int width, int height, int cells, int columns) {
        return new Sheet(width, height, cells, columns, 1, Math.clamp(width / 12, 14, TALLEST_CAPTION));
    }

    private Sheet(int width, int height, int cells, int columns, int perCell, int caption) {
        this.width = width;
        this.height = height;
        this.columns = columns;
        this.perCell = perCell;
        this.gap = Math.max(4, width / 24);
        this.caption = caption;
        int rows = (cells + columns - 1) / columns;
        image = new BufferedImage(gap + columns * (width + gap), gap + rows * cellHeight(), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }

    private int cellHeight() {
        return perCell * height + caption + gap;
    }

    /** Adds a group; rows fill from the left. A picture of another shape keeps it, in the middle of its place. */
    public void add(List<BufferedImage> pictures, String text) {
        int left = left();
        int top = top();
        for (int i = 0; i < pictures.size(); i++) {
            draw(pictures.get(i), left, top + i * height);
        }
        caption(text, left, top);
    }

    /** Adds words in the place of a picture that there is not. */
    public void add(String words, String text) {
        int left = left();
        int top = top();
        graphics.setColor(INK);
        Lettering.centred(graphics, words, left, width, top + height / 2.0, 0.5 * caption);
        caption(text, left, top);
    }

    private int left() {
        return gap + cells % columns * (width + gap);
    }

    private int top() {
        return gap + cells / columns * cellHeight();
    }

    private void draw(BufferedImage picture, int left, int top) {
        double scale = Math.min(width / (double) picture.getWidth(), height / (double) picture.getHeight());
        int w = Math.max(1, (int) Math.round(scale * picture.getWidth()));
        int h = Math.max(1, (int) Math.round(scale * picture.getHeight()));
        graphics.drawImage(near(picture, w, h), left + (width - w) / 2, top + (height - h) / 2, w, h, null);
    }

    /** Halved until less than half would be left: in one great step, most pixels would not be looked at. */
    private static BufferedImage near(BufferedImage picture, int w, int h) {
        BufferedImage at = picture;
        while (at.getWidth() >= 2 * w && at.getHeight() >= 2 * h) {
            var half = new BufferedImage(at.getWidth() / 2, at.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = half.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(at, 0, 0, half.getWidth(), half.getHeight(), null);
            g.dispose();
            at = half;
        }
        return at;
    }

    private void caption(String text, int left, int top) {
        graphics.setColor(INK);
        Lettering.centred(graphics, text, left, width, top + perCell * height + 0.72 * caption, 0.62 * caption);
        cells++;
    }

    public BufferedImage image() {
        return image;
    }
}
