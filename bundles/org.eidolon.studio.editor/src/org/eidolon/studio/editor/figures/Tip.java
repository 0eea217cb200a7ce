// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import org.eclipse.draw2d.Label;
import org.eclipse.draw2d.MarginBorder;

/** A tool tip whose lines are broken where they would run across the screen. */
public final class Tip extends Label {
    private static final int WIDEST = 72;

    public Tip(String text) {
        super(wrap(text));
        setBorder(new MarginBorder(4, 6, 4, 6));
    }

    static String wrap(String text) {
        var all = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String rest = line;
            while (rest.length() > WIDEST && rest.lastIndexOf(' ', WIDEST) > 0) {
                int end = rest.lastIndexOf(' ', WIDEST);
                all.append(rest, 0, end).append('\n');
                rest = rest.substring(end + 1);
            }
            all.append(rest).append('\n');
        }
        all.setLength(all.length() - 1);
        return all.toString();
    }
}
