// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param artifacts names of the files delivered into the out folder, by the id of the node that made them
 * @param removed files that earlier runs had written into the out folder and this one does not make; they were removed
 * @param earlier such files that are still there: all after a run that was not good or not of the whole graph, and those
 *     that somebody has changed
 * @param failures the nodes that failed
 * @param record everything a replay needs, as {@link RunRecord} describes it
 * @param entries results by node id: of the nodes that ran and of those that the cache answered
 */
public record RunResult(
        RunEvent.Outcome outcome,
        Map<String, List<String>> artifacts,
        List<String> removed,
        List<String> earlier,
        List<RunEvent.Failed> failures,
        Map<String, Object> record,
        Map<String, Cache.Entry> entries) {

    public Optional<Cache.Entry> entry(String node) {
        return Optional.ofNullable(entries.get(node));
    }
}
