// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.gef.Request;
import org.eclipse.gef.requests.LocationRequest;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Cursor;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.base.Messages;

/** Frames and notes are made larger or smaller by their lower right corner. */
final class ResizeTool extends DragTool {
    private static final int CORNER = 16;
    private static final Dimension LEAST = new Dimension(80, 40);

    private final ElementPart<?> part;
    private Dimension before;

    private ResizeTool(ElementPart<?> part) {
        super(part.host());
        this.part = part;
    }

    /** The tool for a press on a part: at its corner this one, elsewhere the one that moves it. */
    static DragTracker of(ElementPart<?> part, Request request) {
        if (request instanceof LocationRequest press && press.getLocation() != null) {
            Point at = press.getLocation().getCopy();
            part.getFigure().translateToRelative(at);
            Rectangle box = part.getFigure().getBounds();
            if (at.x > box.right() - CORNER && at.y > box.bottom() - CORNER) {
                return new ResizeTool(part);
            }
        }
        return new MoveTool(part);
    }

    @Override
    protected Cursor getDefaultCursor() {
        return part.getViewer().getControl().getDisplay().getSystemCursor(SWT.CURSOR_SIZESE);
    }

    @Override
    void pressed() {
        select(part);
        before = part.getFigure().getBounds().getSize();
    }

    private Dimension size() {
        return new Dimension(
                Math.max(LEAST.width, before.width + onCanvas().x - startOnCanvas().x),
                Math.max(LEAST.height, before.height + onCanvas().y - startOnCanvas().y));
    }

    @Override
    void drag() {
        Rectangle box = part.getFigure().getBounds().getCopy().setSize(size());
        ((GraphicalEditPart) part.getParent()).setLayoutConstraint(part, part.getFigure(), box);
    }

    @Override
    void drop() {
        Element element = part.element();
        Dimension size = size();
        host().document().edit(Messages.edit_resize, graph -> {
            host().settle();
            element.setWidth(size.width);
            element.setHeight(size.height);
        });
    }

    @Override
    void clear() {
        part.refreshVisuals();
    }
}
