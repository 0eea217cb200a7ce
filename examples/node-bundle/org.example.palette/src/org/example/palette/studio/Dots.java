// SPDX-License-Identifier: EPL-2.0
package org.example.palette.studio;

import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.extend.ParameterModel;
import org.eidolon.studio.editor.extend.ParameterWidget;

/** The number of colours as dots: a click on the fifth sets five. */
public final class Dots implements ParameterWidget {
    private static final int STEP = 11;
    private static final int DOT = 8;

    @Override
    public ParameterFigure of(ParameterModel model, Look look) {
        return new Row(model, look);
    }

    private static final class Row extends ParameterFigure {
        Row(ParameterModel model, Look look) {
            super(model, look);
        }

        private int most() {
            return (int) model().parameter().max();
        }

        /** Where the dots begin, from the left edge. */
        private int left() {
            return getBounds().width - reserved() - 2;
        }

        @Override
        protected int reserved() {
            return most() * STEP + 4;
        }

        @Override
        protected String shown() {
            return ""; // the dots say it
        }

        @Override
        protected void pressed(int x) {
            if (x >= left()) {
                int dot = Math.min(most(), (x - left()) / STEP + 1);
                model().set(Math.max((int) model().parameter().min(), dot));
            }
        }

        @Override
        protected void paintField(Graphics g, Rectangle field) {
            int count = model().value() instanceof Integer number ? number : 0;
            for (int i = 0; i < most(); i++) {
                g.setBackgroundColor(look().of(i < count ? Look.Role.ACCENT : Look.Role.FILL));
                g.fillOval(field.x + left() + i * STEP, field.y + (field.height - DOT) / 2, DOT, DOT);
            }
        }
    }
}
