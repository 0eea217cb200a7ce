// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.pictures;

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
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;

/** The window as a user has it before them, from another thread: what is pressed, waited for, and seen. */
final class Stage {
    /** A beat of GTK's painting and of what is animated. */
    private static final long BEAT_MILLIS = 400;

    private final Display display = PlatformUI.getWorkbench().getDisplay();
    private final Path folder;

    /** @param folder for the pictures */
    Stage(Path folder) {
        this.folder = folder;
    }

    <T> T ui(Callable<T> work) {
        var result = new AtomicReference<T>();
        var problem = new AtomicReference<Exception>();
        display.syncExec(() -> {
            try {
                result.set(work.call());
            } catch (Exception e) {
                problem.set(e);
            }
        });
        if (problem.get() != null) {
            throw new IllegalStateException(problem.get().getMessage(), problem.get());
        }
        return result.get();
    }

    void uiDo(Runnable work) {
        ui(() -> {
            work.run();
            return null;
        });
    }

    static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
    }

    IViewPart view(String id) {
        return ui(() -> page().showView(id));
    }

    /** Waits for what must come. */
    void await(String what, long seconds, Callable<Boolean> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!ui(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("this did not come in " + seconds + " s: " + what);
            }
            pause(100);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Keeps a picture.
     *
     * @param of a part of the window, or null for the whole
     */
    void shoot(String name, Control of) throws IOException {
        pause(BEAT_MILLIS);
        uiDo(display::update);
        pause(BEAT_MILLIS);
        Path file = Files.createDirectories(folder).resolve(name + ".png");
        uiDo(() -> {
            Shell shell = page().getWorkbenchWindow().getShell();
            Rectangle area = of == null
                    ? window(shell)
                    : display.map(of, null, new Rectangle(0, 0, of.getSize().x, of.getSize().y));
            var image = new Image(display, area.width, area.height);
            var gc = new GC(display); // the screen, so that what pops up is seen too
            gc.copyArea(image, area.x, area.y);
            gc.dispose();
            var loader = new ImageLoader();
            loader.data = new ImageData[] {image.getImageData(shell.getMonitor().getZoom())};
            image.dispose();
            loader.save(file.toString(), SWT.IMAGE_PNG);
        });
    }

    /** With its menu, but without what a missing window manager leaves empty around it. */
    private static Rectangle window(Shell shell) {
        Rectangle client = shell.getClientArea();
        int menu = shell.toDisplay(0, 0).y - shell.getLocation().y;
        return new Rectangle(shell.getLocation().x, shell.getLocation().y, client.width, menu + client.height);
    }
}
