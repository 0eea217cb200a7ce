// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.List;
import org.eclipse.draw2d.ConnectionAnchor;
import org.eclipse.draw2d.IFigure;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.Request;
import org.eclipse.gef.editparts.AbstractGraphicalEditPart;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.figures.DotAnchor;
import org.eidolon.studio.editor.figures.PortFigure;
import org.eidolon.studio.editor.figures.Tip;

/** A port of a node: links begin and end here. */
public final class PortPart extends AbstractGraphicalEditPart implements LinkEnd {
    private final Host host;

    PortPart(Port port, Host host) {
        this.host = host;
        setModel(port);
    }

    public Port port() {
        return (Port) getModel();
    }

    public PortFigure dot() {
        return (PortFigure) getFigure();
    }

    @Override
    protected IFigure createFigure() {
        var catalogue = host.document().catalogue();
        var figure = new PortFigure(port(), host.look(), host.look().of(catalogue.colour(port().type())));
        String type = catalogue.typeName(port().type());
        figure.setToolTip(new Tip(port().name() + ": " + type + (port().doc().isEmpty() ? "" : "\n" + port().doc())));
        return figure;
    }

    @Override
    protected void createEditPolicies() {}

    @Override
    public DragTracker getDragTracker(Request request) {
        return new LinkTool(host, this);
    }

    @Override
    protected List<?> getModelSourceConnections() {
        return port().isOutput() ? host.document().index().from(port().ref()) : List.of();
    }

    @Override
    protected List<?> getModelTargetConnections() {
        return port().isOutput()
                ? List.of()
                : host.document().index().to(port().node().getId(), port().name());
    }

    void refreshLinks() {
        refreshSourceConnections();
        refreshTargetConnections();
        refreshLooks();
        refreshVisuals();
    }

    @Override
    protected void refreshVisuals() {
        dot().setLinked(!getModelSourceConnections().isEmpty()
                || !getModelTargetConnections().isEmpty());
    }

    @Override
    public ConnectionAnchor anchor() {
        return new DotAnchor(getFigure(), dot()::dot);
    }
}
