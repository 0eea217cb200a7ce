// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.gef.EditPart;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.part.Page;
import org.eclipse.ui.views.contentoutline.IContentOutlinePage;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument.Change;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.run.Runs;

/**
 * The graph as a tree: elements, and under each node its links. Selects what is selected on the canvas and the other way
 * round, so that every command works from here too, without a pointer. Below it the minimap.
 */
public final class GraphOutline extends Page implements IContentOutlinePage {
    /** Up to this many elements the tree begins unfolded; more would take a while and show no more. */
    private static final int OPEN = 200;

    private final GraphEditor editor;
    private final Consumer<Change> changes = this::changed;
    private final Runs.Listener runs = new Runs.Listener() {
        @Override
        public void nodes(List<String> ids) {
            update(ids.stream()
                    .map(editor.document().index()::element)
                    .filter(Objects::nonNull)
                    .toArray());
        }

        @Override
        public void runs() {}
    };
    private final ISelectionChangedListener fromCanvas = event -> showSelection(event.getSelection());
    private SashForm sash;
    private TreeViewer tree;
    private Minimap minimap;
    private boolean syncing;

    public GraphOutline(GraphEditor editor) {
        this.editor = editor;
    }

    @Override
    public void createControl(Composite parent) {
        sash = new SashForm(parent, SWT.VERTICAL);
        tree = new TreeViewer(sash, SWT.MULTI | SWT.H_SCROLL | SWT.V_SCROLL);
        tree.setContentProvider(new Content());
        tree.setLabelProvider(new Labels());
        tree.setInput(editor.document().graph());
        if (Graphs.elements(editor.document().graph()).size() <= OPEN) {
            tree.expandAll();
        }
        tree.addSelectionChangedListener(event -> showOnCanvas(tree.getStructuredSelection()));
        editor.menu(tree.getControl());
        tree.addDoubleClickListener(event -> editor.reveal(elements(tree.getStructuredSelection())));
        minimap = new Minimap(sash, editor);
        sash.setWeights(3, 2);
        editor.document().onChange(changes);
        editor.runs().onChange(runs);
        editor.host().viewer().addSelectionChangedListener(fromCanvas);
        showSelection(editor.host().viewer().getSelection());
    }

    private void changed(Change change) {
        if (tree.getControl().isDisposed()) {
            return;
        }
        syncing = true;
        if (change.list()) {
            tree.refresh();
        } else if (change.links()) {
            change.elements().forEach(tree::refresh);
        } else {
            tree.update(change.elements().toArray(), null);
        }
        syncing = false;
    }

    private void update(Object[] elements) {
        if (!tree.getControl().isDisposed()) {
            tree.update(elements, null);
            minimap.redraw(); // previews change the height of nodes
        }
    }

    private static List<Element> elements(IStructuredSelection selection) {
        var elements = new ArrayList<Element>();
        for (Object object : selection.toList()) {
            if (object instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private void showOnCanvas(IStructuredSelection selection) {
        if (syncing) {
            return;
        }
        syncing = true;
        var parts = new ArrayList<EditPart>();
        for (Object object : selection.toList()) {
            Object model = object instanceof Link link ? new Wire.ToNode(link) : object;
            EditPart part = editor.host().part(model);
            if (part != null) {
                parts.add(part);
            }
        }
        editor.host().viewer().setSelection(new StructuredSelection(parts));
        if (!parts.isEmpty()) {
            editor.host().viewer().reveal(parts.get(0));
        }
        syncing = false;
    }

    private void showSelection(ISelection selection) {
        if (syncing || tree.getControl().isDisposed()) {
            return;
        }
        syncing = true;
        var models = new ArrayList<Object>();
        for (Object part : ((IStructuredSelection) selection).toList()) {
            Object model = ((EditPart) part).getModel();
            models.add(model instanceof Wire.ToNode wire ? wire.link() : model);
        }
        tree.setSelection(new StructuredSelection(models), true);
        syncing = false;
    }

    @Override
    public Control getControl() {
        return sash;
    }

    @Override
    public void setFocus() {
        tree.getControl().setFocus();
    }

    @Override
    public void dispose() {
        editor.document().noMore(changes);
        editor.runs().noMore(runs);
        editor.host().viewer().removeSelectionChangedListener(fromCanvas);
        super.dispose();
    }

    @Override
    public ISelection getSelection() {
        return editor.host().viewer().getSelection();
    }

    @Override
    public void setSelection(ISelection selection) {}

    @Override
    public void addSelectionChangedListener(ISelectionChangedListener listener) {
        editor.host().viewer().addSelectionChangedListener(listener);
    }

    @Override
    public void removeSelectionChangedListener(ISelectionChangedListener listener) {
        editor.host().viewer().removeSelectionChangedListener(listener);
    }

    private static final class Content implements ITreeContentProvider {
        @Override
        public Object[] getElements(Object input) {
            return Graphs.elements((Graph) input).toArray();
        }

        @Override
        public Object[] getChildren(Object parent) {
            return parent instanceof GraphNode node ? node.getLinks().toArray() : new Object[0];
        }

        @Override
        public Object getParent(Object element) {
            return element instanceof Link link ? link.getTarget() : null;
        }

        @Override
        public boolean hasChildren(Object element) {
            return element instanceof GraphNode node && !node.getLinks().isEmpty();
        }
    }

    private final class Labels extends LabelProvider {
        @Override
        public String getText(Object object) {
            return switch (object) {
                case GraphNode node -> node(node);
                case Link link -> link.getPort() + " ← " + link.getFrom();
                case Reroute dot -> dot.getId() + "  " + Messages.outline_reroute;
                case Frame frame -> frame.getTitle() == null ? frame.getId() : frame.getTitle();
                case Note note ->
                    String.valueOf(note.getText()).lines().findFirst().orElse(note.getId());
                default -> object.toString();
            };
        }

        /** Name, state and flags in words: a screen reader hears what the canvas shows by colour. */
        private String node(GraphNode node) {
            var text = new StringBuilder(node.getLabel() == null ? node.getId() : node.getLabel());
            editor.document()
                    .catalogue()
                    .find(node)
                    .ifPresent(type -> text.append("  –  ").append(type.name()));
            RunState state = editor.runs().state(node.getId());
            if (state.phase() != RunState.Phase.NONE) {
                text.append("  ·  ").append(state.text());
            }
            if (node.isMuted()) {
                text.append("  ·  ").append(Messages.outline_muted);
            }
            if (node.isBypassed()) {
                text.append("  ·  ").append(Messages.outline_bypassed);
            }
            return text.toString();
        }
    }
}
