// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.function.Consumer;
import org.eclipse.gef.editpolicies.SelectionEditPolicy;

/** What is selected says so itself: no handles around it. */
final class SelectionPolicy extends SelectionEditPolicy {
    private final Consumer<Boolean> show;

    SelectionPolicy(Consumer<Boolean> show) {
        this.show = show;
    }

    @Override
    protected void hideSelection() {
        show.accept(false);
    }

    @Override
    protected void showSelection() {
        show.accept(true);
    }
}
