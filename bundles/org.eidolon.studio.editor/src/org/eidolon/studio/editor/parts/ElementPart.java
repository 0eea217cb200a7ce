// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.EditPolicy;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.gef.Request;
import org.eclipse.gef.RequestConstants;
import org.eclipse.gef.editparts.AbstractGraphicalEditPart;
import org.eidolon.graph.model.Element;

/** Something that has a place on the canvas: selected, moved and renamed alike. */
abstract class ElementPart<E extends Element> extends AbstractGraphicalEditPart {
    private final Host host;

    ElementPart(E element, Host host) {
        this.host = host;
        setModel(element);
    }

    @SuppressWarnings("unchecked") // the constructor takes no other
    final E element() {
        return (E) getModel();
    }

    final Host host() {
        return host;
    }

    /** Shows or hides that the element is selected. */
    abstract void showSelected(boolean selected);

    /** Opens the field in which its name or text is changed. */
    abstract void rename();

    @Override
    protected void createEditPolicies() {
        installEditPolicy(EditPolicy.SELECTION_FEEDBACK_ROLE, new SelectionPolicy(this::showSelected));
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        return new MoveTool(this);
    }

    @Override
    public void performRequest(Request request) {
        if (RequestConstants.REQ_OPEN.equals(request.getType())
                || RequestConstants.REQ_DIRECT_EDIT.equals(request.getType())) {
            rename();
        }
    }

    /** Puts the figure where the model says. */
    @Override
    protected void refreshVisuals() {
        Point at = host.place(element());
        Dimension own = resizable() ? host.size(element()) : null;
        Dimension size = own == null ? new Dimension(-1, -1) : own;
        ((GraphicalEditPart) getParent()).setLayoutConstraint(this, getFigure(), new Rectangle(at, size));
    }

    /** Whether width and height of the model count. */
    boolean resizable() {
        return false;
    }

    /** Shows the figure away from its place, while it is being moved. */
    final void showMoved(int dx, int dy) {
        Rectangle box = getFigure().getBounds().getCopy();
        Point at = host.place(element());
        box.setLocation(at.x + dx, at.y + dy);
        ((GraphicalEditPart) getParent()).setLayoutConstraint(this, getFigure(), box);
    }
}
