// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphNode;

/**
 * Where a link of a node begins or ends.
 *
 * @param type class of the values; null where the node type is not installed
 * @param many an input that takes several links
 * @param required an input without which the node cannot run
 */
public record Port(GraphNode node, String name, Side side, Class<?> type, boolean many, boolean required, String doc) {
    /** Inputs and parameters take links, outputs give them. */
    public enum Side {
        INPUT,
        PARAMETER,
        OUTPUT
    }

    public boolean isOutput() {
        return side == Side.OUTPUT;
    }

    /** How a link's {@code from} names this output. */
    public String ref() {
        return new PortRef(node.getId(), name).toString();
    }
}
