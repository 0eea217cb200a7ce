// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.Locale;
import java.util.Set;

/** Names in an out folder that are not a node's to give: what is written there of the run itself. */
public final class OutNames {
    /** Every event of a run, as it happens. */
    public static final String EVENTS = "run.jsonl";

    /** The record of a run. A node may write a file of this name, which becomes a field of the record. */
    public static final String REPORT = "report.json";

    /** How the items of a batch or sweep went. */
    public static final String BATCH = "batch.json";

    /** The results of a sweep side by side. */
    public static final String SWEEP = "sweep.png";

    private static final Set<String> OF_THE_RUN = Set.of(EVENTS, BATCH, OutLedger.NAME, FolderClaim.NAME);

    private OutNames() {}

    /** Whether a node's file would take the place of something that is written of the run; whatever case counts. */
    static boolean isOfTheRun(String name) {
        return OF_THE_RUN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a folder for an item of a batch would be in the way of what a run or a batch writes beside it. */
    public static boolean isTaken(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isOfTheRun(lower) || lower.equals(REPORT) || lower.equals(SWEEP);
    }
}
