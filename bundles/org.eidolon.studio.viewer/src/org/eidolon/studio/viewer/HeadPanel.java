// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.studio.viewer.gl.Frame;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/** A head with everything that sets how it is seen: mode, light, expression, and the photo beside it. */
public final class HeadPanel extends Composite {
    private static final int TURN_RANGE = 180;
    private static final int MOST_EXPOSURE = 300;
    private static final int SCALE_WIDTH = 110;

    private final Display display;
    private final HeadCanvas canvas;
    private final PhotoCanvas photo;
    private final SashForm sides;
    private final Combo modes;
    private final Combo rigs;
    private final Scale turn;
    private final Scale exposure;
    private final Scale expression;
    private final Label expressionName;
    private final Button photoShown;
    private int opened;

    public HeadPanel(Composite parent) {
        super(parent, SWT.NONE);
        display = getDisplay();
        var layout = new GridLayout(1, false);
        layout.marginWidth = layout.marginHeight = 0;
        layout.verticalSpacing = 0;
        setLayout(layout);

        Composite bar = bar();
        modes = combo(bar, "mode", DrawMode.values());
        rigs = combo(bar, "rig", LightRig.values());
        turn = scale(bar, "turn", 2 * TURN_RANGE, TURN_RANGE, "turn.value", -TURN_RANGE);
        exposure = scale(bar, "exposure", MOST_EXPOSURE, 100, "exposure.value", 0);
        Button frame = button(bar, SWT.PUSH, "frame");
        photoShown = button(bar, SWT.TOGGLE, "photo");

        sides = new SashForm(this, SWT.HORIZONTAL | SWT.SMOOTH);
        sides.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        photo = new PhotoCanvas(sides);
        canvas = new HeadCanvas(sides);
        sides.setWeights(1, 2);
        sides.setMaximizedControl(canvas);

        Composite foot = new Composite(this, SWT.NONE);
        foot.setLayout(new GridLayout(3, false));
        foot.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        label(foot, "expression");
        expression = new Scale(foot, SWT.HORIZONTAL);
        expression.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        named(expression, "expression");
        expressionName = new Label(foot, SWT.NONE);
        expressionName.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));

        modes.addListener(
                SWT.Selection, event -> change(view().withMode(DrawMode.values()[modes.getSelectionIndex()])));
        rigs.addListener(SWT.Selection, event -> light());
        turn.addListener(SWT.Selection, event -> light());
        exposure.addListener(SWT.Selection, event -> light());
        expression.addListener(SWT.Selection, event -> {
            int shape = expression.getSelection();
            change(view().withShapes(shape, shape, 1));
        });
        frame.addListener(SWT.Selection, event -> HeadKeys.frame(canvas));
        photoShown.addListener(SWT.Selection, event -> photoShown(photoShown.getSelection()));
        canvas.addListener(SWT.KeyDown, event -> {
            if (Character.toLowerCase(event.character) == 'p'
                    && (event.stateMask & SWT.MODIFIER_MASK & ~SWT.SHIFT) == 0) {
                photoShown(!photoShown.getSelection());
            }
        });
        canvas.onChange(this::follow);
        follow();
    }

    // ---- what is shown
    // -------------------------------------------------------------------------------------------------

    /** The head itself, for its view and for heads that come while a stage works on them. */
    public HeadCanvas canvas() {
        return canvas;
    }

    /** Reads a GLB file and shows it; of files asked for one after another the last is shown. */
    public CompletableFuture<Void> open(Path glb) {
        int mine = ++opened;
        if (canvas.model() == null) {
            canvas.say(Words.of("head.loading", glb.getFileName()));
        }
        return read(glb, ShownHead::read, model -> {
            if (mine == opened) {
                canvas.show(model);
            }
        });
    }

    /** Shows what a file holds: a GLB as the head, anything else as the photo beside it. */
    public CompletableFuture<Void> openAny(Path file) {
        return isHead(file.getFileName().toString()) ? open(file) : read(file, Image::readPicture, this::photo);
    }

    /**
     * Shows what a run previews, where it is something to show here: a photo, or a head as a GLB file. From any thread.
     *
     * @param name of the preview
     * @return whether it is shown
     */
    public boolean take(String name, Object value) {
        if (value instanceof Image picture && name.equals("photo")) {
            later(() -> photo(picture));
            return true;
        }
        if (value instanceof Artifacts files) {
            var head = files.names().stream().filter(HeadPanel::isHead).findFirst();
            head.ifPresent(file -> later(() -> open(files.folder().resolve(file))));
            return head.isPresent();
        }
        return false;
    }

    private static boolean isHead(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".glb");
    }

    /** Reads in another thread, takes in the window's; what cannot be read is told in the head's place. */
    private <T> CompletableFuture<Void> read(Path file, Reader<T> reader, Consumer<T> taker) {
        return CompletableFuture.runAsync(() -> {
            try {
                T value = reader.read(file);
                later(() -> taker.accept(value));
            } catch (IOException | RuntimeException e) {
                later(() -> canvas.say(Words.of("head.failed", file.getFileName(), e.getMessage())));
            }
        });
    }

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private void later(Runnable work) {
        if (!isDisposed()) {
            display.asyncExec(() -> {
                if (!isDisposed()) {
                    work.run();
                }
            });
        }
    }

    /** Shows a photo beside the head. */
    public void photo(Image picture) {
        boolean first = photo.isEmpty();
        photo.show(picture);
        if (first) {
            photoShown(true);
        }
    }

    public void photoShown(boolean shown) {
        photoShown.setSelection(shown);
        sides.setMaximizedControl(shown ? null : canvas);
    }

    public boolean isPhotoShown() {
        return sides.getMaximizedControl() == null;
    }

    /** What is seen, with twice the pixels each way that the window has, written as PNG. */
    public CompletableFuture<Void> save(Path png) {
        Staging view = view();
        return canvas.shoot(2 * view.width(), 2 * view.height()).thenAcceptAsync(frame -> write(frame, png));
    }

    private static void write(Frame frame, Path png) {
        try {
            frame.write(png);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    // ---- controls
    // ------------------------------------------------------------------------------------------------------

    private Staging view() {
        return canvas.view();
    }

    private void change(Staging view) {
        canvas.view(view);
    }

    private void light() {
        change(view().withLight(
                        LightRig.values()[rigs.getSelectionIndex()],
                        Math.toRadians(turn.getSelection() - TURN_RANGE),
                        exposure.getSelection() / 100.0));
    }

    /** Sets the controls to what is shown, however it came about. */
    private void follow() {
        Staging view = view();
        modes.select(view.mode().ordinal());
        rigs.select(view.rig().ordinal());
        turn.setSelection(TURN_RANGE + (int) Math.round(Math.toDegrees(view.turn())));
        exposure.setSelection((int) Math.round(100 * view.exposure()));
        boolean lit = view.mode() == DrawMode.SHADED;
        for (Control control : Arrays.asList(rigs, turn, exposure)) {
            control.setEnabled(lit);
        }
        ShownHead model = canvas.model();
        int count = model == null ? 0 : model.shapes().size();
        expression.setMaximum(Math.max(1, count - 1));
        expression.setPageIncrement(1);
        expression.setSelection(view.shape());
        expression.setEnabled(count > 1);
        String text = count == 0
                ? Words.of("expression.none")
                : Words.of("expression.value", model.shapes().get(view.shape()).name(), view.shape() + 1, count);
        if (!text.equals(expressionName.getText())) {
            expressionName.setText(text);
            expressionName.getParent().layout();
        }
    }

    private Composite bar() {
        Composite bar = row(this);
        bar.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        return bar;
    }

    private static Composite row(Composite parent) {
        var composite = new Composite(parent, SWT.NONE);
        var row = new RowLayout(SWT.HORIZONTAL);
        row.center = true;
        row.wrap = true;
        row.marginTop = row.marginBottom = 1;
        composite.setLayout(row);
        return composite;
    }

    /** A place for a control beside its name, which stay together when the bar is narrow. */
    private static Composite named(Composite bar, String word) {
        Composite pair = row(bar);
        label(pair, word);
        return pair;
    }

    private static void label(Composite parent, String word) {
        new Label(parent, SWT.NONE).setText(Words.of(word));
    }

    private static Combo combo(Composite bar, String word, Enum<?>[] values) {
        var combo = new Combo(named(bar, word), SWT.READ_ONLY | SWT.DROP_DOWN);
        for (Enum<?> value : values) {
            combo.add(Words.of(word, value));
        }
        combo.setVisibleItemCount(values.length);
        named(combo, word);
        return combo;
    }

    /** A scale whose tool tip tells its value, as a scale shows none itself. */
    private static Scale scale(Composite bar, String word, int maximum, int at, String told, int offset) {
        var scale = new Scale(named(bar, word), SWT.HORIZONTAL);
        scale.setLayoutData(new RowData(SCALE_WIDTH, SWT.DEFAULT));
        scale.setMaximum(maximum);
        scale.setIncrement(5);
        scale.setPageIncrement(30);
        scale.setSelection(at);
        IntConsumer tell = value -> scale.setToolTipText(Words.of(told, value + offset));
        scale.addListener(SWT.Selection, event -> tell.accept(scale.getSelection()));
        tell.accept(at);
        named(scale, word);
        return scale;
    }

    private static Button button(Composite bar, int style, String word) {
        var button = new Button(bar, style);
        button.setText(Words.of(word));
        button.setToolTipText(Words.of(word + ".tip"));
        return button;
    }

    private static void named(Control control, String word) {
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = Words.of(word);
            }
        });
    }

    @Override
    public boolean setFocus() {
        return canvas.setFocus();
    }
}
