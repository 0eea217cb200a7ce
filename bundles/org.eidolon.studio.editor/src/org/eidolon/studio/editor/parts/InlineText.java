// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eidolon.studio.editor.document.Typing;

/**
 * A field over the canvas in which something is typed. Enter takes it over (with Control where it has several lines), so
 * does leaving the field; Escape does not.
 */
public final class InlineText {
    private static final int LEAST_HEIGHT = 28;

    private final Host host;
    private final Rectangle box;
    private String before = "";
    private boolean tall;

    private InlineText(Host host, Rectangle box) {
        this.host = host;
        this.box = box;
    }

    /** @param box in canvas pixels */
    public static InlineText over(Host host, Rectangle box) {
        return new InlineText(host, box.getCopy());
    }

    public InlineText with(String text, boolean severalLines) {
        before = text;
        tall = severalLines;
        return this;
    }

    /** Opens the field. */
    public Text then(Consumer<String> take) {
        return check(text -> {
            take.accept(text);
            return true;
        });
    }

    /**
     * Opens the field.
     *
     * @param take takes over what was typed; false where it is no value, which it has told the user
     */
    public Text check(Predicate<String> take) {
        var canvas = (Composite) host.viewer().getControl();
        ((GraphicalEditPart) host.viewer().getContents()).getFigure().translateToAbsolute(box);
        var field = new Text(canvas, SWT.BORDER | (tall ? SWT.MULTI | SWT.WRAP | SWT.V_SCROLL : SWT.SINGLE));
        field.setText(before);
        field.selectAll();
        field.setBounds(box.x, box.y, Math.max(120, box.width), Math.max(LEAST_HEIGHT, box.height));
        var end = new Object() {
            private boolean done;

            void close() {
                if (!done) {
                    done = true;
                    field.dispose();
                    canvas.setFocus();
                }
            }
        };
        var typing = Typing.in(field, host.document(), text -> {
            end.close();
            return take.test(text);
        });
        Runnable finish = () -> {
            typing.take();
            end.close();
        };
        field.addListener(SWT.Traverse, e -> {
            if (e.detail == SWT.TRAVERSE_ESCAPE) {
                e.doit = false;
                end.close();
            } else if (e.detail == SWT.TRAVERSE_RETURN && (!tall || (e.stateMask & SWT.MOD1) != 0)) {
                e.doit = false;
                finish.run();
            }
        });
        field.addListener(SWT.FocusOut, e -> finish.run());
        field.setFocus();
        return field;
    }
}
