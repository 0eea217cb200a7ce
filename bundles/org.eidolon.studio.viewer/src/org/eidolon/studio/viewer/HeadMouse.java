// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eidolon.studio.viewer.scene.Staging;

/**
 * The mouse on a head: the left button turns it, with Ctrl the light; another button, or Shift, moves it; the wheel
 * zooms; a double click shows it whole.
 */
final class HeadMouse {
    /** Turn of the head by a drag over the height of the canvas. */
    private static final double HALF_TURN = Math.PI;

    private static final double ZOOM = 1.1;

    private final HeadCanvas canvas;
    private boolean drags;
    private int lastX;
    private int lastY;

    HeadMouse(HeadCanvas canvas) {
        this.canvas = canvas;
        canvas.addListener(SWT.MouseDown, this::down);
        canvas.addListener(SWT.MouseMove, this::move);
        canvas.addListener(SWT.MouseUp, event -> drags = false);
        canvas.addListener(SWT.MouseDoubleClick, event -> HeadKeys.frame(canvas));
        canvas.addListener(SWT.MouseVerticalWheel, this::wheel);
    }

    private void down(Event event) {
        canvas.setFocus();
        drags = true;
        lastX = event.x;
        lastY = event.y;
    }

    private void move(Event event) {
        if (!drags) {
            return;
        }
        double height = Math.max(1, canvas.getClientArea().height);
        double right = (event.x - lastX) / height;
        double down = (event.y - lastY) / height;
        lastX = event.x;
        lastY = event.y;
        Staging view = canvas.view();
        boolean left = (event.stateMask & SWT.BUTTON1) != 0;
        if (left && (event.stateMask & SWT.MOD1) != 0) {
            canvas.view(HeadKeys.lit(view, right * HALF_TURN));
        } else if (left && (event.stateMask & SWT.SHIFT) == 0) {
            // the head follows the hand, so the camera goes the other way
            canvas.view(view.withCamera(view.camera().orbited(-right * HALF_TURN, down * HALF_TURN)));
        } else {
            canvas.view(view.withCamera(view.camera().panned(-right, down)));
        }
    }

    private void wheel(Event event) {
        event.doit = false;
        Staging view = canvas.view();
        canvas.view(view.withCamera(view.camera().zoomed(event.count > 0 ? 1 / ZOOM : ZOOM)));
    }
}
