// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.function.Consumer;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.SWTGraphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Display;

/** A square of the canvas as it was painted at one zoom, and which part of it is no longer so. */
final class Tile {
    static final int SIDE = 256;

    private final Rectangle box;
    private final Image image = new Image(Display.getCurrent(), SIDE, SIDE);
    private Rectangle dirty;

    /** @param column and row from the origin of the canvas, in zoomed pixels by {@link #SIDE} */
    Tile(int column, int row) {
        box = new Rectangle(column * SIDE, row * SIDE, SIDE, SIDE);
        dirty = box.getCopy();
    }

    /** Where it lies, in zoomed pixels from the origin of the canvas. */
    Rectangle box() {
        return box;
    }

    Image image() {
        return image;
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
        }
    }

    void dispose() {
        image.dispose();
    }
}
