// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.Messages;
import org.eidolon.engine.EventJson;
import org.eidolon.engine.Plan;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.GraphFiles;

/**
 * What the command itself writes into the out folder: {@code run.jsonl}, every event as it happens, and {@code
 * report.json}, the record of the run. A report.json that a node delivered becomes the field {@code report} of it.
 */
final class RunFiles implements AutoCloseable {
    static final String EVENTS = "run.jsonl";
    static final String REPORT = "report.json";

    private final Path folder;
    private final BufferedWriter events;
    private RunEvent.Ended ended;
    private IOException failure;

    private RunFiles(Path folder, BufferedWriter events) {
        this.folder = folder;
        this.events = events;
    }

    /** @param append true to go on with the events of a run that is resumed */
    static RunFiles open(Path folder, boolean append) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(EVENTS);
            var how = append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
            return new RunFiles(
                    folder,
                    Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how));
        } catch (IOException e) {
            throw CommandException.arguments(
                    "--out " + folder, "the folder cannot be written: " + e.getMessage(), "Name another with --out");
        }
    }

    void event(RunEvent event) {
        if (event instanceof RunEvent.Ended e) {
            ended = e;
        }
        if (failure != null) {
            return;
        }
        try {
            events.write(EventJson.line(event) + "\n");
            events.flush(); // whoever looks, or kills, finds whole lines
        } catch (IOException e) {
            failure = e; // a full disk ends the log, not the run; finish() tells
        }
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    /** Writes the report; gives the manifest of the run. */
    Map<String, Object> finish(Path graph, Plan plan, RunResult result, Messages messages) throws IOException {
        if (failure != null) {
            messages.warning(
                    folder.resolve(EVENTS).toString(),
                    "the events are not complete: " + failure.getMessage(),
                    "Is the disk full?");
        }
        var record = new LinkedHashMap<>(result.record());
        boolean own = result.artifacts().values().stream().anyMatch(names -> names.contains(REPORT));
        if (own) {
            record.put("report", Json.parse(Files.readString(folder.resolve(REPORT))));
        }
        if (!plan.warnings().isEmpty()) {
            record.put(
                    "warnings", plan.warnings().stream().map(Object::toString).toList());
        }
        var pretty = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create();
        String text = pretty.toJson(JsonParser.parseString(Json.write(record))) + "\n";
        GraphFiles.replace(folder.resolve(REPORT), text.getBytes(StandardCharsets.UTF_8));
        return manifest(graph, plan, result);
    }

    private Map<String, Object> manifest(Path graph, Plan plan, RunResult result) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("graph", graph.toString());
        json.put("out", folder.toString());
        for (String field : List.of("quality", "devices", "seed")) {
            json.put(field, result.record().get(field));
        }
        if (ended != null) {
            json.put("ran", ended.ran());
            json.put("cached", ended.cached());
        }
        json.put("seconds", result.record().get("seconds"));
        json.put("files", files(result));
        if (!result.failures().isEmpty()) {
            json.put(
                    "failures",
                    result.failures().stream()
                            .map(f -> Fields.of("node", f.node(), "error", f.error(), "advice", f.advice()))
                            .toList());
        }
        if (!plan.warnings().isEmpty()) {
            json.put("warnings", plan.warnings().stream().map(Object::toString).toList());
        }
        return json;
    }

    private List<Object> files(RunResult result) throws IOException {
        var hashes = result.record().get("artifacts") instanceof Map<?, ?> map ? map : Map.of();
        var files = new ArrayList<Object>();
        for (var delivered : result.artifacts().entrySet()) {
            for (String name : delivered.getValue()) {
                if (!name.equals(REPORT)) {
                    files.add(file(name, delivered.getKey(), hashes.get(name)));
                }
            }
        }
        files.add(file(REPORT, null, null));
        files.add(file(EVENTS, null, null));
        return files;
    }

    private Map<String, Object> file(String name, String node, Object hash) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("path", name);
        if (node != null) {
            json.put("node", node);
        }
        json.put("bytes", Files.size(folder.resolve(name)));
        if (hash != null) {
            json.put("sha256", hash);
        }
        return json;
    }
}
