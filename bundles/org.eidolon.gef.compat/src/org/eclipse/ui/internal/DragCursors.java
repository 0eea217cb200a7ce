// SPDX-License-Identifier: EPL-2.0
package org.eclipse.ui.internal;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Cursor;
import org.eclipse.swt.widgets.Display;

/** Cursors for docking a palette, which GEF 3.2 asks the workbench for and the workbench no longer has. */
public final class DragCursors {
    private DragCursors() {}

    /** One cursor for every direction: what moves is drawn under it anyway. */
    public static Cursor getCursor(int direction) {
        return Display.getCurrent().getSystemCursor(SWT.CURSOR_SIZEALL);
    }
}
