// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import java.util.List;

/**
 * How a node stands in the current or last run.
 *
 * @param text what to show: stage and time left, seconds taken, or why it failed
 * @param done part that is done, 0 to 1; negative where it is not known
 * @param reasons why it ran, in the engine's words
 */
public record RunState(Phase phase, String text, double done, List<String> reasons) {
    /** What a node goes through. */
    public enum Phase {
        NONE,
        QUEUED,
        RUNNING,
        CACHED,
        FINISHED,
        FAILED,
        CANCELLED
    }

    public static final RunState NONE = new RunState(Phase.NONE, "", -1, List.of());

    public RunState with(Phase next, String words, double part) {
        return new RunState(next, words, part, reasons);
    }
}
