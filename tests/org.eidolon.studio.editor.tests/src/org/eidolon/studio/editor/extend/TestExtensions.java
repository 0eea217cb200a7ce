// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import java.util.Map;
import java.util.Optional;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Text;
import org.eidolon.graph.model.GraphNode;

/** What a bundle may bring for a node type of its own; fragment.xml names these. */
public final class TestExtensions {
    /** How often the badge was painted. */
    public static volatile int painted;

    private TestExtensions() {}

    /** A picture as wide as the text is long. */
    public static final class Preview implements NodePreview {
        @Override
        public Optional<Image> of(Map<String, Object> outputs) {
            int width = ((Text) outputs.get("text")).value().length();
            return Optional.of(Image.ofBytes(width, 1, 3, new byte[3 * width]));
        }
    }

    /** Shows its value in capitals and empties it on a click. */
    public static final class Widget implements ParameterWidget {
        @Override
        public ParameterFigure of(ParameterModel model, Look look) {
            return new Capitals(model, look);
        }
    }

    static final class Capitals extends ParameterFigure {
        Capitals(ParameterModel model, Look look) {
            super(model, look);
        }

        @Override
        protected void pressed(int x) {
            model().set("");
        }

        @Override
        protected String shown() {
            return model().text().toUpperCase(java.util.Locale.ROOT);
        }
    }

    /** Counts. */
    public static final class Badge implements NodeBadge {
        @Override
        public void paint(Graphics g, Rectangle body, GraphNode node, Look look) {
            painted++;
        }
    }
}
