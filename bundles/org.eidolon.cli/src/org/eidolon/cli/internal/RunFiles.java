// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Messages;
import org.eidolon.engine.EventJson;
import org.eidolon.engine.Faults;
import org.eidolon.engine.OutNames;
import org.eidolon.engine.Plan;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.GraphFiles;

/**
 * What the command itself writes into the out folder: {@code run.jsonl}, every event as it happens, and {@code
 * report.json}, the record of the run. A report.json that a node delivered becomes the field {@code report} of it.
 */
final class RunFiles implements AutoCloseable {
    static final String EVENTS = OutNames.EVENTS;
    static final String REPORT = OutNames.REPORT;

    /** More bytes than the event of an end has. */
    private static final int LONGEST_END = 4096;

    private final Path folder;
    private final BufferedWriter events;
    private final Discretion discretion;
    private RunEvent.Ended ended;
    private IOException failure;

    private RunFiles(Path folder, BufferedWriter events, Discretion discretion) {
        this.folder = folder;
        this.discretion = discretion;
        this.events = events;
    }

    /** @param resume true to go on with the events of a run that did not come to its end */
    static RunFiles open(Path folder, boolean resume, Discretion discretion) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(EVENTS);
            boolean goesOn = resume && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !isDone(file);
            if (!goesOn) {
                Files.deleteIfExists(file); // not written into: it may be a link that somebody has put there
            }
            var how = goesOn ? StandardOpenOption.APPEND : StandardOpenOption.CREATE_NEW;
            var channel = Files.newByteChannel(file, StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS);
            var events = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            if (goesOn && isTorn(file)) {
                events.write("\n");
            }
            return new RunFiles(folder, events, discretion);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    static CommandException notWritable(Path folder, IOException e) {
        return CommandException.arguments(
                "--out " + folder, "the folder cannot be written: " + Faults.describe(e), "Name another with --out");
    }

    /** Whether the last line has no end, as the run was killed while it wrote. */
    private static boolean isTorn(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Whether the last event is the good end of a run: nothing is left to go on with. */
    private static boolean isDone(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - LONGEST_END);
            var bytes = ByteBuffer.allocate((int) (channel.size() - from));
            channel.read(bytes, from);
            String[] lines = new String(bytes.array(), StandardCharsets.UTF_8).split("\n");
            Map<String, Object> last = Json.parseObject(lines[lines.length - 1]);
            return "ended".equals(last.get("event")) && "done".equals(last.get("outcome"));
        } catch (IllegalArgumentException e) {
            return false; // cut off when the run was killed
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
            Object tree = discretion.tree(EventJson.tree(event, Instant.now()));
            events.write(Visible.of(Json.write(tree)) + "\n");
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

    /**
     * Writes the report; gives the manifest of the run.
     *
     * @param graph as the user named it
     * @param out the folder, as the user named it
     */
    Map<String, Object> finish(String graph, String out, Plan plan, RunResult result, Messages messages)
            throws IOException {
        if (!Files.exists(folder.resolve(EVENTS))) {
            Files.createDirectories(folder);
            messages.warning(
                    out + "/" + EVENTS,
                    "it was removed while the run lasted, and the events in it are lost",
                    "Leave the out folder alone until the run is done");
        } else if (failure != null) {
            messages.warning(
                    folder.resolve(EVENTS).toString(),
                    "the events are not complete: " + Faults.describe(failure),
                    "Is the disk full?");
        }
        var record = Versions.with(discreet(result.record()));
        boolean own = result.artifacts().values().stream().anyMatch(names -> names.contains(REPORT));
        if (own) {
            record.put("report", Json.parse(Files.readString(folder.resolve(REPORT))));
        }
        if (!plan.warnings().isEmpty()) {
            record.put("warnings", warnings(plan));
        }
        var pretty = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create();
        String text = Visible.of(pretty.toJson(JsonParser.parseString(Json.write(record)))) + "\n";
        try {
            GraphFiles.put(folder.resolve(REPORT), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INTERNAL,
                    List.of(new ErrorLine(
                            out + "/" + REPORT,
                            "the record of the run cannot be written: " + Faults.describe(e),
                            "Make room or allow writing there; what nodes made is in the cache, so that the next run "
                                    + "takes no time")));
        }
        List<String> earlier = earlier(result);
        if (!earlier.isEmpty()) {
            String some = String.join(", ", earlier.subList(0, Math.min(3, earlier.size())));
            messages.warning(
                    out,
                    (earlier.size() == 1 ? "a file is" : earlier.size() + " files are")
                            + " of an earlier run, not of this one: " + some + (earlier.size() > 3 ? " …" : ""),
                    "");
        }
        return manifest(graph, out, plan, result);
    }

    /** The record without folders; parameters stay as they are, as a replay needs them to the letter. */
    private Map<String, Object> discreet(Map<String, Object> record) {
        var result = new LinkedHashMap<>(record);
        var nodes = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) record.get("nodes")).forEach((id, node) -> {
            var fields = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) node)
                    .forEach((name, value) ->
                            fields.put((String) name, name.equals("facts") ? discretion.tree(value) : value));
            nodes.put((String) id, fields);
        });
        result.put("nodes", nodes);
        result.computeIfPresent("failures", (name, failures) -> discretion.tree(failures));
        return result;
    }

    private List<String> warnings(Plan plan) {
        return plan.warnings().stream()
                .map(warning -> discretion.text(warning.toString()))
                .toList();
    }

    /** Files of earlier runs that stay; the command's own are rewritten by each. */
    private static List<String> earlier(RunResult result) {
        return result.earlier().stream().filter(name -> !name.equals(REPORT)).toList();
    }

    private Map<String, Object> manifest(String graph, String out, Plan plan, RunResult result) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("graph", graph);
        json.put("out", out);
        for (String field : List.of("quality", "devices", "seed")) {
            json.put(field, result.record().get(field));
        }
        if (ended != null) {
            json.put("ran", ended.ran());
            json.put("cached", ended.cached());
        }
        json.put("seconds", result.record().get("seconds"));
        json.put("files", files(result));
        if (!result.removed().isEmpty()) {
            json.put("removed", result.removed());
        }
        if (!earlier(result).isEmpty()) {
            json.put("earlier", earlier(result));
        }
        if (!result.failures().isEmpty()) {
            json.put(
                    "failures",
                    result.failures().stream()
                            .map(f -> discretion.tree(
                                    Fields.of("node", f.node(), "error", f.error(), "advice", f.advice())))
                            .toList());
        }
        if (!plan.warnings().isEmpty()) {
            json.put("warnings", warnings(plan));
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
        if (Files.exists(folder.resolve(EVENTS))) {
            files.add(file(EVENTS, null, null));
        }
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
