// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.IFigure;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.Request;
import org.eidolon.graph.model.Note;
import org.eidolon.studio.editor.Messages;
import org.eidolon.studio.editor.figures.Look;
import org.eidolon.studio.editor.figures.PlainFigures.NoteFigure;

/** A note. */
final class NotePart extends ElementPart<Note> {
    NotePart(Note note, Host host) {
        super(note, host);
    }

    @Override
    protected IFigure createFigure() {
        var figure = new NoteFigure(host().look());
        figure.setPreferredSize(220, 96);
        return figure;
    }

    @Override
    boolean resizable() {
        return true;
    }

    @Override
    protected void refreshVisuals() {
        String colour = element().getColor();
        ((NoteFigure) getFigure())
                .set(
                        element().getText() == null ? "" : element().getText(),
                        colour == null
                                ? host().look().of(Look.Role.NOTE)
                                : host().look().of(colour));
        super.refreshVisuals();
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        return ResizeTool.of(this, request);
    }

    @Override
    void showSelected(boolean selected) {
        ((NoteFigure) getFigure()).setSelected(selected);
    }

    @Override
    void rename() {
        InlineText.over(host(), getFigure().getBounds())
                .with(element().getText() == null ? "" : element().getText(), true)
                .then(text -> host().document()
                        .edit(Messages.edit_note, graph -> element().setText(text)));
    }
}
