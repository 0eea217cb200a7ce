// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import org.eclipse.osgi.util.NLS;

/** The words of the application, in the user's language. */
public final class Words extends NLS {
    public static String title;
    public static String menu_file;
    public static String menu_edit;
    public static String menu_window;
    public static String menu_views;
    public static String menu_help;
    public static String new_title;
    public static String open_failed;
    public static String preferences_theme;
    public static String preferences_theme_system;
    public static String preferences_theme_light;
    public static String preferences_theme_dark;
    public static String preferences_font;
    public static String preferences_quality;
    public static String preferences_auto;
    public static String preferences_draft;
    public static String preferences_standard;
    public static String preferences_high;
    public static String template_quick;
    public static String template_quick_text;
    public static String template_portrait;
    public static String template_portrait_text;
    public static String template_photos;
    public static String template_photos_text;
    public static String template_expressions;
    public static String template_expressions_text;
    public static String template_compare;
    public static String template_compare_text;
    public static String welcome;
    public static String welcome_line;
    public static String welcome_new;
    public static String welcome_open;
    public static String welcome_browse;
    public static String welcome_recent;

    static {
        NLS.initializeMessages(Words.class.getPackageName() + ".words", Words.class);
    }

    private Words() {}
}
