// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.List;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.figures.PlainFigures.FrameFigure;

/** A frame: what lies in it moves along. */
final class FramePart extends BoxPart<Frame> {
    private static final int MARGIN = 16;

    FramePart(Frame frame, Host host) {
        super(frame, host);
    }

    @Override
    protected IFigure createFigure() {
        var figure = new FrameFigure(host().look());
        figure.setPreferredSize(300, 200);
        return figure;
    }

    @Override
    String words() {
        return element().getTitle();
    }

    @Override
    String colour() {
        return element().getColor();
    }

    @Override
    Look.Role kind() {
        return Look.Role.FRAME;
    }

    @Override
    void setWords(String text) {
        host().document().edit(Messages.edit_rename, graph -> element().setTitle(text.strip()));
    }

    /** The title's bar. */
    @Override
    Rectangle field() {
        Rectangle box = getFigure().getBounds().getCopy();
        box.height = 28;
        return box;
    }

    @Override
    boolean severalLines() {
        return false;
    }

    @Override
    protected void refreshVisuals() {
        super.refreshVisuals();
        ((GraphicalEditPart) getParent()).setLayoutConstraint(this, getFigure(), grown());
    }

    /** The frame's box, grown over members that have become taller: a preview makes them so. */
    private Rectangle grown() {
        Dimension own = host().size(element());
        Rectangle box =
                new Rectangle(host().place(element()), own == null ? getFigure().getPreferredSize() : own);
        for (Element member : members()) {
            Rectangle inside = new Rectangle(
                    host().place(member), host().part(member).getFigure().getPreferredSize());
            if (box.contains(inside.getTopLeft())) {
                box.height = Math.max(box.height, inside.bottom() + MARGIN - box.y);
            }
        }
        return box;
    }

    private List<Element> members() {
        var index = host().document().index();
        return element().getMembers().stream()
                .map(index::element)
                .filter(member -> member != null && host().part(member) != null)
                .toList();
    }
}
