// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.draw2d.FigureUtilities;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.RGB;

/**
 * Colours and fonts of the canvas, light or dark. Text has a contrast of at least 4.5 to what lies under it, which
 * {@link #contrast} measures.
 */
public final class Look {
    /** What the colours are for. */
    public enum Role {
        CANVAS("#eef0f3", "#1b1d21"),
        GRID("#d9dce2", "#282b31"),
        BODY("#ffffff", "#2b2e34"),
        BORDER("#b9bec8", "#14161a"),
        TEXT("#1d2026", "#e8eaee"),
        QUIET("#59606c", "#a9b0bc"),
        FIELD("#eef1f5", "#1f2227"),
        FILL("#c3d7f5", "#35517d"),
        ACCENT("#1f66d1", "#6aa5ff"),
        TITLE_TEXT("#ffffff", "#ffffff"),
        NOTE("#fff3bf", "#4a4327"),
        FRAME("#8fa3bf", "#5a6b85"),
        ERROR("#b3261e", "#ff8a80"),
        WARNING("#8a5a00", "#ffc46b"),
        RUNNING("#1f66d1", "#6aa5ff"),
        DONE("#1c7a3e", "#6fd391"),
        CACHED("#59606c", "#a9b0bc");

        private final String light;
        private final String dark;

        Role(String light, String dark) {
            this.light = light;
            this.dark = dark;
        }
    }

    private static final int MOST_WIDTHS = 20_000;

    private record Words(String text, Font font) {}

    private final boolean dark;
    private final Map<Words, Integer> widths = new HashMap<>();
    private final Map<Font, Integer> heights = new HashMap<>();
    private final Map<String, Color> colours = new HashMap<>();
    private final ResourceManager resources = new LocalResourceManager(JFaceResources.getResources());
    private final Font plain;
    private final Font bold;
    private final Font small;

    /** @param scale of the fonts, 1 for the system's size */
    public Look(boolean dark, double scale) {
        this.dark = dark;
        var base = FontDescriptor.createFrom(JFaceResources.getDialogFont());
        int height =
                (int) Math.round(JFaceResources.getDialogFont().getFontData()[0].getHeight() * scale * 0.9);
        plain = resources.create(base.setHeight(height));
        bold = resources.create(base.setHeight(height).setStyle(SWT.BOLD));
        small = resources.create(base.setHeight(Math.max(6, Math.round(height * 0.85f))));
    }

    public boolean isDark() {
        return dark;
    }

    public Color of(Role role) {
        return of(dark ? role.dark : role.light);
    }

    /** A colour given as #rrggbb; grey where it is no colour. */
    public Color of(String hex) {
        return colours.computeIfAbsent(hex, key -> new Color(rgb(key)));
    }

    /** Colour of the title of nodes of a category: the same hue for the same word, dark enough for white text. */
    public Color category(String category) {
        float hue = Math.floorMod(category.hashCode() * 47, 360);
        return colours.computeIfAbsent("category " + category, key -> {
            float brightness = 0.62f;
            RGB rgb = new RGB(hue, 0.45f, brightness);
            while (contrast(rgb, new RGB(255, 255, 255)) < 5) {
                brightness -= 0.02f;
                rgb = new RGB(hue, 0.45f, brightness);
            }
            return new Color(rgb);
        });
    }

    public Font plain() {
        return plain;
    }

    public Font bold() {
        return bold;
    }

    public Font small() {
        return small;
    }

    /** Height of a line in one of the fonts. */
    public int height(Font font) {
        return heights.computeIfAbsent(
                font, f -> FigureUtilities.getFontMetrics(f).getHeight());
    }

    /** Width of a text; kept, as asking the window system takes longer than all else that is painted of a node. */
    public int width(String text, Font font) {
        if (widths.size() > MOST_WIDTHS) {
            widths.clear();
        }
        return widths.computeIfAbsent(new Words(text, font), w -> FigureUtilities.getTextWidth(text, font));
    }

    /** The text, cut off with dots where it is wider than there is room. */
    public String fit(String text, Font font, int room) {
        if (width(text, font) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…", font) > room) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    public void dispose() {
        resources.dispose();
    }

    private static RGB rgb(String hex) {
        if (!hex.matches("#[0-9a-fA-F]{6}")) {
            return new RGB(128, 128, 128);
        }
        int value = Integer.parseInt(hex.substring(1), 16);
        return new RGB(value >> 16, value >> 8 & 255, value & 255);
    }

    /** Contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance). */
    public static double contrast(RGB one, RGB other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(RGB rgb) {
        return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue);
    }

    private static double linear(int sample) {
        double value = sample / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
