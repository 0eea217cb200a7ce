// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.graph.model.Note;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.figures.PlainFigures.NoteFigure;

/** A note. */
final class NotePart extends BoxPart<Note> {
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
    String words() {
        return element().getText();
    }

    @Override
    String colour() {
        return element().getColor();
    }

    @Override
    Look.Role kind() {
        return Look.Role.NOTE;
    }

    @Override
    void setWords(String text) {
        host().document().edit(Messages.edit_note, graph -> element().setText(text));
    }

    @Override
    Rectangle field() {
        return getFigure().getBounds();
    }

    @Override
    boolean severalLines() {
        return true;
    }
}
