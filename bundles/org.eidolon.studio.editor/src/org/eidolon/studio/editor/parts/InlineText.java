// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.function.Consumer;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;

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

    public Text then(Consumer<String> take) {
        var canvas = (Composite) host.viewer().getControl();
        ((GraphicalEditPart) host.viewer().getContents()).getFigure().translateToAbsolute(box);
        var field = new Text(canvas, SWT.BORDER | (tall ? SWT.MULTI | SWT.WRAP | SWT.V_SCROLL : SWT.SINGLE));
        field.setText(before);
        field.selectAll();
        field.setBounds(box.x, box.y, Math.max(120, box.width), Math.max(LEAST_HEIGHT, box.height));
        var end = new Object() {
            private boolean done;

            void with(boolean taken) {
                if (!done) {
                    done = true;
                    String text = field.getText();
                    field.dispose();
                    canvas.setFocus();
                    if (taken && !text.equals(before)) {
                        take.accept(text);
                    }
                }
            }
        };
        field.addListener(SWT.Traverse, e -> {
            if (e.detail == SWT.TRAVERSE_ESCAPE) {
                e.doit = false;
                end.with(false);
            } else if (e.detail == SWT.TRAVERSE_RETURN && (!tall || (e.stateMask & SWT.MOD1) != 0)) {
                e.doit = false;
                end.with(true);
            }
        });
        field.addListener(SWT.FocusOut, e -> end.with(true));
        field.setFocus();
        return field;
    }
}
