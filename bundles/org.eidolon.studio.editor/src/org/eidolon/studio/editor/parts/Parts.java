// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.gef.EditPart;
import org.eclipse.gef.EditPartFactory;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Wire;

/** Which part shows which model object. */
public record Parts(Host host) implements EditPartFactory {
    @Override
    public EditPart createEditPart(EditPart context, Object model) {
        return switch (model) {
            case Graph graph -> new GraphPart(graph, host);
            case GraphNode node -> new NodePart(node, host);
            case Port port -> new PortPart(port, host);
            case Wire wire -> new LinkPart(wire, host);
            case Frame frame -> new FramePart(frame, host);
            case Note note -> new NotePart(note, host);
            case Reroute reroute -> new ReroutePart(reroute, host);
            default -> throw new IllegalArgumentException("nothing shows a " + model);
        };
    }
}
