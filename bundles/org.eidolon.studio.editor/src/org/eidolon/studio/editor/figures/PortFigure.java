// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.extend.Look;

/** A port: a dot on the node's edge in the colour of its type, and its name. */
public final class PortFigure extends Figure {
    /** How it answers to the link that is being drawn. */
    public enum Answer {
        NONE,
        FITS,
        REFUSES
    }

    static final int RADIUS = 5;

    private final Port port;
    private final Look look;
    private final Color colour;
    private boolean linked;
    private boolean named = true;
    private Answer answer = Answer.NONE;

    public PortFigure(Port port, Look look, Color colour) {
        this.port = port;
        this.look = look;
        this.colour = colour;
        setFont(look.plain());
    }

    public Port port() {
        return port;
    }

    public void setLinked(boolean value) {
        linked = value;
        repaint();
    }

    /** Whether the name is shown: a parameter's row and a collapsed node have none. */
    public void setNamed(boolean value) {
        named = value && port.side() != Port.Side.PARAMETER;
        repaint();
    }

    public void setAnswer(Answer value) {
        answer = value;
        repaint();
    }

    public Answer answer() {
        return answer;
    }

    /** Middle of the dot, in the coordinates of the node's parent. */
    public Point dot() {
        Rectangle box = getBounds();
        int x = port.isOutput() ? box.right() - RADIUS - 3 : box.x + RADIUS + 2;
        return new Point(x, box.y + box.height / 2);
    }

    @Override
    public Dimension getPreferredSize(int wide, int high) {
        int text = named ? look.width(port.name(), getFont()) + 10 : 0;
        return new Dimension(text + 4 * RADIUS, 22);
    }

    @Override
    protected void paintFigure(Graphics g) {
        g.setAntialias(SWT.ON);
        Point at = dot();
        g.setAlpha(answer == Answer.REFUSES ? 70 : 255);
        if (answer == Answer.FITS) {
            g.setAlpha(90);
            g.setBackgroundColor(colour);
            g.fillOval(at.x - RADIUS - 3, at.y - RADIUS - 3, 2 * RADIUS + 7, 2 * RADIUS + 7);
            g.setAlpha(255);
        }
        boolean filled = linked || port.isOutput() || answer == Answer.FITS;
        g.setBackgroundColor(filled ? colour : look.of(Look.Role.BODY));
        g.setForegroundColor(filled ? look.of(Look.Role.BORDER) : colour);
        g.setLineWidth(filled ? 1 : 2);
        dotShape(g, at);
        if (named) {
            g.setFont(getFont());
            g.setForegroundColor(look.of(port.required() && !linked ? Look.Role.TEXT : Look.Role.QUIET));
            int width = look.width(port.name(), getFont());
            int height = look.height(getFont());
            Rectangle box = getBounds();
            int x = port.isOutput() ? at.x - RADIUS - 6 - width : at.x + RADIUS + 6;
            g.drawText(port.name(), x, box.y + (box.height - height) / 2);
        }
    }

    /** Inputs that take several links are square, so that colour is not all that tells. */
    private void dotShape(Graphics g, Point at) {
        Rectangle box = new Rectangle(at.x - RADIUS, at.y - RADIUS, 2 * RADIUS, 2 * RADIUS);
        if (port.many()) {
            g.fillRoundRectangle(box, 3, 3);
            g.drawRoundRectangle(box, 3, 3);
        } else {
            g.fillOval(box);
            g.drawOval(box);
        }
    }
}
