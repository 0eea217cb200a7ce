// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.EditPart;
import org.eclipse.gef.tools.AbstractTool;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyEvent;

/**
 * A drag with the first button, from press to release. GEF's own trackers draw their feedback by inverting pixels, which
 * GTK no longer does well; those built on this one move the figures themselves.
 */
abstract class DragTool extends AbstractTool implements DragTracker {
    private final Host host;

    DragTool(Host host) {
        this.host = host;
        setUnloadWhenFinished(false);
    }

    final Host host() {
        return host;
    }

    /** The button went down; nothing has moved yet. */
    void pressed() {}

    /** The pointer has moved far enough for a drag to begin. */
    void begin() {}

    /** The pointer moved on. */
    abstract void drag();

    /** The button went up after a drag. */
    abstract void drop();

    /** The button went up without a drag. */
    void click() {}

    /** Takes back whatever was shown; called after a drop and when the drag is given up. */
    abstract void clear();

    final Point startOnCanvas() {
        return canvas(getStartLocation());
    }

    final Point onCanvas() {
        return canvas(getLocation());
    }

    /** A point of the window in canvas pixels. */
    private Point canvas(Point at) {
        Point copy = at.getCopy();
        IFigure figure = ((GraphPart) host.viewer().getContents()).getFigure();
        figure.translateToRelative(copy);
        return copy;
    }

    final boolean withShift() {
        return getCurrentInput().isShiftKeyDown();
    }

    final boolean withControl() {
        return getCurrentInput().isControlKeyDown();
    }

    @Override
    protected boolean handleButtonDown(int button) {
        if (button != 1) {
            setState(STATE_INVALID);
            handleInvalidInput();
            return true;
        }
        if (stateTransition(STATE_INITIAL, STATE_DRAG)) {
            pressed();
        }
        return true;
    }

    @Override
    protected boolean handleDragStarted() {
        if (stateTransition(STATE_DRAG, STATE_DRAG_IN_PROGRESS)) {
            begin();
        }
        return true;
    }

    @Override
    protected boolean handleDragInProgress() {
        if (isInState(STATE_DRAG_IN_PROGRESS)) {
            drag();
        }
        return true;
    }

    @Override
    protected boolean handleButtonUp(int button) {
        if (stateTransition(STATE_DRAG_IN_PROGRESS, STATE_TERMINAL)) {
            clear();
            drop();
        } else if (stateTransition(STATE_DRAG, STATE_TERMINAL)) {
            click();
        }
        handleFinished();
        return true;
    }

    @Override
    protected boolean handleInvalidInput() {
        clear();
        return true;
    }

    @Override
    protected boolean handleKeyDown(KeyEvent e) {
        if (e.keyCode == SWT.ESC && isInState(STATE_DRAG | STATE_DRAG_IN_PROGRESS)) {
            setState(STATE_INVALID);
            clear();
            return true;
        }
        return false;
    }

    /** Selects a part, or with Shift or Control adds it to the selection or takes it out. */
    final void select(EditPart part) {
        boolean selected = part.getSelected() != EditPart.SELECTED_NONE;
        if (withShift() || withControl()) {
            if (selected) {
                host.viewer().deselect(part);
            } else {
                host.viewer().appendSelection(part);
            }
        } else if (!selected) {
            host.viewer().select(part);
        }
    }

    @Override
    protected String getCommandName() {
        return REQ_MOVE;
    }

    @Override
    protected String getDebugName() {
        return getClass().getSimpleName();
    }
}
