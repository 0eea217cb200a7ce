// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.OrbitCamera;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/** The keyboard on a head, as {@code head.keys} in the words tells it; Shift makes steps small. */
final class HeadKeys {
    private static final double STEP = Math.toRadians(15);
    private static final double SMALL = Math.toRadians(3);
    private static final double ZOOM = 1.15;

    /** In heights of the view. */
    private static final double PAN = 0.05;

    private final HeadCanvas canvas;

    HeadKeys(HeadCanvas canvas) {
        this.canvas = canvas;
        canvas.addListener(SWT.KeyDown, this::key);
        canvas.addListener(SWT.Traverse, event -> {
            // arrows and pages belong to the head; Tab and Escape go on as everywhere
            event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
                    || event.detail == SWT.TRAVERSE_TAB_PREVIOUS
                    || event.detail == SWT.TRAVERSE_ESCAPE;
        });
    }

    private void key(Event event) {
        Staging view = canvas.view();
        int modifiers = event.stateMask & SWT.MODIFIER_MASK;
        if (modifiers == SWT.CTRL) {
            Staging moved = moved(view, event.keyCode);
            if (moved != null) {
                canvas.view(moved);
            }
            return;
        }
        if ((modifiers & ~SWT.SHIFT) != 0) {
            return;
        }
        double step = (event.stateMask & SWT.SHIFT) != 0 ? SMALL : STEP;
        Staging next = turned(view, event.keyCode, step);
        if (next == null) {
            next = switched(view, event.character, step);
        }
        if (next != null) {
            canvas.view(next);
        }
    }

    private static Staging moved(Staging view, int keyCode) {
        OrbitCamera camera = view.camera();
        // the head goes where the arrow points, so the camera goes the other way
        return switch (keyCode) {
            case SWT.ARROW_LEFT -> view.withCamera(camera.panned(PAN, 0));
            case SWT.ARROW_RIGHT -> view.withCamera(camera.panned(-PAN, 0));
            case SWT.ARROW_UP -> view.withCamera(camera.panned(0, -PAN));
            case SWT.ARROW_DOWN -> view.withCamera(camera.panned(0, PAN));
            default -> null;
        };
    }

    private Staging turned(Staging view, int keyCode, double step) {
        OrbitCamera camera = view.camera();
        return switch (keyCode) {
            case SWT.ARROW_LEFT -> view.withCamera(camera.orbited(-step, 0));
            case SWT.ARROW_RIGHT -> view.withCamera(camera.orbited(step, 0));
            case SWT.ARROW_UP -> view.withCamera(camera.orbited(0, step));
            case SWT.ARROW_DOWN -> view.withCamera(camera.orbited(0, -step));
            case SWT.KEYPAD_ADD -> view.withCamera(camera.zoomed(1 / ZOOM));
            case SWT.KEYPAD_SUBTRACT -> view.withCamera(camera.zoomed(ZOOM));
            case SWT.HOME -> framed(canvas, view.withCamera(camera.facing(0, 0)));
            case SWT.PAGE_UP -> expression(canvas, view, -1);
            case SWT.PAGE_DOWN -> expression(canvas, view, 1);
            default -> null;
        };
    }

    private Staging switched(Staging view, char character, double step) {
        if (character >= '1' && character < '1' + DrawMode.values().length) {
            return view.withMode(DrawMode.values()[character - '1']);
        }
        return switch (Character.toLowerCase(character)) {
            case '+', '=' -> view.withCamera(view.camera().zoomed(1 / ZOOM));
            case '-' -> view.withCamera(view.camera().zoomed(ZOOM));
            case 'f' -> framed(canvas, view);
            case 'l' -> {
                LightRig[] rigs = LightRig.values();
                LightRig rig = rigs[(view.rig().ordinal() + 1) % rigs.length];
                yield view.withLight(rig, view.turn(), view.exposure());
            }
            case ',', ';' -> lit(view, -step);
            case '.', ':' -> lit(view, step);
            default -> null;
        };
    }

    /** The view with the light turned on to the right. */
    static Staging lit(Staging view, double right) {
        return view.withLight(view.rig(), Math.IEEEremainder(view.turn() + right, 2 * Math.PI), view.exposure());
    }

    private static Staging expression(HeadCanvas canvas, Staging view, int step) {
        ShownHead model = canvas.model();
        int count = model == null ? 1 : model.shapes().size();
        int next = Math.clamp(view.shape() + step, 0, count - 1);
        return view.withShapes(next, next, 1);
    }

    /** Brings the whole head into view, from where it is seen. */
    static void frame(HeadCanvas canvas) {
        canvas.view(framed(canvas, canvas.view()));
    }

    private static Staging framed(HeadCanvas canvas, Staging view) {
        ShownHead model = canvas.model();
        return model == null ? view : view.withCamera(view.camera().framed(model.bounds()));
    }
}
