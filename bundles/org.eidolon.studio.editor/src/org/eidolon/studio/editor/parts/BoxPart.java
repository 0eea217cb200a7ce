// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.Request;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.figures.PlainFigures.BoxFigure;

/** A box with words that is drawn out by its corner: a frame or a note. */
abstract class BoxPart<E extends Element> extends ElementPart<E> {
    BoxPart(E element, Host host) {
        super(element, host);
    }

    final BoxFigure box() {
        return (BoxFigure) getFigure();
    }

    /** What is written in it; may be null. */
    abstract String words();

    /** Its own colour as #rrggbb; null for that of its kind. */
    abstract String colour();

    abstract Look.Role kind();

    /** Takes over what was typed. */
    abstract void setWords(String text);

    /** Where the words are typed. */
    abstract Rectangle field();

    abstract boolean severalLines();

    @Override
    boolean resizable() {
        return true;
    }

    @Override
    protected void refreshVisuals() {
        Look look = host().look();
        box().set(words() == null ? "" : words(), colour() == null ? look.of(kind()) : look.of(colour()));
        super.refreshVisuals();
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        return ResizeTool.of(this, request);
    }

    @Override
    void showSelected(boolean selected) {
        box().setSelected(selected);
    }

    @Override
    void rename() {
        InlineText.over(host(), field())
                .with(words() == null ? "" : words(), severalLines())
                .then(this::setWords);
    }
}
