// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.ConnectionAnchor;
import org.eclipse.gef.ConnectionEditPart;
import org.eclipse.gef.NodeEditPart;
import org.eclipse.gef.Request;

/** A part at which links begin and end, all of them at the same dot. */
interface LinkEnd extends NodeEditPart {
    ConnectionAnchor anchor();

    /** Brings the looks of the links up to date. */
    default void refreshLooks() {
        getSourceConnections().forEach(link -> ((LinkPart) link).refresh());
        getTargetConnections().forEach(link -> ((LinkPart) link).refresh());
    }

    @Override
    default ConnectionAnchor getSourceConnectionAnchor(ConnectionEditPart link) {
        return anchor();
    }

    @Override
    default ConnectionAnchor getTargetConnectionAnchor(ConnectionEditPart link) {
        return anchor();
    }

    @Override
    default ConnectionAnchor getSourceConnectionAnchor(Request request) {
        return anchor();
    }

    @Override
    default ConnectionAnchor getTargetConnectionAnchor(Request request) {
        return anchor();
    }
}
