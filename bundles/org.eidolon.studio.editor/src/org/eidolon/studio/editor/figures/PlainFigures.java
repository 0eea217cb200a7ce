// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eidolon.studio.editor.extend.Look;

/** The figures of what has no ports. */
public final class PlainFigures {
    private PlainFigures() {}

    /** What has a colour and shows that it is selected. */
    private abstract static class Plain extends Figure {
        final Look look;
        Color colour;
        boolean selected;

        Plain(Look look) {
            this.look = look;
        }

        public final void setSelected(boolean value) {
            selected = value;
            repaint();
        }
    }

    /** A box with words in it. */
    public abstract static class BoxFigure extends Plain {
        String words = "";

        BoxFigure(Look look) {
            super(look);
        }

        public final void set(String text, Color value) {
            words = text;
            colour = value;
            repaint();
        }
    }

    /** A box with a title around nodes that belong together. */
    public static final class FrameFigure extends BoxFigure {
        public FrameFigure(Look look) {
            super(look);
        }

        private int bar() {
            return look.height(look.bold()) + 10;
        }

        /** A frame is taken by its title and its edge; what lies inside stays within reach. */
        @Override
        public boolean containsPoint(int x, int y) {
            Rectangle box = getBounds();
            return box.contains(x, y)
                    && (y < box.y + bar() || !box.getCopy().shrink(6, 6).contains(x, y));
        }

        @Override
        protected void paintFigure(Graphics g) {
            g.setAntialias(SWT.ON);
            Rectangle box = getBounds().getCopy().resize(-1, -1);
            g.setBackgroundColor(colour);
            g.setAlpha(look.isDark() ? 60 : 50);
            g.fillRoundRectangle(box, 14, 14);
            g.setAlpha(255);
            g.setForegroundColor(selected ? look.of(Look.Role.ACCENT) : colour);
            g.setLineWidth(selected ? 2 : 1);
            g.drawRoundRectangle(box, 14, 14);
            g.setFont(look.bold());
            g.setForegroundColor(look.of(Look.Role.TEXT));
            g.drawText(look.fit(words, look.bold(), box.width - 24), box.x + 12, box.y + 6);
        }
    }

    /** A note: text that wraps. */
    public static final class NoteFigure extends BoxFigure {
        public NoteFigure(Look look) {
            super(look);
        }

        @Override
        protected void paintFigure(Graphics g) {
            g.setAntialias(SWT.ON);
            Rectangle box = getBounds().getCopy().resize(-1, -1);
            g.setBackgroundColor(colour);
            g.fillRoundRectangle(box, 8, 8);
            g.setForegroundColor(look.of(selected ? Look.Role.ACCENT : Look.Role.BORDER));
            g.setLineWidth(selected ? 2 : 1);
            g.drawRoundRectangle(box, 8, 8);
            g.setFont(look.plain());
            double light = 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
            g.setForegroundColor(look.of(light > 140 ? "#1d2026" : "#e8eaee"));
            int height = look.height(look.plain()) + 1;
            int y = box.y + 8;
            for (String line : lines(box.width - 20)) {
                if (y + height > box.bottom() - 4) {
                    break;
                }
                g.drawText(line, box.x + 10, y);
                y += height;
            }
        }

        private List<String> lines(int width) {
            var lines = new ArrayList<String>();
            for (String paragraph : words.split("\n", -1)) {
                var line = new StringBuilder();
                for (String word : paragraph.split(" ")) {
                    String longer = line.isEmpty() ? word : line + " " + word;
                    if (!line.isEmpty() && look.width(longer, look.plain()) > width) {
                        lines.add(line.toString());
                        line.setLength(0);
                        line.append(word);
                    } else {
                        line.setLength(0);
                        line.append(longer);
                    }
                }
                lines.add(line.toString());
            }
            return lines;
        }
    }

    /** A dot on a link. */
    public static final class RerouteFigure extends Plain {
        public static final int SIZE = 18;

        private PortFigure.Answer answer = PortFigure.Answer.NONE;

        public RerouteFigure(Look look, Color colour) {
            super(look);
            this.colour = colour;
        }

        public void setColour(Color value) {
            colour = value;
            repaint();
        }

        public void setAnswer(PortFigure.Answer value) {
            answer = value;
            repaint();
        }

        public Point dot() {
            return getBounds().getCenter();
        }

        @Override
        protected void paintFigure(Graphics g) {
            g.setAntialias(SWT.ON);
            g.setAlpha(answer == PortFigure.Answer.REFUSES ? 70 : 255);
            Rectangle dot = getBounds().getCopy().shrink(3, 3);
            g.setBackgroundColor(colour);
            g.fillOval(dot);
            boolean marked = selected || answer == PortFigure.Answer.FITS;
            g.setForegroundColor(look.of(marked ? Look.Role.ACCENT : Look.Role.BORDER));
            g.setLineWidth(marked ? 2 : 1);
            g.drawOval(dot.resize(-1, -1));
        }
    }
}
