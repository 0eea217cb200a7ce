// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.time.Duration;
import org.eidolon.engine.RunEvent;

/** How far a run is, in words. */
final class ProgressWords {
    private ProgressWords() {}

    static String of(RunEvent.Progress p) {
        String stage = p.stage().equals(p.node()) ? p.node() : p.node() + ", " + p.stage();
        String done = stage + "  " + p.done() + (p.total() > 0 ? " / " + p.total() : "");
        return p.left() == null ? done : done + "  ·  " + Words.of("queue.left", clock(p.left()));
    }

    static String clock(Duration time) {
        return String.format("%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** Such as 4.1 s or 2:30. */
    static String seconds(double seconds) {
        return seconds < 60 ? String.format("%.1f s", seconds) : clock(Duration.ofSeconds(Math.round(seconds)));
    }
}
