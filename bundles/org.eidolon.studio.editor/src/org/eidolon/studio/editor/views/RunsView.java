// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.ITreeSelection;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.run.RunLog;
import org.eidolon.studio.editor.run.Runs;

/** Runs of the graph, those that wait among them: each with its nodes, why they ran and what they told. */
public final class RunsView extends EditorView {
    public static final String ID = "org.eidolon.studio.editor.runs";

    private final Runs.Listener listener = new Runs.Listener() {
        @Override
        public void nodes(List<String> ids) {
            refresh();
        }

        @Override
        public void runs() {
            refresh();
            expandNewest();
        }
    };
    private TreeViewer tree;
    private Action stop;

    @Override
    public void createPartControl(Composite parent) {
        tree = new TreeViewer(parent, SWT.V_SCROLL | SWT.H_SCROLL);
        tree.setContentProvider(new Content());
        tree.setLabelProvider(new Labels());
        tree.addDoubleClickListener(event -> {
            Object first = ((ITreeSelection) tree.getSelection()).getFirstElement();
            if (first instanceof RunLog.Step step && editor() != null) {
                Element element = editor().document().index().element(step.node());
                if (element != null) {
                    editor().reveal(List.of(element));
                }
            }
        });
        stop = new Action(Messages.runs_stop) {
            @Override
            public void run() {
                stop();
            }
        };
        stop.setImageDescriptor(
                PlatformUI.getWorkbench().getSharedImages().getImageDescriptor(ISharedImages.IMG_ELCL_STOP));
        stop.setDisabledImageDescriptor(
                PlatformUI.getWorkbench().getSharedImages().getImageDescriptor(ISharedImages.IMG_ELCL_STOP_DISABLED));
        getViewSite().getActionBars().getToolBarManager().add(stop);
        start();
    }

    /** Stops the run that is selected; of one that waits, its wait. */
    private void stop() {
        if (editor() == null) {
            return;
        }
        var selection = (ITreeSelection) tree.getSelection();
        Object first = selection.isEmpty() ? null : selection.getPaths()[0].getFirstSegment();
        if (first instanceof RunLog log && log.isWaiting()) {
            editor().runs().drop(log);
        } else {
            editor().runs().cancel();
        }
    }

    private void expandNewest() {
        if (editor() != null
                && !tree.getControl().isDisposed()
                && !editor().runs().logs().isEmpty()) {
            tree.expandToLevel(editor().runs().logs().getLast(), 1);
        }
    }

    @Override
    void enter(GraphEditor next) {
        next.runs().onChange(listener);
    }

    @Override
    void leave(GraphEditor last) {
        last.runs().noMore(listener);
    }

    @Override
    void refresh() {
        if (!tree.getControl().isDisposed()) {
            Runs runs = editor() == null ? null : editor().runs();
            stop.setEnabled(runs != null && runs.isRunning());
            if (tree.getInput() != runs) {
                tree.setInput(runs);
            } else {
                tree.refresh();
            }
        }
    }

    @Override
    public void setFocus() {
        tree.getControl().setFocus();
    }

    private static final class Content implements ITreeContentProvider {
        @Override
        public Object[] getElements(Object input) {
            return input instanceof Runs runs ? runs.logs().reversed().toArray() : new Object[0];
        }

        @Override
        public Object[] getChildren(Object parent) {
            return switch (parent) {
                case RunLog log when !log.problems().isEmpty() -> log.problems().toArray();
                case RunLog log ->
                    Stream.concat(log.steps().stream(), log.lines().stream()).toArray();
                case RunLog.Step step -> step.lines().toArray();
                default -> new Object[0];
            };
        }

        @Override
        public Object getParent(Object element) {
            return null;
        }

        @Override
        public boolean hasChildren(Object element) {
            return getChildren(element).length > 0;
        }
    }

    private static final class Labels extends LabelProvider {
        @Override
        public String getText(Object object) {
            return switch (object) {
                case RunLog log -> log.title() + "  –  " + log.status();
                case RunLog.Step step -> step.node() + (step.status().isEmpty() ? "" : "  –  " + step.status());
                default -> object.toString();
            };
        }
    }
}
