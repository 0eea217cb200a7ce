// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eidolon.api.value.Image;
import org.eidolon.studio.viewer.HeadCanvas;
import org.eidolon.studio.viewer.PhotoCanvas;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/** Where a result is seen: its head, a picture, or words where there is neither. */
final class ResultPane extends Composite {
    private final StackLayout stack = new StackLayout();
    private final PhotoCanvas photo;
    private final Label message;
    private final OneLook look;
    private final Runnable open;
    private HeadCanvas head;
    private ShownHead model;
    private Path headShown;
    private Object pictureShown;

    /** @param open what a double click, or Enter, does */
    ResultPane(Composite parent, OneLook look, Runnable open) {
        super(parent, SWT.BORDER);
        this.look = look;
        this.open = open;
        setLayout(stack);
        message = new Label(this, SWT.WRAP | SWT.CENTER);
        photo = new PhotoCanvas(this);
        photo.addListener(SWT.MouseDoubleClick, e -> open.run());
        stack.topControl = message;
    }

    /** What is drawn; null while there is none. */
    HeadCanvas head() {
        return head;
    }

    /** Shows a head from a GLB file. */
    void head(Path file, String name) {
        if (head == null) {
            head = canvas();
            CompareColumn.named(head, () -> name);
        }
        top(head);
        if (!file.equals(headShown)) {
            headShown = file;
            HeadCanvas into = head;
            read(() -> ShownHead.read(file), found -> {
                if (into == head && file.equals(headShown)) {
                    into.show(found);
                }
            });
        }
    }

    private HeadCanvas canvas() {
        var canvas = new HeadCanvas(this);
        canvas.onChange(() -> changed(canvas));
        var before = new Staging[1];
        canvas.addListener(SWT.MouseDown, e -> before[0] = e.count < 2 ? canvas.view() : before[0]);
        canvas.addListener(SWT.MouseDoubleClick, e -> {
            canvas.view(before[0]); // here a double click opens, and the heads stay as they are seen
            open.run();
        });
        canvas.addListener(SWT.KeyDown, e -> {
            if (e.keyCode == SWT.CR || e.keyCode == SWT.KEYPAD_CR) {
                open.run();
            }
        });
        return canvas;
    }

    private void changed(HeadCanvas canvas) {
        if (canvas != head || canvas.model() == null) {
            return;
        }
        if (canvas.model() != model) {
            model = canvas.model();
            look.arrived(canvas);
        } else {
            look.moved(canvas);
        }
    }

    /** Draws no head: what nobody sees need not cost anything. */
    void noHead() {
        if (head != null) {
            HeadCanvas gone = head;
            head = null;
            headShown = null;
            model = null;
            top(message);
            gone.dispose();
            look.follow();
        }
    }

    /** Shows a picture that a node has shown, or one from a file. */
    void picture(Object picture) {
        if (picture.equals(pictureShown)) {
            top(photo);
            return;
        }
        pictureShown = picture;
        if (picture instanceof Image image) {
            photo.show(image);
            top(photo);
        } else {
            read(() -> Image.readPicture((Path) picture), image -> {
                if (picture.equals(pictureShown)) {
                    photo.show(image);
                    top(photo);
                }
            });
        }
    }

    /** Says something where there is nothing to see. */
    void say(String words) {
        String text = words.isEmpty() ? "" : "\n" + words.replace("&", "&&");
        if (!text.equals(message.getText())) {
            message.setText(text);
        }
        top(message);
    }

    private void top(Control control) {
        if (stack.topControl != control) {
            stack.topControl = control;
            layout();
        }
    }

    /** Reads in another thread, takes in the window's. */
    <T> void read(Reader<T> reader, Consumer<T> taker) {
        var display = getDisplay();
        CompletableFuture.runAsync(() -> {
            Runnable then;
            try {
                T value = reader.read();
                then = () -> taker.accept(value);
            } catch (IOException | RuntimeException e) {
                then = () -> failed(e);
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

    /** A file of a run under way may be gone by now; one that is there and cannot be read is told. */
    private void failed(Exception e) {
        if (headShown == null) {
            say(String.valueOf(e.getMessage()));
        } else if (head != null && Files.exists(headShown)) {
            head.say(String.valueOf(e.getMessage()));
        }
    }

    /** Something that takes a while. */
    interface Reader<T> {
        T read() throws IOException;
    }
}
