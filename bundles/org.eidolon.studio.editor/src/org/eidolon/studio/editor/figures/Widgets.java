// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eidolon.api.Param;
import org.eidolon.api.Parameter;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.extend.ParameterModel;

/** The widget that suits a parameter, by its type and by what its declaration asks for. */
public final class Widgets {
    private Widgets() {}

    public static ParameterFigure of(ParameterModel model, Look look) {
        Parameter parameter = model.parameter();
        if (parameter.widget() == Param.Widget.SEED) {
            return new SeedFigure(model, look);
        }
        if (parameter.widget() == Param.Widget.COLOUR) {
            return new ColourFigure(model, look);
        }
        if (parameter.isFile()) {
            return new FileFigure(model, look);
        }
        if (parameter.type() == boolean.class) {
            return new ToggleFigure(model, look);
        }
        if (!parameter.choices().isEmpty()) {
            return new ChoiceFigure(model, look);
        }
        return parameter.type() == String.class ? new TextFigure(model, look) : new SliderFigure(model, look);
    }

    /** With a button at its right edge; elsewhere a click opens the field in which the value is typed. */
    private abstract static class ButtonFigure extends ParameterFigure {
        private static final int ROOM = 20;

        private boolean onButton;

        ButtonFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        /** The button was clicked. */
        abstract void clicked();

        /** Draws the button into a square. */
        abstract void paintButton(Graphics g, Rectangle square);

        @Override
        protected final void pressed(int x) {
            onButton = x > getBounds().width - ROOM - 6;
        }

        @Override
        protected final void released() {
            if (onButton) {
                clicked();
            } else {
                model().type(this);
            }
        }

        @Override
        protected final int reserved() {
            return ROOM;
        }

        @Override
        protected final void paintField(Graphics g, Rectangle field) {
            paintButton(g, new Rectangle(field.right() - 21, field.y + field.height / 2 - 7, 14, 14));
        }
    }

    /** Text is typed over the widget. */
    static final class TextFigure extends ParameterFigure {
        TextFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        protected void released() {
            model().type(this);
        }

        @Override
        protected String shown() {
            return model().text().replace('\n', ' ');
        }
    }

    /** A choice opens a menu. */
    static final class ChoiceFigure extends ParameterFigure {
        ChoiceFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        protected void released() {
            model().choose(this);
        }

        @Override
        protected int reserved() {
            return 14;
        }

        @Override
        protected void paintField(Graphics g, Rectangle field) {
            g.setForegroundColor(look().of(Look.Role.QUIET));
            g.setLineWidth(2);
            int x = field.right() - 16;
            int y = field.y + field.height / 2 - 2;
            g.drawLine(x, y, x + 4, y + 4);
            g.drawLine(x + 4, y + 4, x + 8, y);
        }
    }

    /** Yes or no: a switch. */
    static final class ToggleFigure extends ParameterFigure {
        ToggleFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        protected void released() {
            model().set(!Boolean.TRUE.equals(model().value()));
        }

        @Override
        protected String shown() {
            return "";
        }

        @Override
        protected void paintField(Graphics g, Rectangle field) {
            boolean on = Boolean.TRUE.equals(model().value());
            Rectangle bar = new Rectangle(field.right() - 34, field.y + field.height / 2 - 6, 26, 13);
            g.setBackgroundColor(look().of(on ? Look.Role.ACCENT : Look.Role.QUIET));
            g.fillRoundRectangle(bar, 13, 13);
            g.setBackgroundColor(look().of(Look.Role.BODY));
            g.fillOval(on ? bar.right() - 12 : bar.x + 2, bar.y + 2, 9, 9);
        }
    }

    /** A file is chosen with a click on the folder, or typed. */
    static final class FileFigure extends ButtonFigure {
        FileFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        void clicked() {
            model().browse();
        }

        @Override
        protected String shown() {
            String path = model().text();
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        void paintButton(Graphics g, Rectangle square) {
            int y = square.y + 2;
            g.setBackgroundColor(look().of(Look.Role.QUIET));
            g.fillRoundRectangle(new Rectangle(square.x, y, 7, 5), 2, 2);
            g.fillRoundRectangle(new Rectangle(square.x, y + 2, 15, 9), 2, 2);
        }
    }

    /** A seed has a die that throws another. */
    static final class SeedFigure extends ButtonFigure {
        SeedFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        void clicked() {
            Parameter seed = model().parameter();
            long least = (long) Math.max(0, seed.min());
            long most = (long) Math.min(seed.type() == int.class ? Integer.MAX_VALUE : 1L << 48, seed.max());
            model().set(seed.parse(ThreadLocalRandom.current().nextLong(least, most)));
        }

        @Override
        void paintButton(Graphics g, Rectangle die) {
            g.setBackgroundColor(look().of(Look.Role.QUIET));
            g.fillRoundRectangle(die, 4, 4);
            g.setBackgroundColor(look().of(Look.Role.FIELD));
            for (Point eye :
                    new Point[] {new Point(3, 3), new Point(9, 3), new Point(6, 6), new Point(3, 9), new Point(9, 9)}) {
                g.fillOval(die.x + eye.x - 1, die.y + eye.y - 1, 4, 4);
            }
        }
    }

    /** A colour shows itself. */
    static final class ColourFigure extends ParameterFigure {
        ColourFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        protected void released() {
            model().browse();
        }

        @Override
        protected int reserved() {
            return 24;
        }

        @Override
        protected void paintField(Graphics g, Rectangle field) {
            g.setBackgroundColor(look().of(model().text()));
            g.setForegroundColor(look().of(Look.Role.BORDER));
            Rectangle swatch = new Rectangle(field.right() - 25, field.y + 3, 18, field.height - 7);
            g.fillRoundRectangle(swatch, 4, 4);
            g.drawRoundRectangle(swatch, 4, 4);
        }
    }

    /** A number is dragged, or typed after a click. The bar shows where it lies in its range. */
    static final class SliderFigure extends ParameterFigure {
        /** Finer ranges than this are dragged step by step, so that a pixel never jumps over many steps. */
        private static final double COARSEST = 400;

        private Double start;
        private Double now;

        SliderFigure(ParameterModel model, Look look) {
            super(model, look);
        }

        private boolean bounded() {
            Parameter p = model().parameter();
            return Double.isFinite(p.min()) && Double.isFinite(p.max());
        }

        private double step() {
            Parameter p = model().parameter();
            boolean whole = p.type() != double.class;
            double range = p.max() - p.min();
            return p.step() > 0 ? p.step() : whole ? 1 : bounded() ? range / 200 : 0.1;
        }

        @Override
        protected void pressed(int x) {
            start = model().value() instanceof Number n
                    ? n.doubleValue()
                    : Math.max(0, model().parameter().min());
            now = null;
        }

        @Override
        protected void dragged(int dx) {
            if (Math.abs(dx) < 3 && now == null) {
                return;
            }
            Parameter p = model().parameter();
            double range = p.max() - p.min();
            boolean absolute = bounded() && range / step() <= COARSEST;
            double perPixel = absolute ? range / getBounds().width : step();
            double raw = start + dx * perPixel;
            double stepped = Math.round(raw / step()) * step();
            now = Math.clamp(stepped, p.min(), p.max());
            repaint();
        }

        @Override
        protected void released() {
            if (now == null) {
                model().type(this);
                return;
            }
            double value = Double.parseDouble(String.format(java.util.Locale.ROOT, "%.6f", now));
            now = null;
            model().set(model().parameter().parse(value));
        }

        @Override
        protected String shown() {
            String unit = model().parameter().unit().isEmpty()
                    ? ""
                    : " " + model().parameter().unit();
            if (now == null) {
                return model().text() + (model().text().isEmpty() ? "" : unit);
            }
            String number = String.format(java.util.Locale.ROOT, "%.4f", now).replaceAll("\\.?0+$", "");
            return number + unit;
        }

        @Override
        protected void paintField(Graphics g, Rectangle field) {
            Parameter p = model().parameter();
            double value = now != null ? now : model().value() instanceof Number n ? n.doubleValue() : Double.NaN;
            if (!bounded() || Double.isNaN(value)) {
                return;
            }
            int width = (int) Math.round(field.width * (value - p.min()) / Math.max(1e-12, p.max() - p.min()));
            if (width > 0) {
                g.setBackgroundColor(look().of(Look.Role.FILL));
                g.setAntialias(SWT.ON);
                g.fillRoundRectangle(new Rectangle(field.x, field.y, Math.max(6, width), field.height), 8, 8);
            }
        }
    }
}
