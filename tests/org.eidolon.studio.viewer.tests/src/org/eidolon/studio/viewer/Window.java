// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.ui.PlatformUI;

/** What tests do to windows, from their own thread. */
final class Window {
    private Window() {}

    static Display display() {
        return PlatformUI.getWorkbench().getDisplay();
    }

    /** In the window's thread. */
    static <T> T of(Callable<T> work) {
        var result = new AtomicReference<T>();
        var trouble = new AtomicReference<Throwable>();
        display().syncExec(() -> {
            try {
                result.set(work.call());
            } catch (Throwable e) {
                trouble.set(e);
            }
        });
        if (trouble.get() != null) {
            throw new AssertionError(trouble.get());
        }
        return result.get();
    }

    static void in(Runnable work) {
        of(() -> {
            work.run();
            return null;
        });
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!of(condition)) {
            assertThat(System.nanoTime())
                    .as("waited half a minute for %s", what)
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    static void key(Control control, int keyCode, char character, int modifiers) {
        in(() -> {
            var event = new Event();
            event.keyCode = keyCode;
            event.character = character;
            event.stateMask = modifiers;
            control.notifyListeners(SWT.KeyDown, event);
        });
    }

    static void mouse(Control control, int type, int x, int y, int mask) {
        in(() -> {
            var event = new Event();
            event.x = x;
            event.y = y;
            event.button = type == SWT.MouseMove ? 0 : 1;
            event.stateMask = mask;
            control.notifyListeners(type, event);
        });
    }

    /** What is on the screen where the control is; kept in target/shots for people. */
    static ImageData seen(Control control, String name) {
        return of(() -> {
            control.update();
            var size = control.getSize();
            var image = new Image(control.getDisplay(), size.x, size.y);
            var gc = new GC(control);
            try {
                gc.copyArea(image, 0, 0);
                ImageData data = image.getImageData();
                save(data, name);
                return data;
            } finally {
                gc.dispose();
                image.dispose();
            }
        });
    }

    private static void save(ImageData data, String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "shots").toAbsolutePath());
        var loader = new ImageLoader();
        loader.data = new ImageData[] {data};
        loader.save(folder.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
    }
}
