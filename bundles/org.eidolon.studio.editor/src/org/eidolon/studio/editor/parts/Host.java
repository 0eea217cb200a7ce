// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.EditPart;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.gef.GraphicalViewer;
import org.eclipse.swt.graphics.Image;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.edit.Catalogue.Wanted;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.figures.RunState;

/** What the parts of a canvas share: the document, its looks, and what they ask of the editor around them. */
public abstract class Host {
    private final GraphDocument document;
    private final Map<Element, Rectangle> loose = new HashMap<>();

    protected Host(GraphDocument document) {
        this.document = document;
    }

    public final GraphDocument document() {
        return document;
    }

    public abstract GraphicalViewer viewer();

    public abstract Look look();

    public abstract RunState state(GraphNode node);

    /** Null where there is none. */
    public abstract Image preview(GraphNode node);

    public abstract List<Problem> problems(Element element);

    /**
     * Opens the search for a node type.
     *
     * @param at in canvas pixels
     * @param from the port at which a link to the new node hangs; null for none
     */
    public abstract void search(Point at, Wanted wanted, Port from, String ref);

    /** Opens the graph that a node stands for. */
    public abstract void open(GraphNode subgraph);

    /** Where an element lies; one that the file places nowhere lies where the layout put it. */
    public final Point place(Element element) {
        return element.getX() != null && element.getY() != null
                ? new Point(element.getX(), element.getY())
                : loose.getOrDefault(element, new Rectangle()).getLocation();
    }

    /** The size of an element that has one of its own, else null. */
    public final Dimension size(Element element) {
        if (element.getWidth() != null && element.getHeight() != null) {
            return new Dimension(element.getWidth(), element.getHeight());
        }
        return element instanceof Frame && loose.containsKey(element)
                ? loose.get(element).getSize()
                : null;
    }

    /** Places elements for the eye only: the file stays as it is until somebody moves something. */
    public final void placeLoosely(Map<? extends Element, Rectangle> places) {
        loose.putAll(places);
    }

    /** Writes where things are seen into the graph: once one is placed, all are. To be called within an edit. */
    public final void settle() {
        loose.forEach((element, box) -> {
            if (element.eContainer() != null && element.getX() == null) {
                Edits.put(element, box);
            }
        });
    }

    /** The boxes of elements as the canvas shows them. */
    public final Map<Element, Rectangle> boxes(Collection<? extends Element> elements) {
        var boxes = new HashMap<Element, Rectangle>();
        for (Element element : elements) {
            GraphicalEditPart part = part(element);
            if (part != null) {
                Point at = place(element);
                boxes.put(element, new Rectangle(at, part.getFigure().getPreferredSize()));
                if (size(element) != null) {
                    boxes.get(element).setSize(size(element));
                }
            }
        }
        return boxes;
    }

    /** The part of a model object on this canvas, or null. */
    public final GraphicalEditPart part(Object model) {
        return viewer().getEditPartRegistry().get(model) instanceof GraphicalEditPart part ? part : null;
    }

    /** The elements that are selected. */
    public final List<Element> selected() {
        List<?> parts = viewer().getSelectedEditParts();
        return parts.stream()
                .map(part -> ((EditPart) part).getModel())
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
