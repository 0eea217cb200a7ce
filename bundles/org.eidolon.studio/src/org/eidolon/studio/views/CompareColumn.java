// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eidolon.studio.editor.run.QueuedRun;
import org.eidolon.studio.editor.run.Trial;
import org.eidolon.studio.viewer.HeadCanvas;

/** One value of a sweep: its head or picture, how far its run is or how it went, and what can be done with it. */
final class CompareColumn extends Composite {
    private static final int STEPS = 1000;
    private static final int LINES = 2;

    private final Trial trial;
    private final String titled;
    private final CompareView view;
    private final ResultPane pane;
    private final ProgressBar progress;
    private final Label status;
    private final Button open;
    private ResultFiles files;
    private boolean reading;

    /**
     * @param titled what stands above
     * @param usable whether the value can be taken into the graph
     */
    CompareColumn(Composite parent, Trial trial, String titled, CompareView view, boolean usable) {
        super(parent, SWT.NONE);
        this.trial = trial;
        this.titled = titled.isBlank() ? "“”" : titled.replaceAll("\\s+", " ");
        this.view = view;
        var layout = new GridLayout(1, false);
        layout.marginWidth = layout.marginHeight = 3;
        layout.verticalSpacing = 3;
        setLayout(layout);
        var title = new Label(this, SWT.CENTER);
        title.setText(escaped(this.titled));
        title.setToolTipText(escaped(trial.value()));
        title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        title.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        title.addListener(SWT.MouseDoubleClick, e -> open());
        pane = new ResultPane(this, view.look(), this::open);
        pane.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        progress = new ProgressBar(this, SWT.HORIZONTAL | SWT.SMOOTH);
        progress.setMaximum(STEPS);
        var thin = new GridData(SWT.FILL, SWT.TOP, true, false);
        thin.heightHint = 6;
        progress.setLayoutData(thin);
        status = new Label(this, SWT.WRAP);
        var words = new GridData(SWT.FILL, SWT.TOP, true, false);
        words.widthHint = 120;
        words.heightHint = LINES * status.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
        status.setLayoutData(words);
        var buttons = new Composite(this, SWT.NONE);
        var pair = new GridLayout(2, true);
        pair.marginWidth = pair.marginHeight = 0;
        buttons.setLayout(pair);
        buttons.setLayoutData(new GridData(SWT.FILL, SWT.BOTTOM, true, false));
        open = button(buttons, "compare.open", this::open);
        button(buttons, "compare.use", () -> view.use(trial)).setEnabled(usable);
        named(this, this::spoken);
        named(progress, this::spoken);
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_GROUP;
            }
        });
    }

    private Button button(Composite parent, String word, Runnable work) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(Words.of(word));
        button.setToolTipText(Words.of(word + ".tip", trial.value()));
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        button.addListener(SWT.Selection, e -> work.run());
        named(button, () -> Words.of(word) + ": " + titled);
        return button;
    }

    /** Gives a control a name for those who do not see it. */
    static void named(Control control, Supplier<String> name) {
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = name.get();
            }
        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&&");
    }

    private String spoken() {
        return titled + ": " + said();
    }

    Trial trial() {
        return trial;
    }

    /** What is drawn; null while there is none. */
    HeadCanvas head() {
        return pane.isDisposed() ? null : pane.head();
    }

    /** Names of the pictures that its run has made. */
    List<String> pictures() {
        return files == null ? List.of() : List.copyOf(files.pictures().keySet());
    }

    /** What it says of its run. */
    String said() {
        return status.getText().replace("&&", "&");
    }

    /** Shows how the run stands. @param inSight whether it can be seen, or would be after scrolling */
    void update(boolean inSight) {
        if (trial.state() == Trial.State.DONE && files == null && !reading) {
            reading = true;
            pane.read(() -> ResultFiles.of(trial.folder()), found -> {
                files = found;
                view.filesCame();
            });
        }
        String now = escaped(words());
        if (!now.equals(status.getText())) {
            status.setText(now);
            status.setToolTipText(now);
            getAccessible().sendEvent(ACC.EVENT_NAME_CHANGED, null);
        }
        int part = part();
        if (progress.getSelection() != part) {
            progress.setSelection(part);
        }
        open.setEnabled(
                files != null && (files.head() != null || !files.pictures().isEmpty()));
        show(inSight);
    }

    private String words() {
        return switch (trial.state()) {
            case WAITING -> Words.of(trial.run().isPresent() ? "compare.waiting" : "compare.left");
            case RUNNING ->
                trial.run()
                        .flatMap(QueuedRun::progress)
                        .map(ProgressWords::of)
                        .orElse(trial.run().map(run -> run.log().status()).orElse(""));
            case DONE -> {
                OptionalDouble likeness = files == null ? OptionalDouble.empty() : files.likeness();
                double took = files == null ? trial.seconds() : files.seconds().orElse(trial.seconds());
                yield ProgressWords.seconds(took)
                        + (likeness.isPresent()
                                ? "  ·  " + Words.of("compare.likeness", String.format("%.3f", likeness.getAsDouble()))
                                : "")
                        + "\n"
                        + Words.of("compare.nodes", trial.ran(), trial.cached());
            }
            case CANCELLED -> Words.of("compare.cancelled");
            case FAILED, OUT_OF_GPU_MEMORY ->
                "✕ " + (trial.errors().isEmpty() ? Words.of("compare.failed") : String.join("\n", trial.errors()));
        };
    }

    private int part() {
        if (trial.state() != Trial.State.RUNNING) {
            return trial.state() == Trial.State.DONE ? STEPS : 0;
        }
        return trial.run()
                .flatMap(QueuedRun::progress)
                .filter(p -> p.total() > 0)
                .map(p -> (int) (STEPS * p.done() / p.total()))
                .orElse(0);
    }

    private void show(boolean inSight) {
        boolean pictureWanted = view.wanted() != null;
        Path live = trial.liveHead().orElse(null);
        Path head = pictureWanted ? null : files != null ? files.head() : live;
        boolean failed = trial.state() == Trial.State.FAILED || trial.state() == Trial.State.OUT_OF_GPU_MEMORY;
        if (head != null && inSight) {
            pane.head(head, titled);
            return;
        }
        // between the last head that took shape and the file, the one that is seen stays
        boolean between = !pictureWanted && files == null && trial.state() == Trial.State.DONE;
        if (pane.head() != null && between && inSight) {
            return;
        }
        pane.noHead();
        Path picture = picture();
        Object seen =
                picture != null ? picture : failed ? null : trial.picture().orElse(null);
        if (seen != null) {
            pane.picture(seen);
        } else if (failed) { // here is room for a long error
            pane.say(String.join("\n\n", trial.errors()));
        } else {
            pane.say(trial.state() == Trial.State.DONE && files != null ? Words.of("compare.nothing") : "");
        }
    }

    /** The picture that is wanted, or the first; null where there is none. */
    private Path picture() {
        if (files == null) {
            return null;
        }
        return view.wanted() != null
                ? files.pictures().get(view.wanted())
                : files.pictures().values().stream().findFirst().orElse(null);
    }

    private void open() {
        if (files != null) {
            Path file = files.head() != null && view.wanted() == null ? files.head() : picture();
            if (file != null) {
                view.open(file);
            }
        }
    }
}
