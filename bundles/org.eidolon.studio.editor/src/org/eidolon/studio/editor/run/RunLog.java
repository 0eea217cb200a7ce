// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.engine.RunEvent;
import org.eidolon.studio.editor.base.Messages;

/** What one run told, for the view of runs. */
public final class RunLog {
    /** A node in the run: when it ran, why, and the lines that it left. */
    public static final class Step {
        private final String node;
        private final List<String> lines = new ArrayList<>();
        private String status = "";

        Step(String node) {
            this.node = node;
        }

        public String node() {
            return node;
        }

        public String status() {
            return status;
        }

        /** Reasons, log lines, errors and advice. */
        public List<String> lines() {
            return List.copyOf(lines);
        }
    }

    private final List<String> targets;
    private final String variant;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private LocalTime began;
    private String status;
    private boolean over;

    /** @param variant what it sets, of a sweep; empty for a run of the graph as it is */
    RunLog(List<String> targets, String variant, String status) {
        this.targets = List.copyOf(targets);
        this.variant = variant;
        this.status = status;
    }

    /** Nodes that were asked for; empty for the whole graph. */
    public List<String> targets() {
        return targets;
    }

    /** What runs: the value of a sweep, nodes that were asked for, or the whole graph. */
    public String what() {
        return !variant.isEmpty() ? variant : targets.isEmpty() ? Messages.run_all : String.join(", ", targets);
    }

    public String title() {
        String what = what();
        return began == null ? what : began.truncatedTo(ChronoUnit.SECONDS) + "  " + what;
    }

    public String status() {
        return status;
    }

    public boolean isOver() {
        return over;
    }

    public boolean isWaiting() {
        return began == null && !over;
    }

    /** Whether it waits, or was taken out of the queue while it did. */
    boolean neverBegan() {
        return began == null;
    }

    public List<Step> steps() {
        return List.copyOf(steps.values());
    }

    /** What was said of no node, such as lines that a library printed. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Why it could not even be planned. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** It waits, or waits again. */
    void wait(String words) {
        began = null;
        status = words;
    }

    void begin(String words) {
        began = LocalTime.now();
        status = words;
    }

    void end(String words) {
        status = words;
        over = true;
    }

    void add(String problem) {
        problems.add(problem);
    }

    private Step step(String node) {
        return steps.computeIfAbsent(node, Step::new);
    }

    void add(RunEvent event) {
        switch (event) {
            case RunEvent.Planned planned -> {
                status = Messages.bind(
                        Messages.run_planned,
                        planned.toRun().size(),
                        planned.nodes().size());
                planned.nodes().forEach(this::step);
            }
            case RunEvent.Cached cached -> step(cached.node()).status = Messages.state_cached;
            case RunEvent.Started started -> {
                Step step = step(started.node());
                step.status = Messages.state_running;
                started.reasons().forEach(reason -> step.lines.add(Messages.bind(Messages.node_ran_because, reason)));
            }
            case RunEvent.Progress progress ->
                step(progress.node()).status = progress.stage() + " " + progress.done()
                        + (progress.total() > 0 ? " / " + progress.total() : "");
            case RunEvent.Preview preview -> {}
            case RunEvent.Log log when log.node().isEmpty() -> lines.add(log.message());
            case RunEvent.Log log -> step(log.node()).lines.add(log.message());
            case RunEvent.Finished finished ->
                step(finished.node()).status =
                        Messages.bind(Messages.state_finished, String.format("%.1f s", finished.seconds()));
            case RunEvent.Failed failed -> {
                Step step = step(failed.node());
                step.status = Messages.state_failed;
                step.lines.add(failed.error());
                if (!failed.advice().isEmpty()) {
                    step.lines.add("→ " + failed.advice());
                }
                step.lines.addAll(failed.log());
            }
            case RunEvent.Cancelled gone -> step(gone.node()).status = Messages.state_cancelled;
            case RunEvent.Ended ended -> {}
        }
    }
}
