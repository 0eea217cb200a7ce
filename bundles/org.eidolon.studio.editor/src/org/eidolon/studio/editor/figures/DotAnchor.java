// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import java.util.function.Supplier;
import org.eclipse.draw2d.AbstractConnectionAnchor;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Point;

/**
 * Links end in the middle of a dot. Links are told only when the dot moves on the canvas: draw2d would have all of them
 * find their way again whenever the canvas is scrolled or zoomed, which with thousands of links takes longer than
 * painting.
 */
public final class DotAnchor extends AbstractConnectionAnchor {
    private final Supplier<Point> dot;

    /** @param dot where the dot is, in canvas pixels */
    public DotAnchor(IFigure owner, Supplier<Point> dot) {
        super(owner);
        this.dot = dot;
    }

    /** Where links end, in canvas pixels: exact at every zoom. */
    Point place() {
        return dot.get();
    }

    @Override
    public Point getLocation(Point reference) {
        Point place = dot.get().getCopy();
        getOwner().translateToAbsolute(place);
        return place;
    }

    @Override
    public Point getReferencePoint() {
        return getLocation(null);
    }

    @Override
    public void ancestorMoved(IFigure ancestor) {
        boolean onCanvas = ancestor == getOwner()
                || ancestor instanceof NodeFigure && ancestor == getOwner().getParent();
        if (onCanvas) {
            super.ancestorMoved(ancestor);
        }
    }
}
