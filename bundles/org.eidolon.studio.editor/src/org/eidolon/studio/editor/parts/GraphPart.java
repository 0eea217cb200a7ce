// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.draw2d.FreeformLayer;
import org.eclipse.draw2d.FreeformLayout;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.EditPart;
import org.eclipse.gef.editparts.AbstractGraphicalEditPart;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.document.GraphDocument.Change;
import org.eidolon.studio.editor.layout.Layered;

/** The whole graph: frames below, then nodes, reroutes and notes. Brings what an edit changed onto the canvas. */
public final class GraphPart extends AbstractGraphicalEditPart {
    /** How far the canvas goes on beyond what lies on it, in canvas pixels: there is room on every side. */
    private static final int BEYOND = 3000;

    private final Host host;
    private final Consumer<Change> listener = this::changed;

    GraphPart(Graph graph, Host host) {
        this.host = host;
        setModel(graph);
    }

    private Graph graph() {
        return (Graph) getModel();
    }

    @Override
    protected IFigure createFigure() {
        var layer = new FreeformLayer() {
            @Override
            public Rectangle getFreeformExtent() {
                return super.getFreeformExtent().getCopy().expand(BEYOND, BEYOND);
            }
        };
        layer.setLayoutManager(new FreeformLayout());
        return layer;
    }

    @Override
    protected void createEditPolicies() {}

    @Override
    protected List<?> getModelChildren() {
        var all = new ArrayList<Element>(graph().getFrames());
        all.addAll(graph().getNodes());
        all.addAll(graph().getReroutes());
        all.addAll(graph().getNotes());
        return all;
    }

    @Override
    public void activate() {
        super.activate();
        host.document().onChange(listener);
        layoutLoose();
    }

    @Override
    public void deactivate() {
        host.document().noMore(listener);
        super.deactivate();
    }

    /** Makes room for nodes that have become taller: what the file places nowhere moves, and frames grow. */
    public void makeRoom() {
        host.viewer().flush();
        layoutLoose();
        for (Object child : getChildren()) {
            if (child instanceof FramePart frame) {
                frame.refreshVisuals();
            }
        }
    }

    /** A file may say nothing of places: then the layout does, and the file stays as it is. */
    private void layoutLoose() {
        boolean loose = Graphs.elements(graph()).stream().anyMatch(element -> element.getX() == null);
        if (!loose) {
            return;
        }
        boolean none = Graphs.elements(graph()).stream().allMatch(element -> element.getX() == null);
        Map<Element, Rectangle> places = new Layered(graph(), host.boxes(Graphs.elements(graph()))).places();
        if (!none) {
            // beside what has a place, or it would lie on top of it
            int right = Graphs.elements(graph()).stream()
                    .filter(element -> element.getX() != null)
                    .mapToInt(element -> element.getX() + 300)
                    .max()
                    .orElse(0);
            places = new HashMap<>(places);
            places.replaceAll((element, box) -> box.getCopy().translate(right, 0));
        }
        host.placeLoosely(places);
        getChildren().forEach(child -> ((EditPart) child).refresh());
    }

    private void changed(Change change) {
        if (change.list()) {
            refreshChildren();
        }
        for (Element element : change.elements()) {
            var part = host.part(element);
            if (part != null) {
                part.refresh();
            }
        }
        if (change.links()) {
            refreshLinks(concerned(change));
        }
    }

    /** The elements at which links may begin or end otherwise than before. */
    private Collection<? extends Element> concerned(Change change) {
        // what passes a reroute, and what is named anew, may concern any link
        boolean any = change.names() || change.elements().stream().anyMatch(Reroute.class::isInstance);
        if (any) {
            return Graphs.elements(graph());
        }
        var concerned = new HashSet<>(change.elements());
        change.sources().stream()
                .map(host.document().index()::element)
                .filter(Objects::nonNull)
                .forEach(concerned::add);
        return concerned;
    }

    private void refreshLinks(Collection<? extends Element> elements) {
        for (Element element : elements) {
            switch (host.part(element)) {
                case NodePart node -> node.refreshPorts();
                case ReroutePart dot -> dot.refreshLinks();
                case null, default -> {}
            }
        }
    }
}
