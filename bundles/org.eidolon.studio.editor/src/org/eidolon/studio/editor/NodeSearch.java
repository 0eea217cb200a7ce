// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Catalogue;

/** The search for a node type that pops up on the canvas: type a few letters, Enter takes the first. */
public final class NodeSearch {
    private static final int WIDTH = 380;
    private static final int HEIGHT = 320;

    private final Catalogue catalogue;
    private final Catalogue.Wanted wanted;
    private final Consumer<NodeDescriptor> take;
    private final Shell shell;
    private final Text words;
    private final Table table;
    private final Label doc;

    private NodeSearch(Shell parent, Catalogue catalogue, Catalogue.Wanted wanted, Consumer<NodeDescriptor> take) {
        this.catalogue = catalogue;
        this.wanted = wanted;
        this.take = take;
        shell = new Shell(parent, SWT.ON_TOP | SWT.TOOL | SWT.RESIZE);
        shell.setText(Messages.search_title);
        shell.setLayout(new GridLayout());
        words = new Text(shell, SWT.SEARCH | SWT.ICON_SEARCH | SWT.BORDER);
        words.setMessage(hint());
        words.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        table = new Table(shell, SWT.SINGLE | SWT.FULL_SELECTION | SWT.V_SCROLL);
        table.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        new TableColumn(table, SWT.NONE).setWidth(WIDTH * 6 / 10);
        new TableColumn(table, SWT.NONE).setWidth(WIDTH * 3 / 10);
        doc = new Label(shell, SWT.WRAP);
        var below = new GridData(SWT.FILL, SWT.BOTTOM, true, false);
        below.heightHint = 38;
        below.widthHint = WIDTH - 20;
        doc.setLayoutData(below);
        listen();
        fill();
    }

    /**
     * Opens the search.
     *
     * @param at upper left corner on the display
     */
    public static NodeSearch open(
            Shell parent, Point at, Catalogue catalogue, Catalogue.Wanted wanted, Consumer<NodeDescriptor> take) {
        var search = new NodeSearch(parent, catalogue, wanted, take);
        Rectangle screen = parent.getMonitor().getClientArea();
        search.shell.setSize(WIDTH, HEIGHT);
        search.shell.setLocation(
                Math.clamp(at.x, screen.x, Math.max(screen.x, screen.x + screen.width - WIDTH)),
                Math.clamp(at.y, screen.y, Math.max(screen.y, screen.y + screen.height - HEIGHT)));
        search.shell.open();
        search.words.setFocus();
        return search;
    }

    private String hint() {
        return switch (wanted) {
            case Catalogue.Wanted.Anything any -> Messages.search_hint;
            case Catalogue.Wanted.Takes takes ->
                Messages.bind(Messages.search_takes, catalogue.typeName(takes.given()));
            case Catalogue.Wanted.Gives gives ->
                Messages.bind(
                        Messages.search_gives,
                        catalogue.typeName(gives.accepted().get(0)));
        };
    }

    private void listen() {
        words.addListener(SWT.Modify, e -> fill());
        words.addListener(SWT.KeyDown, e -> {
            if (e.keyCode == SWT.ARROW_DOWN || e.keyCode == SWT.ARROW_UP) {
                e.doit = false;
                int to = table.getSelectionIndex() + (e.keyCode == SWT.ARROW_DOWN ? 1 : -1);
                table.setSelection(Math.clamp(to, 0, Math.max(0, table.getItemCount() - 1)));
                describe();
            }
        });
        words.addListener(SWT.DefaultSelection, e -> choose());
        table.addListener(SWT.Selection, e -> describe());
        table.addListener(SWT.DefaultSelection, e -> choose());
        shell.addListener(SWT.Traverse, e -> {
            if (e.detail == SWT.TRAVERSE_ESCAPE) {
                e.doit = false;
                shell.close();
            }
        });
        shell.addListener(
                SWT.Deactivate,
                e -> shell.getDisplay().asyncExec(() -> {
                    // a window that opens may lose the focus for a moment and get it back
                    if (!shell.isDisposed() && shell.getDisplay().getActiveShell() != shell) {
                        shell.close();
                    }
                }));
    }

    private void fill() {
        List<NodeDescriptor> found = catalogue.search(words.getText(), wanted);
        table.setRedraw(false);
        table.removeAll();
        for (NodeDescriptor type : found) {
            var item = new TableItem(table, SWT.NONE);
            item.setText(new String[] {type.name(), type.category()});
            item.setData(type);
        }
        if (!found.isEmpty()) {
            table.setSelection(0);
        }
        table.setRedraw(true);
        describe();
    }

    private void describe() {
        TableItem[] items = table.getSelection();
        doc.setText(items.length == 0 ? Messages.search_nothing : ((NodeDescriptor) items[0].getData()).doc());
    }

    private void choose() {
        TableItem[] items = table.getSelection();
        if (items.length > 0) {
            var type = (NodeDescriptor) items[0].getData();
            shell.close();
            take.accept(type);
        }
    }
}
