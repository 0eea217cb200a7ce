// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.List;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.Checker;
import org.eidolon.studio.editor.document.QuickFixes;

/** What is wrong with the graph, as it is edited; a double click goes there, the menu offers what mends it. */
public final class ProblemsView extends EditorView {
    public static final String ID = "org.eidolon.studio.editor.problems";

    private final Runnable listener = this::refresh;
    private TableViewer table;

    @Override
    public void createPartControl(Composite parent) {
        table = new TableViewer(parent, SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
        table.getTable().setHeaderVisible(true);
        table.setContentProvider(ArrayContentProvider.getInstance());
        column(Messages.problems_where, 190, new ColumnLabelProvider() {
            @Override
            public String getText(Object problem) {
                return ((Problem) problem).where();
            }

            @Override
            public Image getImage(Object problem) {
                String key = ((Problem) problem).isError()
                        ? ISharedImages.IMG_OBJS_ERROR_TSK
                        : ISharedImages.IMG_OBJS_WARN_TSK;
                return PlatformUI.getWorkbench().getSharedImages().getImage(key);
            }
        });
        column(Messages.problems_message, 430, ColumnLabelProvider.createTextProvider(p -> ((Problem) p).message()));
        column(Messages.problems_advice, 360, ColumnLabelProvider.createTextProvider(p -> ((Problem) p).advice()));
        table.addDoubleClickListener(event -> go(selected()));
        var menu = new MenuManager();
        menu.setRemoveAllWhenShown(true);
        menu.addMenuListener(this::fill);
        table.getControl().setMenu(menu.createContextMenu(table.getControl()));
        start();
    }

    private void column(String title, int width, ColumnLabelProvider labels) {
        var column = new TableViewerColumn(table, SWT.NONE);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.setLabelProvider(labels);
    }

    private Problem selected() {
        return (Problem) table.getStructuredSelection().getFirstElement();
    }

    private void go(Problem problem) {
        if (problem != null && editor() != null) {
            Element element = editor().document().index().element(Checker.element(problem));
            if (element != null) {
                getSite().getPage().activate(editor());
                editor().reveal(List.of(element));
            }
        }
    }

    private void fill(IMenuManager menu) {
        Problem problem = selected();
        if (problem == null || editor() == null) {
            return;
        }
        for (QuickFixes.Fix fix : QuickFixes.of(problem, editor().document())) {
            menu.add(new Action(fix.label()) {
                @Override
                public void run() {
                    editor().document().edit(fix.label(), fix.change());
                }
            });
        }
        menu.add(new Action(Messages.problems_go) {
            @Override
            public void run() {
                go(problem);
            }
        });
    }

    @Override
    void enter(GraphEditor next) {
        next.onProblems(listener);
    }

    @Override
    void leave(GraphEditor last) {
        last.noMoreProblems(listener);
    }

    @Override
    void refresh() {
        if (!table.getControl().isDisposed()) {
            table.setInput(editor() == null ? List.of() : editor().problems());
        }
    }

    @Override
    public void setFocus() {
        table.getControl().setFocus();
    }
}
