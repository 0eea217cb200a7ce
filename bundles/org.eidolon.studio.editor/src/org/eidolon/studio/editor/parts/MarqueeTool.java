// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.EditPart;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eidolon.studio.editor.edit.Catalogue;
import org.eidolon.studio.editor.extend.Look;

/** A rectangle drawn on the empty canvas selects what it touches; a double click searches a node to put there. */
final class MarqueeTool extends DragTool {
    private final Box box = new Box();
    private boolean shown;
    private boolean doubleClicked;

    MarqueeTool(Host host) {
        super(host);
    }

    @Override
    void click() {
        if (doubleClicked) {
            host().search(onCanvas(), new Catalogue.Wanted.Anything(), null, null);
            return;
        }
        if (!withShift() && !withControl()) {
            host().viewer().deselectAll();
        }
    }

    @Override
    void begin() {
        addFeedback(box);
        shown = true;
    }

    @Override
    void drag() {
        Rectangle area = new Rectangle(getStartLocation(), getLocation());
        box.getParent().translateToRelative(area);
        box.setBounds(area);
    }

    @Override
    void drop() {
        Rectangle area = new Rectangle(startOnCanvas(), onCanvas());
        List<EditPart> found = new ArrayList<>();
        if (withShift() || withControl()) {
            for (Object part : host().viewer().getSelectedEditParts()) {
                found.add((EditPart) part);
            }
        }
        for (Object child : host().viewer().getContents().getChildren()) {
            var part = (ElementPart<?>) child;
            Rectangle bounds = part.getFigure().getBounds();
            boolean caught = part instanceof FramePart ? area.contains(bounds) : area.intersects(bounds);
            if (caught && !found.contains(part)) {
                found.add(part);
            }
        }
        host().viewer().setSelection(new StructuredSelection(found));
    }

    @Override
    void clear() {
        if (shown) {
            removeFeedback(box);
            shown = false;
        }
    }

    @Override
    protected boolean handleDoubleClick(int button) {
        doubleClicked = true; // the search opens when the button is up, or it would lose the focus at once
        return true;
    }

    private final class Box extends Figure {
        @Override
        protected void paintFigure(Graphics g) {
            Rectangle area = getBounds().getCopy().resize(-1, -1);
            g.setBackgroundColor(host().look().of(Look.Role.ACCENT));
            g.setForegroundColor(host().look().of(Look.Role.ACCENT));
            g.setAlpha(40);
            g.fillRectangle(area);
            g.setAlpha(255);
            g.drawRectangle(area);
        }
    }
}
