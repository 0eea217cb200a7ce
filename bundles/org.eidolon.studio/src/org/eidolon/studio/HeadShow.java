// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.PartInitException;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.viewer.HeadPanel;
import org.eidolon.studio.viewer.HeadView;

/**
 * Shows in the view of heads what the runs of the editor in front have: the head while it takes shape, then the file.
 * The editors and the view do not know each other.
 */
final class HeadShow implements IPartListener2 {
    private final IWorkbenchPage page;
    private final Map<GraphEditor, HeadOfRun> heads = new HashMap<>();
    private HeadOfRun shown;

    private HeadShow(IWorkbenchPage page) {
        this.page = page;
    }

    /** Begins for all editors of a page, those that are to come among them. */
    static void on(IWorkbenchPage page) {
        var show = new HeadShow(page);
        for (IEditorReference editor : page.getEditorReferences()) {
            show.follow(editor);
        }
        page.addPartListener(show);
    }

    private HeadOfRun follow(IWorkbenchPartReference part) {
        return part.getPart(false) instanceof GraphEditor editor
                ? heads.computeIfAbsent(editor, added -> new HeadOfRun(added, this))
                : null;
    }

    @Override
    public void partOpened(IWorkbenchPartReference part) {
        follow(part);
    }

    /** An editor that comes to the front brings its head along. */
    @Override
    public void partActivated(IWorkbenchPartReference part) {
        HeadOfRun head = follow(part);
        if (head != null && head != shown && head.isThere()) {
            present(head, IWorkbenchPage.VIEW_CREATE);
        }
    }

    @Override
    public void partClosed(IWorkbenchPartReference part) {
        HeadOfRun head = part.getPart(false) instanceof GraphEditor editor ? heads.remove(editor) : null;
        if (head != null) {
            head.stop();
            shown = shown == head ? null : shown;
        }
    }

    /** There is a newer head. */
    void headCame(HeadOfRun head) {
        if (page.getActiveEditor() == head.editor()) {
            present(head, head.isFirst() ? IWorkbenchPage.VIEW_VISIBLE : IWorkbenchPage.VIEW_CREATE);
        }
    }

    /** There is another photo, which may come later than the head. */
    void photoCame(HeadOfRun head) {
        if (head == shown && page.findView(HeadView.ID) instanceof HeadView view) {
            view.panel().photo(head.photo());
        }
    }

    /** A view that the user has closed stays closed; one that waits behind another is made. */
    private void present(HeadOfRun head, int how) {
        IViewReference reference = page.findViewReference(HeadView.ID);
        if (reference == null) {
            return;
        }
        try {
            HeadPanel panel = ((HeadView) page.showView(HeadView.ID, null, how)).panel();
            head.showIn(panel);
            shown = head;
        } catch (PartInitException e) {
            ILog.of(HeadShow.class).error("the view of heads cannot be opened", e);
        }
    }
}
