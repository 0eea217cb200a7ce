// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.eidolon.head.picture.Lettering;

/** Pictures in rows and columns, each group with a caption below. */
public final class Sheet {
    private static final Color PAPER = new Color(0xf4f2ef);
    private static final Color INK = new Color(0x33312e);

    private final int tile;
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
        this.tile = tile;
        this.columns = columns;
        this.perCell = perCell;
        this.gap = Math.max(4, tile / 24);
        this.caption = Math.max(14, tile / 9);
        int rows = (cells + columns - 1) / columns;
        image = new BufferedImage(gap + columns * (tile + gap), gap + rows * cellHeight(), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }

    private int cellHeight() {
        return perCell * tile + caption + gap;
    }

    /** Adds a group; rows fill from the left. */
    public void add(List<BufferedImage> pictures, String text) {
        int left = gap + cells % columns * (tile + gap);
        int top = gap + cells / columns * cellHeight();
        for (int i = 0; i < pictures.size(); i++) {
            graphics.drawImage(pictures.get(i), left, top + i * tile, tile, tile, null);
        }
        write(text, left, top + perCell * tile, tile);
        cells++;
    }

    private void write(String text, int left, int top, int width) {
        graphics.setColor(INK);
        Lettering.centred(graphics, text, left, width, top + 0.72 * caption, 0.62 * caption);
    }

    public BufferedImage image() {
        return image;
    }
}
