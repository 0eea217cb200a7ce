// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.util.function.Predicate;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;

/**
 * A field in which something of a graph is typed. What stands in it is taken over when the field is left, and before any
 * command: whoever types a value and presses F9 means that value.
 */
public final class Typing {
    private static final String KEY = Typing.class.getName();

    private final Text field;
    private final Predicate<String> take;
    private String before;

    private Typing(Text field, Predicate<String> take) {
        this.field = field;
        this.take = take;
        this.before = field.getText();
    }

    /**
     * Watches a field that holds what the graph holds now.
     *
     * @param take puts what was typed into the graph; false where it is no value, which it has told the user
     */
    public static Typing in(Text field, GraphDocument document, Predicate<String> take) {
        var typing = new Typing(field, take);
        field.setData(KEY, typing);
        field.addListener(SWT.Modify, e -> document.typing(typing.isPending()));
        field.addListener(SWT.Dispose, e -> document.typing(false));
        return typing;
    }

    private boolean isPending() {
        return !field.getText().equals(before);
    }

    /** Takes over what was typed; false where it was refused. Nothing that was refused is asked again. */
    public boolean take() {
        if (field.isDisposed() || !isPending()) {
            return true;
        }
        before = field.getText();
        field.notifyListeners(SWT.Modify, null);
        return take.test(before);
    }

    /** Takes over what is being typed just now, if anything is; false where it was refused. */
    public static boolean finish() {
        Display display = Display.getCurrent();
        Control focus = display == null ? null : display.getFocusControl();
        return focus == null || !(focus.getData(KEY) instanceof Typing typing) || typing.take();
    }
}
