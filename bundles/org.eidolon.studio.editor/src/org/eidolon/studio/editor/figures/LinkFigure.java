// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import org.eclipse.draw2d.AbstractRouter;
import org.eclipse.draw2d.Connection;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.PolylineConnection;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.PointList;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eidolon.studio.editor.extend.Look;

/** A link: a curve that leaves to the right and arrives from the left, in the colour of its values. */
public final class LinkFigure extends PolylineConnection {
    private static final int SEGMENTS = 40;
    private static final double FAR = 0.28;

    private final Look look;
    private Color colour;
    private boolean selected;
    private boolean wrong;

    public LinkFigure(Look look, Color colour) {
        this.look = look;
        this.colour = colour;
        setConnectionRouter(new Curve());
        setLineWidth(3);
    }

    public void setColour(Color value) {
        colour = value;
        repaint();
    }

    public void setSelected(boolean value) {
        selected = value;
        repaint();
    }

    /** A link that cannot work is dashed. */
    public void setWrong(boolean value) {
        wrong = value;
        repaint();
    }

    @Override
    protected void outlineShape(Graphics g) {
        if (g.getAbsoluteScale() < FAR) {
            g.setForegroundColor(selected ? look.of(Look.Role.ACCENT) : colour);
            g.drawLine(getStart(), getEnd());
            return;
        }
        g.setAntialias(SWT.ON);
        if (selected) {
            g.setLineWidth(6);
            g.setAlpha(110);
            g.setForegroundColor(look.of(Look.Role.ACCENT));
            g.drawPolyline(getPoints());
            g.setAlpha(255);
        }
        g.setLineWidth(wrong ? 2 : 3);
        g.setLineStyle(wrong ? SWT.LINE_DASH : SWT.LINE_SOLID);
        g.setForegroundColor(wrong ? look.of(Look.Role.ERROR) : colour);
        g.drawPolyline(getPoints());
    }

    /** The points of the curve between two dots (a cubic Bézier whose handles are level). */
    public static PointList curve(Point from, Point to) {
        int reach = Math.clamp(Math.abs(to.x - from.x) / 2 + Math.abs(to.y - from.y) / 8, 30, 220);
        var points = new PointList(SEGMENTS + 1);
        for (int i = 0; i <= SEGMENTS; i++) {
            double t = i / (double) SEGMENTS;
            double u = 1 - t;
            double a = u * u * u;
            double b = 3 * u * u * t;
            double c = 3 * u * t * t;
            double d = t * t * t;
            points.addPoint((int) Math.round(a * from.x + b * (from.x + reach) + c * (to.x - reach) + d * to.x), (int)
                    Math.round((a + b) * from.y + (c + d) * to.y));
        }
        return points;
    }

    private static final class Curve extends AbstractRouter {
        @Override
        public void route(Connection link) {
            link.setPoints(
                    curve(((DotAnchor) link.getSourceAnchor()).place(), ((DotAnchor) link.getTargetAnchor()).place()));
        }
    }
}
