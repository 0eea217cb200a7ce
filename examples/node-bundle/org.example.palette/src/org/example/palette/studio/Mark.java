// SPDX-License-Identifier: EPL-2.0
package org.example.palette.studio;

import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.extend.NodeBadge;

/** Three dots of colour at the right of the title, by which the node is known from afar. */
public final class Mark implements NodeBadge {
    private static final String[] COLOURS = {"#f2c14e", "#f78154", "#4d9078"};

    @Override
    public void paint(Graphics g, Rectangle body, GraphNode node, Look look) {
        for (int i = 0; i < COLOURS.length; i++) {
            g.setBackgroundColor(look.of(COLOURS[i]));
            g.fillOval(body.right() - 38 + i * 10, body.y + 9, 8, 8);
        }
    }
}
