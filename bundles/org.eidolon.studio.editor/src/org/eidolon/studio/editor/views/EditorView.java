// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.part.ViewPart;
import org.eidolon.studio.editor.GraphEditor;

/** A view that shows something of the graph editor that was active last. */
abstract class EditorView extends ViewPart {
    private final IPartListener2 parts = new IPartListener2() {
        @Override
        public void partActivated(IWorkbenchPartReference part) {
            if (part.getPart(false) instanceof GraphEditor editor) {
                follow(editor);
            }
        }

        @Override
        public void partClosed(IWorkbenchPartReference part) {
            if (part.getPart(false) == editor) {
                follow(null);
            }
        }
    };
    private GraphEditor editor;

    /** To be called at the end of createPartControl. */
    final void start() {
        getSite().getPage().addPartListener(parts);
        follow(GraphEditor.active());
    }

    final GraphEditor editor() {
        return editor;
    }

    private void follow(GraphEditor next) {
        if (editor != next) {
            if (editor != null) {
                leave(editor);
            }
            editor = next;
            if (editor != null) {
                enter(editor);
            }
            refresh();
        }
    }

    abstract void enter(GraphEditor next);

    abstract void leave(GraphEditor last);

    abstract void refresh();

    @Override
    public void dispose() {
        getSite().getPage().removePartListener(parts);
        if (editor != null) {
            leave(editor);
        }
        super.dispose();
    }
}
