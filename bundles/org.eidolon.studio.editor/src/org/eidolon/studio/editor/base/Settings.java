// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.base;

import java.util.Locale;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.Quality;
import org.eidolon.studio.editor.extend.Look;
import org.osgi.service.event.EventHandler;

/** What users set, and the theme of the workbench. */
public final class Settings {
    /** Node of the preferences. */
    public static final String NODE = "org.eidolon.studio.editor";

    /** Size of the fonts on the canvas, in percent of the system's. */
    public static final String FONT_SCALE = "fontScale";

    /** Quality of runs: auto, draft, standard or high. */
    public static final String QUALITY = "quality";

    private Settings() {}

    public static IEclipsePreferences node() {
        return InstanceScope.INSTANCE.getNode(NODE);
    }

    /** Colours and fonts as the theme and the preferences want them; the caller disposes it. */
    public static Look look() {
        int percent = Platform.getPreferencesService().getInt(NODE, FONT_SCALE, 100, null);
        return new Look(isDark(), Math.clamp(percent, 50, 200) / 100.0);
    }

    /** Null for auto. */
    public static Quality quality() {
        String word = Platform.getPreferencesService().getString(NODE, QUALITY, "auto", null);
        return word.equals("auto") ? null : Quality.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static boolean isDark() {
        IThemeEngine engine = PlatformUI.getWorkbench().getService(IThemeEngine.class);
        return engine != null
                && engine.getActiveTheme() != null
                && engine.getActiveTheme().getId().contains("dark");
    }

    /** Hears of another theme. */
    public static final class Listener {
        private final EventHandler handler;
        private IEventBroker broker;

        public Listener(Runnable changed) {
            handler = event -> changed.run();
        }

        public void start() {
            broker = PlatformUI.getWorkbench().getService(IEventBroker.class);
            broker.subscribe(IThemeEngine.Events.THEME_CHANGED, handler);
        }

        public void stop() {
            if (broker != null) {
                broker.unsubscribe(handler);
            }
        }
    }
}
