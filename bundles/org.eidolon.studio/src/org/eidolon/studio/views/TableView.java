// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.commands.ActionHandler;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerComparator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.progress.IWorkbenchSiteProgressService;

/**
 * A view of rows: a line that sums them up, a table that sorts by its columns, and actions that are in the bar, in the
 * menu of the table and on keys. Long work goes on in a job.
 *
 * @param <T> what a row shows
 */
abstract class TableView<T> extends ViewPart {
    /** Marks that an action has no key in the table. */
    static final int NO_KEY = 0;

    private final MenuManager menu = new MenuManager();
    private final MenuManager sorting = new MenuManager(Words.of("sort"));
    private final List<Runnable> refreshers = new ArrayList<>();
    private final Class<T> type;
    private Label summary;
    private TableViewer table;

    TableView(Class<T> type) {
        this.type = type;
    }

    /** The summary and the table; what a view has below comes after. */
    final void createTable(Composite parent, String name) {
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(parent);
        summary = new Label(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 3).applyTo(summary);
        table = new TableViewer(parent, SWT.MULTI | SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
        table.setContentProvider(ArrayContentProvider.getInstance());
        Table control = table.getTable();
        control.setHeaderVisible(true);
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = e.childID < 0 ? name : e.result;
            }
        });
        GridDataFactory.fillDefaults().grab(true, true).applyTo(control);
        control.setMenu(menu.createContextMenu(control));
        table.addSelectionChangedListener(event -> refresh());
        getSite().setSelectionProvider(table);
    }

    final void column(String title, int width, boolean right, Function<T, String> text, Comparator<T> order) {
        var column = new TableViewerColumn(table, right ? SWT.RIGHT : SWT.LEFT);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.setLabelProvider(ColumnLabelProvider.createTextProvider(row -> text.apply(type.cast(row))));
        if (order != null) {
            column.getColumn().addListener(SWT.Selection, e -> sort(column.getColumn(), order));
            sorting.add(new Action(title) {
                @Override
                public void run() {
                    sort(column.getColumn(), order);
                }
            });
        }
    }

    /** By a column; the other way round when it is that one already. */
    private void sort(TableColumn column, Comparator<T> order) {
        Table control = table.getTable();
        boolean again = control.getSortColumn() == column;
        int direction = again && control.getSortDirection() == SWT.UP ? SWT.DOWN : SWT.UP;
        control.setSortColumn(column);
        control.setSortDirection(direction);
        Comparator<T> wanted = direction == SWT.UP ? order : order.reversed();
        table.setComparator(new ViewerComparator() {
            @Override
            public int compare(Viewer viewer, Object a, Object b) {
                return wanted.compare(type.cast(a), type.cast(b));
            }
        });
    }

    /**
     * Adds an action.
     *
     * @param icon name of a file in icons, or null for one that is in the menu only
     * @param key a key code with its modifiers, for when the table has the focus, which is none of the workbench's own;
     *     {@link #NO_KEY} for none
     * @param enabled whether it can be used now
     */
    final Action action(String label, String icon, int key, Runnable work, Callable<Boolean> enabled) {
        var action = new Action(label) {
            @Override
            public void run() {
                work.run();
            }
        };
        install(action, icon, key);
        refreshers.add(() -> {
            try {
                action.setEnabled(enabled.call());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return action;
    }

    /** Adds the action that looks again, which has the workbench's own key for that. */
    final void refreshAction(Runnable work) {
        Action look = action(Words.of("look"), "refresh.svg", NO_KEY, work, () -> true);
        look.setAccelerator(SWT.F5);
        getSite()
                .getService(IHandlerService.class)
                .activateHandler(IWorkbenchCommandConstants.FILE_REFRESH, new ActionHandler(look));
    }

    /** Adds an action that is made already. */
    final void install(Action action, String icon, int key) {
        if (key != NO_KEY) {
            action.setAccelerator(key); // shown beside the words
            table.getTable().addListener(SWT.KeyDown, event -> pressed(event, key, action));
        }
        menu.add(action);
        if (icon != null) {
            ResourceLocator.imageDescriptorFromBundle("org.eidolon.studio", "icons/" + icon)
                    .ifPresent(action::setImageDescriptor);
            getViewSite().getActionBars().getToolBarManager().add(action);
        }
    }

    private static void pressed(Event event, int key, IAction action) {
        if ((event.keyCode | event.stateMask & SWT.MODIFIER_MASK) == key && action.isEnabled()) {
            event.doit = false;
            if (action.getStyle() == IAction.AS_CHECK_BOX) {
                action.setChecked(!action.isChecked());
            }
            action.run();
        }
    }

    /** To be called when all actions are there. */
    final void finishActions() {
        if (!sorting.isEmpty()) {
            menu.add(new Separator());
            menu.add(sorting);
        }
        getViewSite().getActionBars().updateActionBars();
        refresh();
    }

    final TableViewer table() {
        return table;
    }

    final List<T> selected() {
        return table.getStructuredSelection().stream().map(type::cast).toList();
    }

    final void show(List<T> rows, String words) {
        if (!table.getControl().isDisposed()) {
            table.setInput(rows);
            say(words);
            refresh();
        }
    }

    final void say(String words) {
        summary.setText(words.replace("&", "&&"));
    }

    /** What the line above the table says. */
    final String said() {
        return summary.getText();
    }

    /** Whether actions can be used. */
    final void refresh() {
        refreshers.forEach(Runnable::run);
    }

    /**
     * Does long work away from the user interface's thread, and shows in the view's tab that it is under way.
     *
     * @param then told the result, on the user interface's thread
     */
    final <R> Job work(String name, Callable<R> work, Consumer<R> then) {
        var display = table.getControl().getDisplay();
        Job job = new Job(name) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                try {
                    R result = work.call();
                    display.asyncExec(() -> {
                        if (!table.getControl().isDisposed()) {
                            then.accept(result);
                        }
                    });
                    return Status.OK_STATUS;
                } catch (Exception e) {
                    return Status.error(name + ": " + e.getMessage(), e);
                }
            }
        };
        getSite().getService(IWorkbenchSiteProgressService.class).schedule(job, 0, true);
        return job;
    }

    @Override
    public void setFocus() {
        table.getControl().setFocus();
    }

    @Override
    public void dispose() {
        menu.dispose();
        super.dispose();
    }
}
