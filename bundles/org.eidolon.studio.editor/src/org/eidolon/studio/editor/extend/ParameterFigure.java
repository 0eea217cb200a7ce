// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.MouseEvent;
import org.eclipse.draw2d.MouseListener;
import org.eclipse.draw2d.MouseMotionListener;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;

/** The row of a parameter on a node: name at the left, value at the right. What a click does is up to the kind. */
public abstract class ParameterFigure extends Figure {
    private static final int ARC = 8;

    private final ParameterModel model;
    private final Look look;
    private boolean hovered;

    protected ParameterFigure(ParameterModel model, Look look) {
        this.model = model;
        this.look = look;
        setFont(look.plain());
        var mouse = new Mouse();
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
    }

    public final String name() {
        return model.parameter().name();
    }

    public final ParameterModel model() {
        return model;
    }

    protected final Look look() {
        return look;
    }

    /** A press of the first button; x is in canvas pixels from the left edge. */
    protected void pressed(int x) {}

    /** The mouse moved by so many canvas pixels since it was pressed. */
    protected void dragged(int dx) {}

    /** The first button was let go. */
    protected void released() {}

    /** Draws what lies between the field and its texts. */
    protected void paintField(Graphics g, Rectangle field) {}

    /** The value as it is shown now. */
    protected String shown() {
        return model.text();
    }

    /** Room that the kind wants at the right edge for itself. */
    protected int reserved() {
        return 0;
    }

    @Override
    protected void paintFigure(Graphics g) {
        g.setAntialias(SWT.ON);
        Rectangle field = getBounds().getCopy();
        g.setAlpha(model.linked() ? 90 : 255);
        g.setBackgroundColor(look.of(Look.Role.FIELD));
        g.fillRoundRectangle(field, ARC, ARC);
        if (!model.linked()) {
            paintField(g, field);
            if (hovered) {
                g.setForegroundColor(look.of(Look.Role.ACCENT));
                g.setLineWidth(1);
                g.drawRoundRectangle(field.getCopy().resize(-1, -1), ARC, ARC);
            }
        }
        g.setFont(getFont());
        int height = look.height(getFont());
        int y = field.y + (field.height - height) / 2;
        String name = look.fit(name(), getFont(), field.width * 6 / 10);
        g.setForegroundColor(look.of(Look.Role.QUIET));
        g.drawText(name, field.x + 8, y);
        if (!model.linked()) {
            int used = look.width(name, getFont()) + 20;
            String value = look.fit(shown(), getFont(), field.width - used - 8 - reserved());
            g.setForegroundColor(look.of(model.isDefault() ? Look.Role.QUIET : Look.Role.TEXT));
            int width = look.width(value, getFont());
            g.drawText(value, field.right() - 8 - reserved() - width, y);
        }
    }

    /** Turns draw2d's events into the few that widgets need; consumed, so that no tool takes them for a move. */
    private final class Mouse extends MouseMotionListener.Stub implements MouseListener {
        private int from;
        private boolean down;

        @Override
        public void mousePressed(MouseEvent e) {
            if (e.button == 1 && !model.linked()) {
                e.consume();
                down = true;
                from = e.x;
                pressed(e.x - getBounds().x);
            }
        }

        @Override
        public void mouseDragged(MouseEvent e) {
            if (down) {
                e.consume();
                dragged(e.x - from);
            }
        }

        @Override
        public void mouseReleased(MouseEvent e) {
            if (down) {
                e.consume();
                down = false;
                released();
            }
        }

        @Override
        public void mouseDoubleClicked(MouseEvent e) {
            e.consume(); // or the canvas would open its search
        }

        @Override
        public void mouseEntered(MouseEvent e) {
            hovered = true;
            repaint();
        }

        @Override
        public void mouseExited(MouseEvent e) {
            hovered = false;
            repaint();
        }
    }
}
