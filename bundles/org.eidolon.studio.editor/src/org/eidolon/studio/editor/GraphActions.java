// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.core.runtime.ILog;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.EditPart;
import org.eclipse.gef.Request;
import org.eclipse.gef.RequestConstants;
import org.eclipse.gef.commands.CommandStack;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.PartInitException;
import org.eidolon.graph.GraphFormatException;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.base.Settings;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.edit.Arrange;
import org.eidolon.studio.editor.edit.Catalogue;
import org.eidolon.studio.editor.edit.Clip;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Enclosures;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.layout.Layered;

/** What the commands of the editor do. */
public final class GraphActions {
    private static final int STEP = 40;

    private final GraphEditor editor;
    private final GraphDocument document;
    private final Canvas canvas;

    public GraphActions(GraphEditor editor) {
        this.editor = editor;
        this.document = editor.document();
        this.canvas = editor.canvas();
    }

    CommandStack stack() {
        return document.stack();
    }

    private List<Element> selected() {
        return canvas.selected();
    }

    private List<GraphNode> nodes() {
        return selected().stream()
                .filter(GraphNode.class::isInstance)
                .map(GraphNode.class::cast)
                .toList();
    }

    private List<Wire> wires() {
        var wires = new ArrayList<Wire>();
        for (Object part : canvas.viewer().getSelectedEditParts()) {
            if (((EditPart) part).getModel() instanceof Wire wire) {
                wires.add(wire);
            }
        }
        return wires;
    }

    public void add() {
        canvas.search(canvas.pointer(), new Catalogue.Wanted.Anything(), null, null);
    }

    public void note() {
        Point at = canvas.pointer();
        Element note = document.make(Messages.edit_note_add, graph -> {
            canvas.settle();
            return Edits.addNote(graph, Messages.note_new, at.x, at.y);
        });
        canvas.select(List.of(note));
        rename();
    }

    public void delete() {
        List<Element> elements = selected();
        List<Wire> wires = wires();
        document.edit(Messages.edit_delete, graph -> {
            wires.forEach(Edits::unlink);
            Edits.delete(graph, elements);
        });
    }

    public void selectAll() {
        canvas.viewer()
                .setSelection(new org.eclipse.jface.viewers.StructuredSelection(
                        canvas.viewer().getContents().getChildren()));
    }

    public void copy() {
        if (!selected().isEmpty()) {
            var clipboard = new Clipboard(canvas.viewer().getControl().getDisplay());
            clipboard.setContents(new Object[] {copied()}, new Transfer[] {TextTransfer.getInstance()});
            clipboard.dispose();
        }
    }

    private String copied() {
        // what the layout placed has no place in the model, but shall have one where it is pasted
        Map<Element, Rectangle> boxes = canvas.boxes(selected());
        String[] text = new String[1];
        var edit = org.eidolon.studio.editor.edit.Edit.of("", document.graph(), graph -> {
            boxes.forEach((element, box) -> Edits.place(element, box.x, box.y));
            text[0] = Clip.copy(graph, Edits.withMembers(graph, selected()), document.catalogue());
        });
        if (edit != null) {
            edit.undo();
        }
        return text[0];
    }

    public void cut() {
        copy();
        delete();
    }

    public void paste() {
        var clipboard = new Clipboard(canvas.viewer().getControl().getDisplay());
        var text = (String) clipboard.getContents(TextTransfer.getInstance());
        clipboard.dispose();
        if (text != null) {
            paste(text, canvas.pointer());
        }
    }

    public void duplicate() {
        if (!selected().isEmpty()) {
            Rectangle all = null;
            for (Rectangle box : canvas.boxes(selected()).values()) {
                all = all == null ? box : all.union(box);
            }
            if (all != null) {
                paste(copied(), new Point(all.x + STEP, all.y + STEP));
            }
        }
    }

    private void paste(String text, Point at) {
        try {
            Graph part = Clip.read(text);
            Enclosures.unpack(part, document.folder());
            List<Element> added = document.make(Messages.edit_paste, graph -> {
                canvas.settle();
                return Clip.paste(graph, part, at.x, at.y);
            });
            canvas.select(added);
        } catch (GraphFormatException e) {
            MessageDialog.openInformation(
                    canvas.viewer().getControl().getShell(), Messages.edit_paste, Messages.paste_no_graph);
        } catch (IOException e) {
            MessageDialog.openError(canvas.viewer().getControl().getShell(), Messages.edit_paste, e.getMessage());
        }
    }

    public void mute() {
        flip(Messages.edit_mute, GraphNode::isMuted, GraphNode::setMuted);
    }

    public void bypass() {
        flip(Messages.edit_bypass, GraphNode::isBypassed, GraphNode::setBypassed);
    }

    public void collapse() {
        flip(Messages.edit_collapse, GraphNode::isCollapsed, GraphNode::setCollapsed);
    }

    /** Sets the flag on all nodes, or takes it off where all have it. */
    private void flip(String label, Predicate<GraphNode> is, BiConsumer<GraphNode, Boolean> set) {
        boolean all = nodes().stream().allMatch(is);
        List<GraphNode> nodes = nodes();
        document.edit(label, graph -> nodes.forEach(node -> set.accept(node, !all)));
    }

    public void rename() {
        if (selected().size() == 1) {
            canvas.viewer().flush();
            canvas.part(selected().get(0)).performRequest(new Request(RequestConstants.REQ_DIRECT_EDIT));
        }
    }

    public void frame() {
        var boxes = new java.util.HashMap<Element, int[]>();
        canvas.boxes(selected()).forEach((element, box) -> {
            if (!(element instanceof Frame)) {
                boxes.put(element, new int[] {box.x, box.y, box.width, box.height});
            }
        });
        if (!boxes.isEmpty()) {
            Element frame = document.make(Messages.edit_frame, graph -> {
                canvas.settle();
                return Edits.addFrame(graph, Messages.frame_new, boxes);
            });
            canvas.select(List.of(frame));
            rename();
        }
    }

    public void layout() {
        Map<Element, Rectangle> boxes = canvas.boxes(Graphs.elements(document.graph()));
        Map<Element, Rectangle> places = new Layered(document.graph(), boxes).places();
        document.edit(Messages.edit_layout, graph -> places.forEach(Edits::put));
        fit();
    }

    /** Shows the form of what the graph takes. */
    public void inputs() {
        canvas.viewer().deselectAll();
        try {
            editor.getSite().getPage().showView(IPageLayout.ID_PROP_SHEET);
        } catch (PartInitException e) {
            ILog.of(GraphActions.class).log(e.getStatus());
        }
    }

    private SubgraphActions subgraphs() {
        return new SubgraphActions(document, canvas);
    }

    public void makeSubgraph() {
        subgraphs().make();
    }

    public void openSubgraph() {
        subgraphs().open();
    }

    public void dissolveSubgraph() {
        subgraphs().dissolve();
    }

    public void align(Arrange.Edge edge) {
        Map<Element, Rectangle> boxes = canvas.boxes(selected());
        document.edit(Messages.edit_align, graph -> {
            canvas.settle();
            Arrange.align(boxes, edge);
        });
    }

    public void distribute(boolean horizontally) {
        Map<Element, Rectangle> boxes = canvas.boxes(selected());
        document.edit(Messages.edit_distribute, graph -> {
            canvas.settle();
            Arrange.distribute(boxes, horizontally);
        });
    }

    public void fit() {
        canvas.viewer().flush();
        canvas.root().fit(canvas.extent());
    }

    public void zoom(double factor) {
        var area = canvas.viewer().getControl().getBounds();
        canvas.root().zoom(factor, new Point(area.width / 2, area.height / 2));
    }

    public void zoomFull() {
        zoom(1 / canvas.root().getZoomManager().getZoom());
    }

    public void run(boolean onlySelected) {
        List<String> targets =
                onlySelected ? nodes().stream().map(GraphNode::getId).toList() : List.of();
        editor.runs().start(targets, Settings.quality());
    }

    /** Of the selected node; where the menu was opened on a parameter, that one. */
    public void sweep() {
        GraphNode node = nodes().size() == 1 ? nodes().getFirst() : null;
        Sweeping.ask(editor, node, node == null ? null : canvas.pointed(node));
    }

    public void cancel() {
        editor.runs().cancel();
    }
}
