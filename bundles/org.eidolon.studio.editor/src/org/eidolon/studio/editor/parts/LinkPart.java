// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.EditPolicy;
import org.eclipse.gef.Request;
import org.eclipse.gef.RequestConstants;
import org.eclipse.gef.editparts.AbstractConnectionEditPart;
import org.eclipse.gef.requests.LocationRequest;
import org.eclipse.gef.requests.SelectionRequest;
import org.eclipse.gef.tools.SelectEditPartTracker;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.edit.Wiring;
import org.eidolon.studio.editor.figures.LinkFigure;
import org.eidolon.studio.editor.figures.PlainFigures.RerouteFigure;
import org.eidolon.studio.editor.figures.Tip;

/** A link; a double click puts a reroute on it. */
public final class LinkPart extends AbstractConnectionEditPart {
    private final Host host;

    LinkPart(Wire wire, Host host) {
        this.host = host;
        setModel(wire);
    }

    public Wire wire() {
        return (Wire) getModel();
    }

    @Override
    protected IFigure createFigure() {
        return new LinkFigure(host.look(), host.look().of("#9a9a9a"));
    }

    @Override
    protected void createEditPolicies() {
        installEditPolicy(
                EditPolicy.SELECTION_FEEDBACK_ROLE,
                new SelectionPolicy(selected -> ((LinkFigure) getFigure()).setSelected(selected)));
    }

    @Override
    protected void refreshVisuals() {
        if (wire().target() == null || wire().from() == null) {
            return; // it is about to go
        }
        var figure = (LinkFigure) getFigure();
        var wiring = host.document().wiring();
        Class<?> type = wiring.given(wire().from()).orElse(null);
        figure.setColour(host.look().of(host.document().catalogue().colour(type)));
        Wiring.Verdict verdict = wiring.checkTypes(wire().from(), wire().target(), wire().port());
        figure.setWrong(!verdict.allowed());
        String ends =
                wire().from() + " → " + wire().target().getId() + (wire().port().isEmpty() ? "" : "." + wire().port());
        figure.setToolTip(new Tip(verdict.reason().isEmpty() ? ends : ends + "\n" + verdict.reason()));
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        return new SelectEditPartTracker(this) {
            @Override
            protected boolean handleDoubleClick(int button) {
                var open = new SelectionRequest();
                open.setType(REQ_OPEN);
                open.setLocation(getLocation());
                performRequest(open);
                return true;
            }
        };
    }

    @Override
    public void performRequest(Request request) {
        if (RequestConstants.REQ_OPEN.equals(request.getType()) && request instanceof LocationRequest open) {
            Point at = open.getLocation().getCopy();
            ((GraphPart) host.viewer().getContents()).getFigure().translateToRelative(at);
            host.document().edit(Messages.edit_reroute, graph -> {
                host.settle();
                Edits.addReroute(graph, wire(), at.x - RerouteFigure.SIZE / 2, at.y - RerouteFigure.SIZE / 2);
            });
        }
    }
}
