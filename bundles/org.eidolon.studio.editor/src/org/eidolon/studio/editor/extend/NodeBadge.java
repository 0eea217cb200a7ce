// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.graph.model.GraphNode;

/** Draws onto the body of nodes of a type that the extension point names, over the usual figure. */
public interface NodeBadge {
    /** @param body of the node in the coordinates of the graphics */
    void paint(Graphics g, Rectangle body, GraphNode node, Look look);
}
