// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.runtime.ILog;
import org.eidolon.api.Json;
import org.eidolon.graph.GraphFiles;

/**
 * The values of a sweep and how their runs go or went. What is kept of it is {@code batch.json} in its folder, as {@code
 * eidolon run --sweep} leaves it, so that the one shows what the other has made.
 */
public final class SweepResults {
    static final String RECORD = "batch.json";

    private final Path graph;
    private final Path folder;
    private final String target;
    private final Instant when;
    private final List<Trial> trials;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private String kept = "";
    private Instant saved;

    SweepResults(Path graph, Path folder, String target, Instant when, List<Trial> trials) {
        this.graph = graph;
        this.folder = folder;
        this.target = target;
        this.when = when;
        this.saved = when;
        this.trials = List.copyOf(trials);
    }

    /** What a folder has; empty where that is no sweep, or its record cannot be read. */
    static Optional<SweepResults> read(Path graph, Path folder) {
        Path file = folder.resolve(RECORD);
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(file));
            if (!(json.get("sweep") instanceof String target) || !(json.get("items") instanceof List<?> items)) {
                return Optional.empty();
            }
            var trials = new ArrayList<Trial>();
            for (Object item : items) {
                trials.add(Trial.of((Map<?, ?>) item, folder));
            }
            return Optional.of(new SweepResults(
                    graph, folder, target, Files.getLastModifiedTime(file).toInstant(), trials));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    public Path graph() {
        return graph;
    }

    /** Holds a folder for each value. */
    public Path folder() {
        return folder;
    }

    /** The parameter as {@code node.parameter}. */
    public String target() {
        return target;
    }

    /** When it was asked for, or last changed. */
    public Instant when() {
        return when;
    }

    /** When the record was written last, by this program. */
    Instant saved() {
        return saved;
    }

    public List<Trial> trials() {
        return trials;
    }

    /** The result of the graph as it is, where that has run: what the values are compared with. */
    public Optional<Trial> own() {
        return Trial.ofReport(Sweeps.out(graph), target);
    }

    /** Whether a run waits or is under way. */
    public boolean isRunning() {
        return trials.stream().anyMatch(trial -> trial.run().isPresent());
    }

    /** @param listener told on the user interface's thread, several times a second while a run is under way */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public void noMore(Runnable listener) {
        listeners.remove(listener);
    }

    void changed() {
        save();
        listeners.forEach(Runnable::run);
    }

    /** Keeps how the runs stand, where that is another than before. */
    void save() {
        String text = Json.write(tree()) + "\n";
        if (text.equals(kept)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            GraphFiles.replace(folder.resolve(RECORD), text.getBytes(StandardCharsets.UTF_8));
            kept = text;
            saved = Files.getLastModifiedTime(folder.resolve(RECORD)).toInstant();
        } catch (IOException e) {
            ILog.of(SweepResults.class).warn("how the runs of a sweep went is not kept: " + folder, e);
        }
    }

    private Map<String, Object> tree() {
        var items = new ArrayList<Object>();
        for (Trial trial : trials) {
            var item = new LinkedHashMap<String, Object>();
            item.put("item", trial.name());
            item.put("value", trial.value());
            item.put("outcome", (trial.state().isOver() ? trial.state() : Trial.State.WAITING).word());
            item.put("ran", trial.ran());
            item.put("cached", trial.cached());
            item.put("seconds", trial.seconds());
            if (!trial.errors().isEmpty()) {
                item.put("errors", trial.errors().stream().map(this::discreet).toList());
            }
            items.add(item);
        }
        long done = count(Trial.State.DONE);
        boolean over = trials.stream().allMatch(trial -> trial.state().isOver());
        var json = new LinkedHashMap<String, Object>();
        json.put(
                "outcome",
                !over
                        ? "unfinished"
                        : count(Trial.State.CANCELLED) > 0 ? "cancelled" : done == trials.size() ? "done" : "failed");
        json.put("graph", graph.getFileName().toString());
        json.put("out", graph.getParent().relativize(folder).toString());
        json.put("sweep", target);
        json.put("done", done);
        json.put("items", items);
        return json;
    }

    private long count(Trial.State state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }

    /** No folder of the machine is named in files that people share. */
    private String discreet(String words) {
        return words.replace(graph.getParent() + "/", "").replace(System.getProperty("user.home"), "~");
    }
}
