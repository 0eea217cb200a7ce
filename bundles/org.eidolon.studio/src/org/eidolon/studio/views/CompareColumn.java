// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eidolon.api.value.Image;
import org.eidolon.engine.RunEvent;
import org.eidolon.studio.editor.run.QueuedRun;
import org.eidolon.studio.editor.run.Trial;
import org.eidolon.studio.viewer.HeadCanvas;
import org.eidolon.studio.viewer.PhotoCanvas;
import org.eidolon.studio.viewer.scene.HeadModel;
import org.eidolon.studio.viewer.scene.View;

/** One value of a sweep: its head or picture, how far its run is or how it went, and what can be done with it. */
final class CompareColumn extends Composite {
    private static final int STEPS = 1000;
    private static final int TALLEST_WORDS = 3;

    private final Trial trial;
    private final CompareView view;
    private final Composite stage;
    private final StackLayout stack = new StackLayout();
    private final PhotoCanvas photo;
    private final Label message;
    private final ProgressBar progress;
    private final Label status;
    private final Button open;
    private HeadCanvas head;
    private HeadModel model;
    private ResultFiles files;
    private boolean reading;
    private Path headShown;
    private Object pictureShown;

    CompareColumn(Composite parent, Trial trial, CompareView view, boolean usable) {
        super(parent, SWT.NONE);
        this.trial = trial;
        this.view = view;
        var layout = new GridLayout(1, false);
        layout.marginWidth = layout.marginHeight = 3;
        layout.verticalSpacing = 3;
        setLayout(layout);
        var title = new Label(this, SWT.CENTER);
        title.setText(escaped(trial.value().isBlank() ? "“”" : trial.value().replaceAll("\\s+", " ")));
        title.setToolTipText(escaped(trial.value()));
        title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        title.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        title.addListener(SWT.MouseDoubleClick, e -> open());

        stage = new Composite(this, SWT.BORDER);
        stage.setLayout(stack);
        stage.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        message = new Label(stage, SWT.WRAP | SWT.CENTER);
        photo = new PhotoCanvas(stage);
        photo.addListener(SWT.MouseDoubleClick, e -> open());
        stack.topControl = message;

        progress = new ProgressBar(this, SWT.HORIZONTAL | SWT.SMOOTH);
        progress.setMaximum(STEPS);
        var thin = new GridData(SWT.FILL, SWT.TOP, true, false);
        thin.heightHint = 6;
        progress.setLayoutData(thin);
        status = new Label(this, SWT.WRAP);
        var words = new GridData(SWT.FILL, SWT.TOP, true, false);
        words.widthHint = 120;
        words.heightHint = TALLEST_WORDS * status.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
        status.setLayoutData(words);
        var buttons = new Composite(this, SWT.NONE);
        buttons.setLayout(new GridLayout(2, true));
        ((GridLayout) buttons.getLayout()).marginWidth = ((GridLayout) buttons.getLayout()).marginHeight = 0;
        buttons.setLayoutData(new GridData(SWT.FILL, SWT.BOTTOM, true, false));
        open = button(buttons, "compare.open", this::open);
        Button use = button(buttons, "compare.use", () -> view.use(trial));
        use.setEnabled(usable);
        named(this, () -> trial.value() + ": " + status.getText());
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_GROUP;
            }
        });
        addListener(SWT.Dispose, e -> view.gone(this));
    }

    private Button button(Composite parent, String word, Runnable work) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(Words.of(word));
        button.setToolTipText(Words.of(word + ".tip", trial.value()));
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        button.addListener(SWT.Selection, e -> work.run());
        named(button, () -> Words.of(word) + ": " + trial.value());
        return button;
    }

    private static void named(Control control, java.util.function.Supplier<String> name) {
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

    Trial trial() {
        return trial;
    }

    /** What is drawn; null while there is none. */
    HeadCanvas head() {
        return head;
    }

    /** Names of the pictures that its run has made. */
    List<String> pictures() {
        return files == null ? List.of() : List.copyOf(files.pictures().keySet());
    }

    /** What it says of its run. */
    String said() {
        return status.getText();
    }

    /** Shows how the run stands. */
    void update(boolean inSight) {
        if (trial.state() == Trial.State.DONE && files == null && !reading) {
            reading = true;
            read(() -> ResultFiles.of(trial.folder()), found -> {
                files = found;
                view.filesCame();
            });
        }
        String now = words();
        if (!now.equals(status.getText())) {
            status.setText(escaped(now));
            status.setToolTipText(escaped(now));
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
                var lines = new ArrayList<String>();
                OptionalDouble likeness = files == null ? OptionalDouble.empty() : files.likeness();
                lines.add(ProgressWords.seconds(trial.seconds()));
                if (likeness.isPresent()) {
                    lines.add(Words.of("compare.likeness", String.format("%.3f", likeness.getAsDouble())));
                }
                lines.add(Words.of("compare.nodes", trial.ran(), trial.cached()));
                yield String.join("  ·  ", lines);
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
        Optional<RunEvent.Progress> at = trial.run().flatMap(QueuedRun::progress);
        return at.filter(p -> p.total() > 0)
                .map(p -> (int) (STEPS * p.done() / p.total()))
                .orElse(0);
    }

    // ---- what is seen
    // --------------------------------------------------------------------------------------------------

    private void show(boolean inSight) {
        Path file = view.wanted() != null
                ? null
                : files != null ? files.head() : trial.liveHead().orElse(null);
        boolean drawn = inSight && file != null;
        if (!drawn && head != null && (file == null && files != null || !inSight)) {
            head.dispose(); // what nobody sees need not be drawn
            head = null;
            headShown = null;
            model = null;
            view.gone(this);
        }
        if (drawn) {
            draw(file);
        } else if (head == null) {
            picture();
        }
    }

    private void draw(Path file) {
        if (head == null) {
            head = new HeadCanvas(stage);
            head.onChange(this::headChanged);
            var before = new View[1];
            head.addListener(SWT.MouseDown, e -> before[0] = e.count < 2 ? head.view() : before[0]);
            head.addListener(SWT.MouseDoubleClick, e -> {
                head.view(before[0]); // here a double click opens, and the others stay as they are seen
                open();
            });
            head.addListener(SWT.KeyDown, e -> {
                if (e.keyCode == SWT.CR || e.keyCode == SWT.KEYPAD_CR) {
                    open();
                }
            });
            named(head, () -> trial.value() + ": " + status.getText());
        }
        top(head);
        if (!file.equals(headShown)) {
            headShown = file;
            HeadCanvas into = head;
            read(() -> HeadModel.read(file), found -> {
                if (into == head && file.equals(headShown)) {
                    into.show(found);
                }
            });
        }
    }

    private void headChanged() {
        if (head.model() == null) {
            return;
        }
        if (head.model() != model) {
            model = head.model();
            view.arrived(this);
        } else {
            view.moved(this);
        }
    }

    /** The view of all heads, as far as this one can be seen so. */
    void look(View shared) {
        if (head != null && head.model() != null) {
            int shape = Math.min(shared.shape(), head.model().shapes().size() - 1);
            head.view(shared.withShapes(shape, shape, 1));
        }
    }

    private void picture() {
        Path file = files == null
                ? null
                : files.pictures()
                        .get(
                                view.wanted() != null
                                        ? view.wanted()
                                        : files.pictures().keySet().stream()
                                                .findFirst()
                                                .orElse(""));
        Object wanted = file != null ? file : trial.picture().orElse(null);
        if (wanted == null) {
            message.setText(trial.state() == Trial.State.DONE && files != null ? Words.of("compare.nothing") : "");
            top(message);
        } else if (wanted == pictureShown || wanted.equals(pictureShown)) {
            top(photo);
        } else if (wanted instanceof Image image) {
            pictureShown = wanted;
            photo.show(image);
            top(photo);
        } else {
            pictureShown = wanted;
            read(() -> Image.readPicture(file), image -> {
                if (file.equals(pictureShown)) {
                    photo.show(image);
                    top(photo);
                }
            });
        }
    }

    private void top(Control control) {
        if (stack.topControl != control) {
            stack.topControl = control;
            stage.layout();
        }
    }

    private void open() {
        if (files != null) {
            Path first = files.pictures().values().stream().findFirst().orElse(null);
            Path picture = view.wanted() == null ? first : files.pictures().getOrDefault(view.wanted(), first);
            Path file = files.head() != null && view.wanted() == null ? files.head() : picture;
            if (file != null) {
                view.open(file);
            }
        }
    }

    private interface Reader<T> {
        T read() throws IOException;
    }

    /** Reads in another thread, takes in the window's. */
    private <T> void read(Reader<T> reader, Consumer<T> taker) {
        var display = getDisplay();
        CompletableFuture.runAsync(() -> {
            Runnable then;
            try {
                T value = reader.read();
                then = () -> taker.accept(value);
            } catch (IOException | RuntimeException e) {
                // a file of a run under way may be gone by now; one that is there and cannot be read is told
                then = () -> {
                    if (headShown == null || Files.exists(headShown)) {
                        message.setText(escaped(String.valueOf(e.getMessage())));
                    }
                };
            }
            Runnable work = then;
            if (!display.isDisposed()) {
                display.asyncExec(() -> {
                    if (!isDisposed()) {
                        work.run();
                    }
                });
            }
        });
    }
}
