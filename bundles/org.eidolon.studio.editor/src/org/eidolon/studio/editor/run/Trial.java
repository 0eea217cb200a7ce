// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eidolon.api.Json;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.RunEvent;
import org.eidolon.graph.PortRef;
import org.eidolon.studio.editor.edit.Values;

/** One value of a sweep: how its run stands, or how it went. */
public final class Trial {
    /** How it stands; the words are those of the command's record. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        OUT_OF_GPU_MEMORY,
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** A record may come from a later version: what it calls otherwise has failed. */
        static State of(Object word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state == RUNNING ? WAITING : state;
                }
            }
            return FAILED;
        }

        public boolean isOver() {
            return ordinal() >= DONE.ordinal();
        }
    }

    private final String name;
    private final String value;
    private final Path folder;
    private final List<String> errors = new ArrayList<>();
    private State state;
    private int ran;
    private int cached;
    private double seconds;
    private QueuedRun run;
    private Path liveHead;
    private Image picture;

    Trial(String name, String value, Path folder, State state) {
        this.name = name;
        this.value = value;
        this.folder = folder;
        this.state = state;
    }

    /** @param entry an item of the record, with a name and a value */
    static Trial of(Map<?, ?> entry, Path sweep) {
        String name = Path.of(String.valueOf(entry.get("item"))).getFileName().toString(); // not out of its folder
        var trial = new Trial(
                name, String.valueOf(entry.get("value")), sweep.resolve(name), State.of(entry.get("outcome")));
        trial.ran = number(entry.get("ran")).intValue();
        trial.cached = number(entry.get("cached")).intValue();
        trial.seconds = number(entry.get("seconds")).doubleValue();
        if (entry.get("errors") instanceof List<?> list) {
            list.forEach(error -> trial.errors.add(error instanceof Map<?, ?> fields ? words(fields) : "" + error));
        }
        return trial;
    }

    /**
     * A run of the graph as it is, by the report in its folder; empty where there is none, or it was not done.
     *
     * @param target the parameter whose value it is told by, or {@code seed}
     */
    static Optional<Trial> ofReport(Path folder, String target) {
        try {
            Map<String, Object> report = Json.parseObject(Files.readString(folder.resolve("report.json")));
            if (!State.DONE.word().equals(report.get("outcome")) || !(report.get("nodes") instanceof Map<?, ?> nodes)) {
                return Optional.empty();
            }
            PortRef ref = PortRef.parse(target);
            Object value = ref.port().isEmpty() ? report.get(target) : null;
            if (nodes.get(ref.node()) instanceof Map<?, ?> node && node.get("parameters") instanceof Map<?, ?> set) {
                value = set.get(ref.port());
            }
            var trial = new Trial(folder.getFileName().toString(), Values.text(value), folder, State.DONE);
            trial.seconds = number(report.get("seconds")).doubleValue();
            trial.ran = (int) nodes.values().stream()
                    .filter(node -> node instanceof Map<?, ?> fields && "ran".equals(fields.get("state")))
                    .count();
            trial.cached = nodes.size() - trial.ran;
            return Optional.of(trial);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Number number(Object json) {
        return json instanceof Number n ? n : 0;
    }

    private static String words(Map<?, ?> error) {
        Object advice = error.get("advice");
        return error.get("where") + ": " + error.get("error")
                + (advice == null || "".equals(advice) ? "" : " → " + advice);
    }

    /** Of its folder, too. */
    public String name() {
        return name;
    }

    /** As {@code --set} takes it. */
    public String value() {
        return value;
    }

    /** Where its files lie. */
    public Path folder() {
        return folder;
    }

    public State state() {
        return state;
    }

    public int ran() {
        return ran;
    }

    public int cached() {
        return cached;
    }

    /** How long the run took; 0 before it is over. */
    public double seconds() {
        return seconds;
    }

    /** What went wrong, with what to do. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Its run, while that waits or is under way. */
    public Optional<QueuedRun> run() {
        return state.isOver() ? Optional.empty() : Optional.ofNullable(run);
    }

    /** The newest GLB file of a head that takes shape; it lasts no longer than the run. */
    public Optional<Path> liveHead() {
        return Optional.ofNullable(liveHead);
    }

    /** The newest picture that a node has shown, or, at the end, what the last one made. */
    public Optional<Image> picture() {
        return Optional.ofNullable(picture);
    }

    /** Follows a run. @param changed told what may show otherwise; whether it is over, too */
    void follow(QueuedRun next, Runnable changed) {
        run = next;
        state = State.WAITING;
        next.events().forEach(this::take);
        next.watch(new QueuedRun.Watcher() {
            @Override
            public void began() {
                state = State.RUNNING;
                changed.run();
            }

            @Override
            public void event(RunEvent event) {
                take(event);
            }

            @Override
            public void paused() {
                changed.run();
            }

            @Override
            public void refused(PlanException e) {
                e.problems().forEach(problem -> errors.add(problem.toString()));
            }

            @Override
            public void ended(Map<String, Image> pictures) {
                end(pictures);
                changed.run();
            }
        });
    }

    private void take(RunEvent event) {
        switch (event) {
            case RunEvent.Preview preview when preview.value() instanceof Image image -> picture = image;
            case RunEvent.Preview preview
            when preview.value() instanceof Artifacts files ->
                files.names().stream()
                        .filter(file -> file.toLowerCase(Locale.ROOT).endsWith(".glb") && !file.contains("/"))
                        .findFirst()
                        .ifPresent(file -> liveHead = files.folder().resolve(file));
            case RunEvent.Failed failed ->
                errors.add(failed.node() + ": " + failed.error()
                        + (failed.advice().isEmpty() ? "" : " → " + failed.advice()));
            case RunEvent.Ended ended -> {
                state = State.valueOf(ended.outcome().name());
                ran = ended.ran();
                cached = ended.cached();
                seconds = ended.seconds();
            }
            default -> {
                // how far it is, the run itself says
            }
        }
    }

    private void end(Map<String, Image> pictures) {
        liveHead = null;
        if (!state.isOver()) { // the worker never said how it ended
            errors.addAll(run.log().problems());
            boolean dropped = run.log().neverBegan() && errors.isEmpty();
            state = dropped ? State.CANCELLED : State.FAILED;
            if (!dropped && errors.isEmpty()) {
                errors.add(run.log().status());
            }
        }
        // nodes are told of in their order: the last picture is the one that comes of all
        run.log().steps().stream()
                .map(step -> pictures.get(step.node()))
                .filter(made -> made != null)
                .reduce((first, second) -> second)
                .ifPresent(last -> picture = last);
    }
}
