// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.function.Consumer;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.SWTGraphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Display;

/** A square of the canvas as it was painted at one zoom, and which part of it is no longer so. */
final class Tile {
    static final int SIDE = 256;

    private final Rectangle box;
    private final int density;
    private final Image image;
    private Rectangle dirty;

    /**
     * @param column and row from the origin of the canvas, in zoomed pixels by {@link #SIDE}
     * @param density pixels of the display across each of ours: 2 where text is twice as large
     */
    Tile(int column, int row, int density) {
        this.density = density;
        image = new Image(Display.getCurrent(), SIDE * density, SIDE * density);
        box = new Rectangle(column * SIDE, row * SIDE, SIDE, SIDE);
        dirty = box.getCopy();
    }

    /** Where it lies, in zoomed pixels from the origin of the canvas. */
    Rectangle box() {
        return box;
    }

    /** Draws it into a box, as it is or stretched. */
    void show(Graphics g, int x, int y, int width, int height) {
        if (density == 1 && width == SIDE && height == SIDE) {
            g.drawImage(image, x, y);
        } else {
            g.drawImage(image, 0, 0, SIDE * density, SIDE * density, x, y, width, height);
        }
    }

    /** Says that an area has to be painted again. */
    void damage(Rectangle area) {
        Rectangle part = area.getIntersection(box);
        if (!part.isEmpty()) {
            dirty = dirty == null ? part : dirty.getUnion(part);
        }
    }

    /** Paints what has changed; the painter draws in zoomed pixels from the origin of the canvas. */
    void paint(Consumer<Graphics> painter) {
        if (dirty == null) {
            return;
        }
        Rectangle area = dirty;
        dirty = null;
        var gc = new GC(image);
        var dense = new Transform(gc.getDevice(), density, 0, 0, density, 0, 0);
        if (density != 1) {
            gc.setTransform(dense);
        }
        var g = new SWTGraphics(gc);
        try {
            g.translate(-box.x, -box.y);
            g.setClip(area);
            g.pushState(); // figures go back to it after each child
            painter.accept(g);
            g.popState();
        } finally {
            g.dispose();
            gc.dispose();
            dense.dispose();
        }
    }

    void dispose() {
        image.dispose();
    }
}
