// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.eidolon.studio.editor.views.ProblemsView;
import org.eidolon.studio.editor.views.RunsView;
import org.eidolon.studio.viewer.HeadView;
import org.eidolon.studio.views.CacheView;
import org.eidolon.studio.views.CompareView;
import org.eidolon.studio.views.ModelsView;
import org.eidolon.studio.views.QueueView;

/**
 * Canvas in the middle, outline and properties at the right, runs and problems below. The head waits behind the outline
 * until a run has one to show.
 */
public final class GraphPerspective implements IPerspectiveFactory {
    public static final String ID = "org.eidolon.studio.graph";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        var right = layout.createFolder("right", IPageLayout.RIGHT, 0.7f, layout.getEditorArea());
        right.addView(IPageLayout.ID_OUTLINE);
        right.addView(HeadView.ID);
        layout.createFolder("properties", IPageLayout.BOTTOM, 0.58f, "right").addView(IPageLayout.ID_PROP_SHEET);
        var below = layout.createFolder("below", IPageLayout.BOTTOM, 0.76f, layout.getEditorArea());
        below.addView(RunsView.ID);
        below.addView(ProblemsView.ID);
        below.addView(QueueView.ID);
        below.addPlaceholder(CacheView.ID);
        below.addPlaceholder(ModelsView.ID);
        // heads want room: of what the canvas has, the comparison takes most
        layout.addPlaceholder(CompareView.ID, IPageLayout.BOTTOM, 0.3f, layout.getEditorArea());
        layout.addShowViewShortcut(IPageLayout.ID_OUTLINE);
        layout.addShowViewShortcut(IPageLayout.ID_PROP_SHEET);
        layout.addShowViewShortcut(HeadView.ID);
        layout.addShowViewShortcut(RunsView.ID);
        layout.addShowViewShortcut(ProblemsView.ID);
        layout.addShowViewShortcut(QueueView.ID);
        layout.addShowViewShortcut(CompareView.ID);
        layout.addShowViewShortcut(CacheView.ID);
        layout.addShowViewShortcut(ModelsView.ID);
    }
}
