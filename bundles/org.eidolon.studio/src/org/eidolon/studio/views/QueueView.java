// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.statushandlers.StatusManager;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.run.QueuedRun;
import org.eidolon.studio.editor.run.RunQueue;

/** The runs of all graphs that are under way or wait: to be paused, put in another order, stopped and taken out. */
public final class QueueView extends TableView<QueuedRun> {
    public static final String ID = "org.eidolon.studio.queue";

    private final RunQueue queue = RunQueue.get();
    private final Runnable listener = this::update;
    private Action pause;

    public QueueView() {
        super(QueuedRun.class);
    }

    @Override
    public void createPartControl(Composite parent) {
        createTable(parent, Words.of("queue"));
        column(Words.of("queue.place"), 60, false, this::place, null);
        column(
                Words.of("queue.graph"),
                180,
                false,
                run -> run.graph().getFileName().toString(),
                null);
        column(Words.of("queue.what"), 150, false, QueueView::what, null);
        column(Words.of("queue.state"), 330, false, this::state, null);
        column(Words.of("queue.asked"), 130, false, QueueView::asked, null);
        table().addDoubleClickListener(event -> open());
        pause = new Action(Words.of("queue.pause"), IAction.AS_CHECK_BOX) {
            @Override
            public void run() {
                queue.pause(isChecked());
            }
        };
        install(pause, "pause.svg", SWT.MOD1 | 'p');
        action(Words.of("queue.up"), "up.svg", SWT.MOD3 | SWT.ARROW_UP, () -> move(-1), this::waits);
        action(Words.of("queue.down"), "down.svg", SWT.MOD3 | SWT.ARROW_DOWN, () -> move(1), this::waits);
        action(Words.of("queue.first"), null, SWT.MOD3 | SWT.HOME, () -> move(Integer.MIN_VALUE / 2), this::waits);
        action(
                Words.of("queue.drop"),
                "remove.svg",
                SWT.DEL,
                this::drop,
                () -> !selected().isEmpty());
        action(
                Words.of("queue.open"),
                null,
                SWT.CR,
                this::open,
                () -> selected().size() == 1);
        finishActions();
        queue.onChange(listener);
        update();
    }

    private String place(QueuedRun run) {
        return queue.isUnderWay(run) ? "▶" : String.valueOf(queue.runs().indexOf(run) + 1);
    }

    private static String what(QueuedRun run) {
        return run.log().what();
    }

    private String state(QueuedRun run) {
        String status = run.log().status();
        return queue.isUnderWay(run) ? run.progress().map(ProgressWords::of).orElse(status) : status;
    }

    private static String asked(QueuedRun run) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .format(run.asked().atZone(ZoneId.systemDefault()));
    }

    private void update() {
        if (table().getControl().isDisposed()) {
            return;
        }
        List<QueuedRun> runs = queue.runs();
        if (runs.equals(table().getInput())) {
            table().refresh();
        } else {
            var before = table().getStructuredSelection();
            table().setInput(runs);
            table().setSelection(before);
        }
        long waiting = runs.stream().filter(run -> !queue.isUnderWay(run)).count();
        say(Words.of(queue.isPaused() ? "queue.paused" : "queue.sum", runs.size() - waiting, waiting));
        pause.setChecked(queue.isPaused());
        refresh();
    }

    /** Whether one run is selected that is not under way. */
    private boolean waits() {
        return selected().size() == 1 && !queue.isUnderWay(selected().getFirst());
    }

    private void move(int by) {
        queue.move(selected().getFirst(), by);
    }

    private void drop() {
        selected().forEach(queue::drop);
    }

    private void open() {
        if (selected().size() == 1) {
            try {
                getSite()
                        .getPage()
                        .openEditor(new GraphFileInput(selected().getFirst().graph()), GraphEditor.ID);
            } catch (PartInitException e) {
                StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW);
            }
        }
    }

    @Override
    public void dispose() {
        queue.noMore(listener);
        super.dispose();
    }
}
