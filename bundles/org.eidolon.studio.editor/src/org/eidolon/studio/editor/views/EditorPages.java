// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.ui.views.contentoutline.IContentOutlinePage;
import org.eclipse.ui.views.properties.IPropertySheetPage;
import org.eidolon.studio.editor.GraphEditor;

/** The pages of a graph editor in the views <i>Outline</i> and <i>Properties</i>; the editor itself knows neither. */
public final class EditorPages implements IAdapterFactory {
    @Override
    public <T> T getAdapter(Object adaptable, Class<T> wanted) {
        if (!(adaptable instanceof GraphEditor editor)) {
            return null;
        }
        if (wanted == IContentOutlinePage.class) {
            return wanted.cast(new GraphOutline(editor));
        }
        return wanted == IPropertySheetPage.class ? wanted.cast(new NodeProperties(editor)) : null;
    }

    @Override
    public Class<?>[] getAdapterList() {
        return new Class<?>[] {IContentOutlinePage.class, IPropertySheetPage.class};
    }
}
