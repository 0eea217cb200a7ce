// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.studio.editor.extend.Look;

/** The lower edge of a node: how it stands in a run, in words and, while it runs, as a bar. */
record RunStrip(Look look, RunState state) {
    void paint(Graphics g, Rectangle area) {
        if (area.height <= 0) {
            return;
        }
        Look.Role role =
                switch (state.phase()) {
                    case RUNNING -> Look.Role.RUNNING;
                    case FINISHED -> Look.Role.DONE;
                    case FAILED -> Look.Role.ERROR;
                    default -> Look.Role.CACHED;
                };
        g.setForegroundColor(look.of(role));
        g.setBackgroundColor(look.of(role));
        if (state.phase() == RunState.Phase.RUNNING) {
            int bar = area.width - 20;
            g.setAlpha(60);
            g.fillRoundRectangle(new Rectangle(area.x + 10, area.bottom() - 7, bar, 4), 4, 4);
            g.setAlpha(255);
            int done = (int) Math.round(bar * Math.clamp(state.done(), 0, 1));
            g.fillRoundRectangle(new Rectangle(area.x + 10, area.bottom() - 7, Math.max(4, done), 4), 4, 4);
        }
        g.setFont(look.small());
        int height = look.height(look.small());
        int y = area.y + 1;
        for (String line : lines(area.width - 20, state.phase() == RunState.Phase.FAILED ? 2 : 1)) {
            g.drawText(line, area.x + 10, y);
            y += height;
        }
    }

    private List<String> lines(int width, int most) {
        var lines = new ArrayList<String>();
        String rest = state.text();
        while (!rest.isEmpty() && lines.size() < most - 1) {
            int end = rest.length();
            while (end > 0 && look.width(rest.substring(0, end), look.small()) > width) {
                int space = rest.lastIndexOf(' ', end - 1);
                end = space > 0 ? space : end - 1;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(look.fit(rest, look.small(), width));
        }
        return lines;
    }
}
