// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.List;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.gef.EditPart;
import org.eclipse.gef.RequestConstants;
import org.eclipse.gef.requests.SelectionRequest;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Edits;

/** Selects and moves: all that is selected, and what lies in selected frames; links follow while it goes on. */
final class MoveTool extends DragTool {
    /** Places fall on multiples of this, in canvas pixels, unless Shift is held. */
    private static final int GRID = 10;

    private final ElementPart<?> part;
    private List<ElementPart<?>> moved = List.of();
    private boolean selectAlone;

    MoveTool(ElementPart<?> part) {
        super(part.host());
        this.part = part;
    }

    @Override
    void pressed() {
        boolean among = part.getSelected() != EditPart.SELECTED_NONE;
        selectAlone = among && !withShift() && !withControl();
        select(part);
    }

    @Override
    void begin() {
        moved = Edits.withMembers(host().document().graph(), host().selected()).stream()
                .map(host()::part)
                .filter(ElementPart.class::isInstance)
                .<ElementPart<?>>map(p -> (ElementPart<?>) p)
                .toList();
    }

    @Override
    void drag() {
        Point by = by();
        moved.forEach(one -> one.showMoved(by.x, by.y));
    }

    @Override
    void drop() {
        Point by = by();
        List<Element> elements =
                moved.stream().<Element>map(ElementPart::element).toList();
        if (by.x != 0 || by.y != 0) {
            host().document().edit(Messages.edit_move, graph -> {
                host().settle();
                Edits.move(graph, elements, by.x, by.y);
            });
        }
    }

    @Override
    void click() {
        if (selectAlone) {
            host().viewer().select(part);
        }
    }

    @Override
    protected boolean handleDoubleClick(int button) {
        var open = new SelectionRequest();
        open.setType(RequestConstants.REQ_OPEN);
        open.setLocation(getLocation());
        part.performRequest(open);
        return true;
    }

    @Override
    void clear() {
        moved.forEach(ElementPart::refreshVisuals);
    }

    private Point by() {
        Point by = new Point(onCanvas().x - startOnCanvas().x, onCanvas().y - startOnCanvas().y);
        if (!withShift()) {
            Point at = host().place(part.element());
            by.x = Math.round((at.x + by.x) / (float) GRID) * GRID - at.x;
            by.y = Math.round((at.y + by.y) / (float) GRID) * GRID - at.y;
        }
        return by;
    }
}
