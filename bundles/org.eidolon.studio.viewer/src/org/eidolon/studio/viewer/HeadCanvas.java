// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eidolon.mesh.Box;
import org.eidolon.studio.viewer.gl.Frame;
import org.eidolon.studio.viewer.gl.GlException;
import org.eidolon.studio.viewer.gl.HeadLoop;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.OrbitCamera;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/**
 * Shows a head. It is drawn by OpenGL in another thread and only painted here, so that the window answers however slow
 * the graphics are, under X11 and Wayland alike. Heads may come from any thread, everything else from the window's.
 */
public final class HeadCanvas extends Canvas {
    /** A head this many times larger or smaller than the one before is brought into view. */
    private static final double OTHER_SIZE = 1.6;

    private static final int DARK_BELOW = 128;
    private static final PaletteData BGR = new PaletteData(0xff, 0xff00, 0xff0000);

    private final Display display;
    private final HeadLoop loop;
    private final AtomicReference<Image> newest = new AtomicReference<>();
    private final AtomicReference<ShownHead> arrived = new AtomicReference<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Staging view = new Staging(
            DrawMode.SHADED,
            OrbitCamera.framing(new Box(-1, -1, -1, 1, 1, 1)),
            0,
            0,
            1,
            LightRig.STUDIO,
            0,
            1,
            Staging.Backdrop.DARK,
            1,
            1);
    private ShownHead model;
    private Image picture;
    private String message = Words.of("head.none");

    public HeadCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        display = getDisplay();
        loop = new HeadLoop(this::drawn, this::failed);
        new HeadKeys(this);
        new HeadMouse(this);
        HeadSpeech.of(this);
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.Resize, event -> view(view));
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Dispose, event -> {
            loop.close();
            for (Image image : new Image[] {picture, newest.getAndSet(null)}) {
                if (image != null) {
                    image.dispose();
                }
            }
        });
    }

    /** Another head; of those that come faster than they can be shown the newest wins. From any thread. */
    public void show(ShownHead next) {
        Objects.requireNonNull(next);
        loop.show(next);
        boolean asked = arrived.getAndSet(next) != null;
        if (!asked) {
            later(() -> settle(arrived.getAndSet(null)));
        }
    }

    private void settle(ShownHead next) {
        double size = next.bounds().diagonal();
        double before = model == null ? 0 : model.bounds().diagonal();
        boolean reframes = model == null || size > OTHER_SIZE * before || size < before / OTHER_SIZE;
        boolean restarts = model == null || view.shape() >= next.shapes().size();
        model = next;
        message = null;
        Staging wanted = restarts ? view.withShapes(next.first(), next.first(), 1) : view;
        view(reframes ? wanted.withCamera(wanted.camera().framed(next.bounds())) : wanted);
    }

    /** The head shown, or null. */
    public ShownHead model() {
        return model;
    }

    public Staging view() {
        return view;
    }

    /** Another view; its size and backdrop are this canvas's own. */
    public void view(Staging next) {
        Rectangle area = getClientArea();
        double scale = getMonitor().getZoom() / 100.0;
        view = next.withSize(Math.max(1, (int) Math.round(area.width * scale)), Math.max(1, (int)
                        Math.round(area.height * scale)))
                .withBackdrop(backdrop());
        loop.view(view);
        listeners.forEach(Runnable::run);
    }

    /** Told after every change of the view or the head, in the window's thread. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Says something instead of showing a head that is not there. */
    public void say(String text) {
        message = text;
        redraw();
    }

    /** What it says, or null when it shows a head. */
    public String message() {
        return message;
    }

    /** What is seen, as well drawn as it can be, at any size in pixels. */
    public CompletableFuture<Frame> shoot(int width, int height) {
        return loop.shoot(view.withSize(width, height));
    }

    /** The graphics card, once it is known. */
    public CompletableFuture<String> description() {
        return loop.description();
    }

    private Staging.Backdrop backdrop() {
        Color around = getParent().getBackground();
        int light = (3 * around.getRed() + 6 * around.getGreen() + around.getBlue()) / 10;
        return light < DARK_BELOW ? Staging.Backdrop.DARK : Staging.Backdrop.LIGHT;
    }

    /** In the drawing thread, so that the window's is spared the making of the image: SWT allows that in any thread. */
    private void drawn(Frame frame) {
        var data = new ImageData(frame.width(), frame.height(), 24, BGR, 3 * frame.width(), frame.bgr());
        Image unseen = newest.getAndSet(new Image(display, data));
        if (unseen != null) {
            unseen.dispose();
        } else {
            later(() -> {
                if (picture != null) {
                    picture.dispose();
                }
                picture = newest.getAndSet(null);
                redraw();
            });
        }
    }

    private void failed(GlException trouble) {
        later(() -> say(trouble.getMessage()));
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

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        if (!view.backdrop().equals(backdrop())) {
            view(view); // the theme has changed
        }
        Color behind = colour(view.backdrop().bottom());
        gc.setBackground(behind);
        if (picture != null) {
            Rectangle size = picture.getBounds();
            gc.setInterpolation(SWT.LOW);
            gc.drawImage(picture, 0, 0, size.width, size.height, 0, 0, area.width, area.height);
        } else {
            gc.fillRectangle(area);
        }
        gc.setForeground(colour(view.backdrop().ink()));
        if (message != null) {
            Point extent = gc.textExtent(message);
            int x = Math.max(4, (area.width - extent.x) / 2);
            gc.drawText(message, x, (area.height - extent.y) / 2, false);
        }
        if (isFocusControl()) {
            gc.drawRectangle(1, 1, area.width - 3, area.height - 3);
        }
    }

    private static Color colour(float[] rgb) {
        return new Color(Math.round(255 * rgb[0]), Math.round(255 * rgb[1]), Math.round(255 * rgb[2]));
    }

    @Override
    public Point computeSize(int width, int height, boolean changed) {
        return new Point(width == SWT.DEFAULT ? 320 : width, height == SWT.DEFAULT ? 320 : height);
    }
}
