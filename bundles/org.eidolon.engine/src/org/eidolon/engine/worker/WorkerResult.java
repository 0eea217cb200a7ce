// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.util.List;
import java.util.Map;
import org.eidolon.engine.RunEvent;

/**
 * How a worker's run went.
 *
 * @param manifest what the command printed: the files made, among others; empty when it did not come so far
 * @param keys content keys of the results in the cache, by node: of those that ran and of those that were there
 * @param failures the nodes that failed, or that ran when the process died
 * @param problems what kept the run from beginning or ending as it should, such as a graph with a missing node
 */
public record WorkerResult(
        RunEvent.Outcome outcome,
        Map<String, Object> manifest,
        Map<String, String> keys,
        List<RunEvent.Failed> failures,
        List<Problem> problems) {

    /**
     * What the command, or the end of its process, said.
     *
     * @param where file, node or parameter; may be empty
     * @param advice what to do; may be empty
     */
    public record Problem(String where, String message, String advice) {}
}
