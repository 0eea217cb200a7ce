// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.util.List;
import java.util.function.Supplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eidolon.studio.viewer.HeadCanvas;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;

/** Has all heads of a comparison be seen from the same place, in the same light, with the same expression. */
final class OneLook {
    private static final int SCALE_WIDTH = 110;

    private final Supplier<List<HeadCanvas>> heads;
    private final Scale expression;
    private final Label name;
    private Staging shared;
    private boolean syncing;

    /**
     * @param bar for the slider of expressions
     * @param heads those that are drawn now
     */
    OneLook(Composite bar, Supplier<List<HeadCanvas>> heads) {
        this.heads = heads;
        expression = new Scale(bar, SWT.HORIZONTAL);
        expression.setLayoutData(new RowData(SCALE_WIDTH, SWT.DEFAULT));
        expression.setIncrement(1);
        expression.setPageIncrement(1);
        expression.addListener(SWT.Selection, e -> {
            int shape = expression.getSelection();
            look(shared.withShapes(shape, shape, 1), null);
        });
        name = new Label(bar, SWT.NONE);
    }

    Scale slider() {
        return expression;
    }

    /** Other heads are to come, which are looked at afresh. */
    void forget() {
        shared = null;
    }

    /** A head is there, or another in its place. */
    void arrived(HeadCanvas head) {
        if (shared == null) {
            shared = head.view();
        } else {
            syncing = true;
            look(head);
            syncing = false;
        }
        follow();
    }

    /** The user has turned a head, or changed how it is seen. */
    void moved(HeadCanvas head) {
        if (!syncing) {
            look(head.view(), head);
        }
    }

    private void look(Staging next, HeadCanvas from) {
        shared = next;
        syncing = true;
        heads.get().stream().filter(head -> head != from).forEach(this::look);
        syncing = false;
        follow();
    }

    /** A head that has fewer expressions keeps to those it has. */
    private void look(HeadCanvas head) {
        int shape = Math.min(shared.shape(), head.model().shapes().size() - 1);
        head.view(shared.withShapes(shape, shape, 1));
    }

    /** Sets the slider to what is seen. */
    void follow() {
        ShownHead most = null;
        for (HeadCanvas head : heads.get()) {
            if (most == null || head.model().shapes().size() > most.shapes().size()) {
                most = head.model();
            }
        }
        int count = most == null || shared == null ? 0 : most.shapes().size();
        int at = count == 0 ? 0 : Math.min(shared.shape(), count - 1);
        expression.setEnabled(count > 1);
        expression.setMaximum(Math.max(1, count - 1));
        expression.setSelection(at);
        String words = count == 0 ? "" : most.shapes().get(at).name().replace("&", "&&");
        if (!words.equals(name.getText())) {
            name.setText(words);
            name.requestLayout();
        }
    }
}
