// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

/** Keeps the workbench as light or dark as the system is, or as the user wants it. */
final class SystemTheme {
    /** What the user wants: system, light or dark. */
    static final String PREFERENCE = "theme";

    private static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";
    private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";

    /** Applies what is wanted now, and again when the system or the preference changes. */
    void follow() {
        apply();
        Display display = PlatformUI.getWorkbench().getDisplay();
        display.addListener(SWT.Settings, event -> apply());
        InstanceScope.INSTANCE.getNode("org.eidolon.studio").addPreferenceChangeListener(event -> {
            if (event.getKey().equals(PREFERENCE)) {
                display.asyncExec(this::apply);
            }
        });
    }

    private void apply() {
        IThemeEngine engine = PlatformUI.getWorkbench().getService(IThemeEngine.class);
        String wanted = Platform.getPreferencesService().getString("org.eidolon.studio", PREFERENCE, "system", null);
        boolean dark = wanted.equals("dark") || wanted.equals("system") && Display.isSystemDarkTheme();
        String theme = dark ? DARK : LIGHT;
        boolean shown = engine.getActiveTheme() != null
                && engine.getActiveTheme().getId().startsWith(theme);
        if (!shown) {
            engine.setTheme(theme, false);
        }
    }
}
