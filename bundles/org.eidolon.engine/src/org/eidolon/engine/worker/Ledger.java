// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.engine.RunEvent;

/**
 * What a worker has told so far, and from that the events it still owed when it died, so that a listener always sees a
 * run end. Used by one thread at a time.
 */
final class Ledger {
    static final int LAST_LINES = 40;

    private final long start = System.nanoTime();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> running = new LinkedHashSet<>();
    private final List<RunEvent.Failed> failures = new ArrayList<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<String, Deque<String>> logs = new HashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private RunEvent.Ended ended;
    private int ran;
    private int cached;

    void add(RunEvent event) {
        switch (event) {
            case RunEvent.Planned e -> open.addAll(e.toRun());
            case RunEvent.Started e -> running.add(e.node());
            case RunEvent.Cached e -> {
                cached++;
                keys.put(e.node(), e.key());
                close(e.node());
            }
            case RunEvent.Finished e -> {
                ran++;
                keys.put(e.node(), e.key());
                close(e.node());
            }
            case RunEvent.Failed e -> {
                failures.add(e);
                close(e.node());
            }
            case RunEvent.Cancelled e -> close(e.node());
            case RunEvent.Log e ->
                keep(
                        e.node().isEmpty() ? lines : logs.computeIfAbsent(e.node(), node -> new ArrayDeque<>()),
                        e.message());
            case RunEvent.Ended e -> ended = e;
            case RunEvent.Progress e -> {}
            case RunEvent.Preview e -> {}
        }
    }

    /** A line that belongs to no node: of a library, or of a dying Java. */
    void line(String text) {
        keep(lines, text);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<RunEvent.Failed> failures() {
        return List.copyOf(failures);
    }

    /** Of the results that the cache holds, by node. */
    Map<String, String> keys() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Null while the run has not ended. */
    RunEvent.Ended ended() {
        return ended;
    }

    /** The events that a stopped run owed. */
    List<RunEvent> cancelled() {
        var owed = new ArrayList<RunEvent>();
        open.forEach(node -> owed.add(new RunEvent.Cancelled(node)));
        return conclude(owed, RunEvent.Outcome.CANCELLED);
    }

    /** The events that a run owed whose process died: every node that ran has failed of it. */
    List<RunEvent> failed(Death death) {
        var owed = new ArrayList<RunEvent>();
        for (String node : running) {
            var log = new ArrayList<String>(logs.getOrDefault(node, new ArrayDeque<>()));
            log.addAll(lines);
            owed.add(new RunEvent.Failed(node, death.message(), death.advice(), log, null));
        }
        return conclude(owed, RunEvent.Outcome.FAILED);
    }

    private List<RunEvent> conclude(List<RunEvent> owed, RunEvent.Outcome outcome) {
        owed.add(new RunEvent.Ended(outcome, ran, cached, (System.nanoTime() - start) / 1e9));
        owed.forEach(this::add);
        return owed;
    }

    private void close(String node) {
        open.remove(node);
        running.remove(node);
    }

    private static void keep(Deque<String> kept, String line) {
        kept.addLast(line);
        if (kept.size() > LAST_LINES) {
            kept.removeFirst();
        }
    }
}
