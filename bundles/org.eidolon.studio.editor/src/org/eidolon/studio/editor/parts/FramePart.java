// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.Request;
import org.eidolon.graph.model.Frame;
import org.eidolon.studio.editor.Messages;
import org.eidolon.studio.editor.figures.Look;
import org.eidolon.studio.editor.figures.PlainFigures.FrameFigure;

/** A frame: what lies in it moves along. */
final class FramePart extends ElementPart<Frame> {
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
    boolean resizable() {
        return true;
    }

    @Override
    protected void refreshVisuals() {
        String colour = element().getColor();
        ((FrameFigure) getFigure())
                .set(
                        element().getTitle() == null ? "" : element().getTitle(),
                        colour == null
                                ? host().look().of(Look.Role.FRAME)
                                : host().look().of(colour));
        super.refreshVisuals();
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        return ResizeTool.of(this, request);
    }

    @Override
    void showSelected(boolean selected) {
        ((FrameFigure) getFigure()).setSelected(selected);
    }

    @Override
    void rename() {
        Rectangle box = getFigure().getBounds().getCopy();
        box.height = 28;
        InlineText.over(host(), box)
                .with(element().getTitle() == null ? "" : element().getTitle(), false)
                .then(text -> host().document()
                        .edit(Messages.edit_rename, graph -> element().setTitle(text.strip())));
    }
}
