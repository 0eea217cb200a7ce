// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.draw2d.FigureCanvas;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.Viewport;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.DefaultEditDomain;
import org.eclipse.gef.GraphicalViewer;
import org.eclipse.gef.SnapToGrid;
import org.eclipse.gef.ui.parts.ScrollingGraphicalViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.edit.Catalogue;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.figures.NodeFigure;
import org.eidolon.studio.editor.figures.Pixels;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.parts.GraphPart;
import org.eidolon.studio.editor.parts.Host;
import org.eidolon.studio.editor.parts.NodePart;
import org.eidolon.studio.editor.parts.Parts;
import org.eidolon.studio.editor.parts.RootPart;
import org.eidolon.studio.editor.run.Runs;

/** The canvas of an editor: viewer, wheel and hand, search, and what runs and checks show on nodes. */
final class Canvas extends Host {
    private static final double WHEEL = 1.15;

    private final Runs runs;
    private final GraphicalViewer viewer = new ScrollingGraphicalViewer();
    private final Map<String, Image> pictures = new HashMap<>();
    private final Map<String, org.eidolon.api.value.Image> shown = new HashMap<>();
    private final RootPart root = new RootPart(this);
    private Look look;
    private Map<String, List<Problem>> problems = Map.of();
    private org.eclipse.swt.graphics.Point hand;
    private ParameterFigure pointed;

    Canvas(GraphDocument document, Runs runs, Look look) {
        super(document);
        this.runs = runs;
        this.look = look;
    }

    FigureCanvas create(Composite parent, DefaultEditDomain domain) {
        var control = (FigureCanvas) viewer.createControl(parent);
        control.setScrollBarVisibility(FigureCanvas.NEVER);
        control.setBackground(look.of(Look.Role.CANVAS));
        domain.addViewer(viewer);
        viewer.setRootEditPart(root);
        viewer.setEditPartFactory(new Parts(this));
        viewer.setProperty(SnapToGrid.PROPERTY_GRID_VISIBLE, true);
        viewer.setContents(document().graph());
        control.addListener(SWT.MouseWheel, this::wheel);
        control.addListener(SWT.MouseHorizontalWheel, this::wheel);
        for (int type : new int[] {SWT.MouseDown, SWT.MouseMove, SWT.MouseUp}) {
            control.addListener(type, this::hand);
        }
        control.addListener(SWT.MouseDown, this::point);
        var drop = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT);
        drop.setTransfer(FileTransfer.getInstance());
        drop.addDropListener(new FileDrop(this));
        return control;
    }

    @Override
    public GraphicalViewer viewer() {
        return viewer;
    }

    RootPart root() {
        return root;
    }

    @Override
    public Look look() {
        return look;
    }

    /** Shows the graph in other colours or fonts. */
    void setLook(Look value) {
        Look old = look;
        look = value;
        viewer.getControl().setBackground(look.of(Look.Role.CANVAS));
        viewer.setContents(document().graph());
        root.repaintAll();
        old.dispose();
    }

    @Override
    public RunState state(GraphNode node) {
        return runs.state(node.getId());
    }

    @Override
    public Image preview(GraphNode node) {
        return pictures.get(node.getId());
    }

    @Override
    public List<Problem> problems(Element element) {
        return problems.getOrDefault(element.getId(), List.of());
    }

    void showProblems(Map<String, List<Problem>> found) {
        problems = found;
        for (GraphNode node : document().graph().getNodes()) {
            if (part(node) instanceof NodePart part) {
                part.showProblems();
            }
        }
    }

    /** Shows how nodes stand in the run. */
    void showStates(List<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        boolean grown = false;
        for (GraphNode node : document().graph().getNodes()) {
            if (wanted.contains(node.getId()) && part(node) instanceof NodePart part) {
                grown |= showState(node, part);
            }
        }
        if (grown) {
            ((GraphPart) viewer.getContents()).makeRoom();
        }
    }

    /** @return whether the node has become taller */
    private boolean showState(GraphNode node, NodePart part) {
        int before = part.getFigure().getPreferredSize().height;
        Image old = pictures.get(node.getId());
        var picture = runs.preview(node.getId());
        boolean fresh = picture != null && picture != shown.put(node.getId(), picture);
        if (fresh) {
            pictures.put(node.getId(), Pixels.thumbnail(viewer.getControl().getDisplay(), picture));
        }
        part.showState();
        if (fresh && old != null) {
            old.dispose();
        }
        return part.getFigure().getPreferredSize().height > before;
    }

    void dispose() {
        pictures.values().forEach(Image::dispose);
        look.dispose();
    }

    @Override
    public void search(Point at, Catalogue.Wanted wanted, Port port, String ref) {
        Point corner = at.getCopy();
        ((GraphPart) viewer.getContents()).getFigure().translateToAbsolute(corner);
        NodeSearch.open(
                viewer.getControl().getShell(),
                viewer.getControl().toDisplay(corner.x, corner.y),
                document().catalogue(),
                wanted,
                type -> add(type, at, wanted, port, ref));
    }

    @Override
    public void open(GraphNode subgraph) {
        SubgraphActions.open(document(), subgraph, viewer.getControl().getShell());
    }

    /** Adds a node and, where the search began with a link, links it. */
    private void add(NodeDescriptor type, Point at, Catalogue.Wanted wanted, Port port, String ref) {
        GraphNode added = document().make(Messages.bind(Messages.edit_add, type.name()), graph -> {
            settle();
            GraphNode node = Edits.addNode(graph, type, at.x, at.y);
            document().catalogue().port(type, wanted).ifPresent(name -> {
                if (port != null) {
                    Edits.link(graph, node.getId() + "." + name, port.node(), port.name(), port.many());
                } else if (ref != null) {
                    Edits.link(graph, ref, node, name, false);
                }
            });
            return node;
        });
        select(List.of(added));
        viewer.getControl().setFocus();
    }

    void select(List<? extends Element> elements) {
        var parts =
                elements.stream().map(this::part).filter(part -> part != null).toList();
        viewer.flush();
        viewer.setSelection(new org.eclipse.jface.viewers.StructuredSelection(parts));
        if (!parts.isEmpty()) {
            viewer.reveal(parts.get(0));
        }
    }

    /** What the graph covers. */
    Rectangle extent() {
        Rectangle all = null;
        for (Object child : viewer.getContents().getChildren()) {
            Rectangle box =
                    ((org.eclipse.gef.GraphicalEditPart) child).getFigure().getBounds();
            all = all == null ? box.getCopy() : all.union(box);
        }
        return all == null ? new Rectangle() : all;
    }

    /** The point of the canvas under the pointer; the middle of what is seen when the pointer is elsewhere. */
    Point pointer() {
        var control = (FigureCanvas) viewer.getControl();
        var at = control.toControl(control.getDisplay().getCursorLocation());
        if (!control.getClientArea().contains(at)) {
            return root.visible().getCenter();
        }
        var point = new Point(at.x, at.y);
        ((GraphPart) viewer.getContents()).getFigure().translateToRelative(point);
        return point;
    }

    /** The other button selects what lies under it, as the menu is for that, and remembers the parameter there. */
    private void point(Event e) {
        pointed = null;
        if (e.button != 3) {
            return;
        }
        for (IFigure at = root.getFigure().getParent().findFigureAt(e.x, e.y); at != null; at = at.getParent()) {
            if (at instanceof ParameterFigure row) {
                pointed = row;
            }
        }
        var part = viewer.findObjectAt(new Point(e.x, e.y));
        if (pointed != null && part != null && !viewer.getSelectedEditParts().contains(part)) {
            viewer.select(part);
        }
    }

    /** The parameter of a node on which the menu was opened last; null for none. */
    String pointed(GraphNode node) {
        return pointed != null
                        && part(node) instanceof NodePart part
                        && ((NodeFigure) part.getFigure()).parameters().contains(pointed)
                ? pointed.name()
                : null;
    }

    /** The wheel zooms to the pointer; with Shift or Control it scrolls. */
    private void wheel(Event e) {
        e.doit = false;
        boolean scroll = (e.stateMask & (SWT.MOD1 | SWT.SHIFT)) != 0 || e.type == SWT.MouseHorizontalWheel;
        if (!scroll) {
            root.zoom(Math.pow(WHEEL, Math.clamp(e.count, -3, 3) / 3.0), new Point(e.x, e.y));
            return;
        }
        boolean sideways = (e.stateMask & SWT.SHIFT) != 0 || e.type == SWT.MouseHorizontalWheel;
        scroll(sideways ? -e.count * 20 : 0, sideways ? 0 : -e.count * 20);
    }

    private void scroll(int dx, int dy) {
        Viewport port = (Viewport) root.getFigure();
        Point view = port.getViewLocation();
        port.setViewLocation(view.x + dx, view.y + dy);
    }

    /** The middle button takes the canvas and moves it. */
    private void hand(Event e) {
        if (e.type == SWT.MouseDown && e.button == 2) {
            hand = new org.eclipse.swt.graphics.Point(e.x, e.y);
        } else if (e.type == SWT.MouseUp && e.button == 2) {
            hand = null;
        } else if (e.type == SWT.MouseMove && hand != null) {
            scroll(hand.x - e.x, hand.y - e.y);
            hand = new org.eclipse.swt.graphics.Point(e.x, e.y);
        }
    }
}
