// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;

/** The keyboard, as far as the window system lets a program press its keys: they go where the focus is. */
final class Keyboard {
    private Keyboard() {}

    /** Presses a key while others are held, and lets the window take it. */
    static void press(int code, int... held) {
        for (int each : held) {
            post(SWT.KeyDown, each);
        }
        post(SWT.KeyDown, code);
        post(SWT.KeyUp, code);
        for (int each : held) {
            post(SWT.KeyUp, each);
        }
        Desk.dispatch();
    }

    private static void post(int type, int code) {
        Desk.uiDo(() -> {
            var event = new Event();
            event.type = type;
            if (code < 128 && code != SWT.ESC) {
                event.character = (char) code;
            } else {
                event.keyCode = code;
            }
            assertThat(Desk.display().post(event)).isTrue();
        });
    }
}
