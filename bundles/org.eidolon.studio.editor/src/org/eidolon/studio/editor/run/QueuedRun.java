// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eidolon.api.Quality;
import org.eidolon.api.value.Image;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.RunEvent;
import org.eidolon.studio.editor.base.Messages;

/** A run that waits, is under way, or is over: the graph as it was when it was asked for, and what the run told. */
public final class QueuedRun {
    /** Told on the user interface's thread how a run goes. */
    interface Watcher {
        /** It begins. */
        default void began() {}

        /** What the worker told; many may come at once. */
        default void event(RunEvent event) {}

        /** No more events just now. */
        void paused();

        /** It could not even begin. */
        default void refused(PlanException e) {}

        /** It is over, or was taken out. @param pictures of what nodes made, by their ids */
        default void ended(Map<String, Image> pictures) {}
    }

    private final String id;
    private final Path graph;
    private final String text;
    private final Quality quality;
    private final Instant asked;
    private final Variant variant;
    private final RunLog log;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private boolean interrupted;

    /** @param variant null for a run of the graph as it is */
    QueuedRun(
            String id, Path graph, String text, List<String> targets, Quality quality, Instant asked, Variant variant) {
        this.id = id;
        this.graph = graph;
        this.text = text;
        this.quality = quality;
        this.asked = asked;
        this.variant = variant;
        this.log = new RunLog(targets, variant == null ? "" : variant.words(), Messages.run_waiting);
    }

    static QueuedRun of(Path graph, String text, List<String> targets, Quality quality, Variant variant) {
        return new QueuedRun(UUID.randomUUID().toString(), graph, text, targets, quality, Instant.now(), variant);
    }

    String id() {
        return id;
    }

    /** The file that the graph belongs to; paths in it lie beside. */
    public Path graph() {
        return graph;
    }

    /** The graph as it is to run, which need not be what its file holds. */
    String text() {
        return text;
    }

    /** Null leaves it to the device. */
    public Quality quality() {
        return quality;
    }

    /** When the user asked for it. */
    public Instant asked() {
        return asked;
    }

    /** What a run of a sweep sets; empty for a run of the graph as it is. */
    public Optional<Variant> variant() {
        return Optional.ofNullable(variant);
    }

    /** Where its files go. */
    public Path out() {
        return variant == null ? Sweeps.out(graph) : variant.out();
    }

    public RunLog log() {
        return log;
    }

    /** Whether it was under way when the studio ended, so that it goes on at its checkpoints. */
    public boolean isInterrupted() {
        return interrupted;
    }

    void interrupt() {
        interrupted = true;
        log.wait(Messages.run_interrupted);
    }

    /** What was told so far, for those who come later: of progress the newest, and no pictures. */
    List<RunEvent> events() {
        return List.copyOf(events);
    }

    /** How far the node is that told so last. */
    public Optional<RunEvent.Progress> progress() {
        return events.stream()
                .filter(RunEvent.Progress.class::isInstance)
                .map(RunEvent.Progress.class::cast)
                .reduce((first, second) -> second)
                .filter(last -> events.stream()
                        .noneMatch(event -> event instanceof RunEvent.Finished finished
                                && finished.node().equals(last.node())));
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    void begin() {
        interrupted = false;
        log.begin(Messages.run_planning);
        watchers.forEach(Watcher::began);
    }

    void take(RunEvent event) {
        log.add(event);
        if (event instanceof RunEvent.Progress progress) {
            events.removeIf(old ->
                    old instanceof RunEvent.Progress other && other.node().equals(progress.node()));
        }
        if (!(event instanceof RunEvent.Preview)) { // their files do not last
            events.add(event);
        }
        watchers.forEach(watcher -> watcher.event(event));
    }

    void pause() {
        watchers.forEach(Watcher::paused);
    }

    void refuse(PlanException e) {
        e.problems().forEach(problem -> log.add(problem.toString()));
        watchers.forEach(watcher -> watcher.refused(e));
    }

    void end(String outcome, Map<String, Image> pictures) {
        log.end(outcome);
        watchers.forEach(watcher -> watcher.ended(pictures));
        watchers.clear();
    }
}
