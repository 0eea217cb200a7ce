// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.commands.ActionHandler;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.statushandlers.StatusManager;
import org.eidolon.graph.PortRef;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.Sweeping;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.run.SweepResults;
import org.eidolon.studio.editor.run.Sweeps;
import org.eidolon.studio.editor.run.Trial;
import org.eidolon.studio.viewer.HeadCanvas;
import org.eidolon.studio.viewer.HeadView;

/**
 * The results of a sweep side by side, a column for each value, while its runs go on and after. All heads are seen from the
 * same place, in the same light, with the same expression: what is done to one is done to all.
 */
public final class CompareView extends ViewPart {
    public static final String ID = "org.eidolon.studio.compare";

    /** Narrower than this, columns scroll. */
    private static final int COLUMN = 190;

    private static final int LOWEST = 230;

    private final IPartListener2 parts = new IPartListener2() {
        @Override
        public void partActivated(IWorkbenchPartReference part) {
            if (part.getPart(false) instanceof GraphEditor editor) {
                follow(editor.document().file());
            }
        }
    };
    private final Consumer<SweepResults> begun = this::show;
    private final Runnable listener = this::later;
    private final List<CompareColumn> columns = new ArrayList<>();
    private List<SweepResults> sweeps = List.of();
    private Path graph;
    private SweepResults shown;
    private Combo which;
    private Combo pictures;
    private OneLook look;
    private Button own;
    private Label sum;
    private ScrolledComposite scroll;
    private Composite row;
    private Action stop;
    private boolean asked;

    @Override
    public void createPartControl(Composite parent) {
        var layout = new GridLayout(1, false);
        layout.marginWidth = layout.marginHeight = 0;
        layout.verticalSpacing = 0;
        parent.setLayout(layout);
        bar(parent);
        scroll = new ScrolledComposite(parent, SWT.H_SCROLL | SWT.V_SCROLL);
        scroll.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        scroll.setShowFocusedControl(true); // Tab brings columns into sight
        scroll.addListener(SWT.Resize, e -> later());
        scroll.getHorizontalBar().addListener(SWT.Selection, e -> later());
        row = new Composite(scroll, SWT.NONE);
        scroll.setContent(row);
        actions();
        Sweeps.get().onBegin(begun);
        getSite().getPage().addPartListener(parts);
        if (GraphEditor.active() != null) {
            follow(GraphEditor.active().document().file());
        } else {
            fill();
        }
    }

    private void bar(Composite parent) {
        var bar = new Composite(parent, SWT.NONE);
        bar.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        var line = new RowLayout(SWT.HORIZONTAL);
        line.center = true;
        line.wrap = true;
        bar.setLayout(line);
        which = combo(bar, "compare.sweep");
        which.addListener(SWT.Selection, e -> show(sweeps.get(which.getSelectionIndex())));
        pictures = combo(bar, "compare.shows");
        pictures.add(Words.of("compare.result"));
        pictures.select(0);
        pictures.addListener(SWT.Selection, e -> refresh());
        look = new OneLook(pair(bar, "compare.expression"), this::heads);
        CompareColumn.named(look.slider(), () -> Words.of("compare.expression"));
        own = new Button(bar, SWT.CHECK);
        own.setText(Words.of("compare.own"));
        own.setToolTipText(Words.of("compare.own.tip"));
        own.addListener(SWT.Selection, e -> fill());
        sum = new Label(bar, SWT.NONE);
    }

    private static Composite pair(Composite bar, String word) {
        var pair = new Composite(bar, SWT.NONE);
        var line = new RowLayout(SWT.HORIZONTAL);
        line.center = true;
        line.marginTop = line.marginBottom = 0;
        pair.setLayout(line);
        new Label(pair, SWT.NONE).setText(Words.of(word));
        return pair;
    }

    private static Combo combo(Composite bar, String word) {
        var combo = new Combo(pair(bar, word), SWT.READ_ONLY | SWT.DROP_DOWN);
        CompareColumn.named(combo, () -> Words.of(word));
        return combo;
    }

    private void actions() {
        stop = new Action(Words.of("compare.stop")) {
            @Override
            public void run() {
                CompareView.this.stop();
            }
        };
        var again = new Action(Words.of("look")) {
            @Override
            public void run() {
                list();
            }
        };
        again.setAccelerator(SWT.F5);
        getSite()
                .getService(IHandlerService.class)
                .activateHandler(IWorkbenchCommandConstants.FILE_REFRESH, new ActionHandler(again));
        icon(stop, "remove.svg");
        icon(again, "refresh.svg");
        var bars = getViewSite().getActionBars();
        for (Action action : List.of(stop, again)) {
            bars.getToolBarManager().add(action);
            bars.getMenuManager().add(action);
        }
    }

    /** Stops what is under way of the sweep that is seen, and takes the rest out of the queue. */
    void stop() {
        if (shown != null) {
            Sweeps.get().stop(shown);
        }
    }

    private static void icon(Action action, String file) {
        ResourceLocator.imageDescriptorFromBundle("org.eidolon.studio", "icons/" + file)
                .ifPresent(action::setImageDescriptor);
    }

    // ---- which sweep
    // ---------------------------------------------------------------------------------------------------

    private void follow(Path file) {
        if (!file.equals(graph)) {
            graph = file;
            list();
        }
    }

    /** Looks which sweeps of the graph there are; shows the newest, or goes on with the one that is shown. */
    private void list() {
        sweeps = graph == null ? List.of() : Sweeps.get().of(graph);
        boolean there = sweeps.contains(shown);
        show(there ? shown : sweeps.isEmpty() ? null : sweeps.getFirst());
        if (there) {
            fill(); // files may be others, too
        }
    }

    /** Shows a sweep. */
    public void show(SweepResults results) {
        if (row.isDisposed()) {
            return;
        }
        if (results != null && (!results.graph().equals(graph) || !sweeps.contains(results))) {
            graph = results.graph();
            sweeps = Sweeps.get().of(graph);
        }
        which.setItems(sweeps.stream().map(CompareView::title).toArray(String[]::new));
        which.select(sweeps.indexOf(results));
        which.setEnabled(!sweeps.isEmpty());
        if (results != shown || columns.isEmpty()) {
            if (shown != null) {
                shown.noMore(listener);
            }
            shown = results;
            look.forget();
            if (shown != null) {
                shown.onChange(listener);
            }
            fill();
        } else {
            refresh();
        }
    }

    private static String title(SweepResults sweep) {
        String when = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .format(sweep.when().atZone(ZoneId.systemDefault()));
        return Words.of("compare.title", sweep.target(), when);
    }

    private void fill() {
        columns.clear();
        for (Control child : row.getChildren()) {
            child.dispose();
        }
        List<Trial> trials = shown == null ? List.of() : shown.trials();
        Optional<Trial> other = shown == null ? Optional.empty() : shown.own();
        own.setEnabled(other.isPresent());
        other = other.filter(trial -> own.getSelection());
        int count = trials.size() + (other.isPresent() ? 1 : 0);
        var layout = new GridLayout(Math.max(1, count), true);
        layout.marginWidth = layout.marginHeight = 2;
        layout.horizontalSpacing = 2;
        row.setLayout(layout);
        if (trials.isEmpty()) {
            var none = new Label(row, SWT.WRAP);
            none.setText(Words.of("compare.none"));
            none.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, true));
        }
        boolean usable = shown != null && !PortRef.parse(shown.target()).port().isEmpty();
        other.ifPresent(trial -> add(trial, Words.of("compare.own.title", trial.value()), false));
        trials.forEach(trial -> add(trial, trial.value(), usable));
        scroll.setMinSize((COLUMN + 4) * count, LOWEST);
        row.layout(true, true);
        refresh();
    }

    private void add(Trial trial, String title, boolean usable) {
        var column = new CompareColumn(row, trial, title, this, usable);
        var room = new GridData(SWT.FILL, SWT.FILL, true, true);
        room.widthHint = COLUMN;
        column.setLayoutData(room);
        columns.add(column);
    }

    // ---- how it goes
    // ---------------------------------------------------------------------------------------------------

    /** Shows it anew in a moment: runs tell more than anybody can read. */
    private void later() {
        if (!asked && !row.isDisposed()) {
            asked = true;
            row.getDisplay().asyncExec(() -> {
                asked = false;
                if (!row.isDisposed()) {
                    refresh();
                }
            });
        }
    }

    private void refresh() {
        Rectangle sight = scroll.getClientArea();
        for (CompareColumn column : List.copyOf(columns)) {
            Rectangle place = row.getDisplay().map(column, scroll, column.getClientArea());
            column.update(place.intersects(sight));
        }
        look.follow();
        long done = trials(Trial.State.DONE);
        long failed = trials(Trial.State.FAILED) + trials(Trial.State.OUT_OF_GPU_MEMORY);
        String words = shown == null
                ? ""
                : Words.of(
                        failed > 0 ? "compare.sum.failed" : "compare.sum",
                        done,
                        shown.trials().size(),
                        failed);
        if (!words.equals(sum.getText())) {
            sum.setText(words);
            sum.getParent().requestLayout();
        }
        stop.setEnabled(shown != null && shown.isRunning());
    }

    private long trials(Trial.State state) {
        return shown == null
                ? 0
                : shown.trials().stream().filter(t -> t.state() == state).count();
    }

    /** A run's files are known: there may be more pictures to choose from. */
    void filesCame() {
        Set<String> names = new TreeSet<>();
        columns.forEach(column -> names.addAll(column.pictures()));
        String chosen = wanted();
        var all = new ArrayList<>(List.of(Words.of("compare.result")));
        all.addAll(names);
        if (!List.of(pictures.getItems()).equals(all)) {
            pictures.setItems(all.toArray(String[]::new));
            pictures.select(chosen == null ? 0 : Math.max(0, all.indexOf(chosen)));
            pictures.getParent().requestLayout();
        }
        later();
    }

    /** The name of the picture that is to be seen; null for the head, or the newest picture. */
    String wanted() {
        return pictures.getSelectionIndex() < 1 ? null : pictures.getText();
    }

    // ---- what is done with a result
    // ------------------------------------------------------------------------------------

    /** Shows a file in the view of heads: a head, or a picture beside it. */
    void open(Path file) {
        try {
            ((HeadView) getSite().getPage().showView(HeadView.ID)).panel().openAny(file);
        } catch (PartInitException e) {
            StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW);
        }
    }

    /** Writes the value into the graph, which can be undone there. */
    void use(Trial trial) {
        try {
            var input = new GraphFileInput(shown.graph());
            var editor = (GraphEditor) getSite().getPage().openEditor(input, GraphEditor.ID);
            Sweeping.take(editor, shown.target(), trial.value());
        } catch (PartInitException e) {
            StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW);
        }
    }

    OneLook look() {
        return look;
    }

    /** The heads that are drawn now, in the order of the values. */
    public List<HeadCanvas> heads() {
        return columns.stream()
                .filter(column -> !column.isDisposed())
                .map(CompareColumn::head)
                .filter(head -> head != null && head.model() != null)
                .toList();
    }

    List<CompareColumn> columns() {
        return List.copyOf(columns);
    }

    /** The sweep that is seen, or null. */
    SweepResults shown() {
        return shown;
    }

    @Override
    public void setFocus() {
        which.setFocus();
    }

    @Override
    public void dispose() {
        Sweeps.get().noMore(begun);
        getSite().getPage().removePartListener(parts);
        if (shown != null) {
            shown.noMore(listener);
        }
        super.dispose();
    }
}
