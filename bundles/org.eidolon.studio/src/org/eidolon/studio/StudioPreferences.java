// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.ComboFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.ScaleFieldEditor;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.eidolon.studio.editor.base.Settings;

/** Theme, size of text on the canvas, quality of runs. Keys have the workbench's own page. */
public final class StudioPreferences extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
    static final String NODE = "org.eidolon.studio";

    public StudioPreferences() {
        super(GRID);
    }

    @Override
    public void init(IWorkbench workbench) {
        setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, NODE));
    }

    @Override
    protected void createFieldEditors() {
        addField(new ComboFieldEditor(
                SystemTheme.PREFERENCE,
                Words.preferences_theme,
                new String[][] {
                    {Words.preferences_theme_system, "system"},
                    {Words.preferences_theme_light, "light"},
                    {Words.preferences_theme_dark, "dark"}
                },
                getFieldEditorParent()));
        var editor = new ScopedPreferenceStore(InstanceScope.INSTANCE, Settings.NODE);
        var scale =
                new ScaleFieldEditor(
                        Settings.FONT_SCALE, Words.preferences_font, getFieldEditorParent(), 50, 200, 10, 25) {
                    @Override
                    public void setPreferenceStore(org.eclipse.jface.preference.IPreferenceStore ignored) {
                        super.setPreferenceStore(editor);
                    }
                };
        addField(scale);
        addField(
                new ComboFieldEditor(
                        Settings.QUALITY,
                        Words.preferences_quality,
                        new String[][] {
                            {Words.preferences_auto, "auto"},
                            {Words.preferences_draft, "draft"},
                            {Words.preferences_standard, "standard"},
                            {Words.preferences_high, "high"}
                        },
                        getFieldEditorParent()) {
                    @Override
                    public void setPreferenceStore(org.eclipse.jface.preference.IPreferenceStore ignored) {
                        super.setPreferenceStore(editor);
                    }
                });
    }

    /** What holds until somebody says otherwise. */
    public static final class Defaults extends AbstractPreferenceInitializer {
        @Override
        public void initializeDefaultPreferences() {
            DefaultScope.INSTANCE.getNode(NODE).put(SystemTheme.PREFERENCE, "system");
            DefaultScope.INSTANCE.getNode(Settings.NODE).putInt(Settings.FONT_SCALE, 100);
            DefaultScope.INSTANCE.getNode(Settings.NODE).put(Settings.QUALITY, "auto");
        }
    }
}
