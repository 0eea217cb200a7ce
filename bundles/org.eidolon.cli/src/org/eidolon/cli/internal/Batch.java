// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Engine;
import org.eidolon.engine.Faults;
import org.eidolon.engine.OutNames;
import org.eidolon.engine.RunOptions;
import org.eidolon.graph.GraphFiles;

/**
 * A graph run once for each of several files or values, in one process, so that what is opened once serves all. Each item has a
 * folder of its own; {@code batch.json} beside them says how each went, and is up to date after each.
 */
final class Batch {
    static final String RECORD = OutNames.BATCH;
    private static final int COLUMN = 40;

    private final GraphRun run;
    private final RunItems items;
    private final Engine engine;
    private final RunOptions options;
    private final String outGiven;
    private final boolean retry;
    private final boolean dryRun;
    private final Console console;
    private final Map<String, Item> done = new LinkedHashMap<>();
    private Map<String, Object> more = Map.of();
    private boolean cancelled;

    /** How an item went; outcome "waiting" until its turn has come. */
    private record Item(String outcome, long ran, long cached, double seconds, List<ErrorLine> errors) {
        static final Item WAITING = new Item("waiting", 0, 0, 0, List.of());

        static Item failed(List<ErrorLine> errors) {
            return new Item("failed", 0, 0, 0, errors);
        }

        boolean good() {
            return outcome.equals("done");
        }
    }

    Batch(
            GraphRun run,
            RunItems items,
            Engine engine,
            RunOptions options,
            String outGiven,
            boolean retry,
            boolean dryRun) {
        this.run = run;
        this.items = items;
        this.engine = engine;
        this.options = options;
        this.outGiven = outGiven;
        this.retry = retry;
        this.dryRun = dryRun;
        this.console = run.session().messages();
    }

    /** @return the exit code */
    int call() throws IOException {
        items.check(run);
        if (dryRun) {
            return explain();
        }
        items.names().forEach(name -> done.put(name, Item.WAITING));
        if (retry) {
            takeOver();
        }
        save();
        int number = 0;
        try (var interrupt = new Interrupt(run.session()::cleanUp);
                var warm = engine.keepWarm()) {
            for (String name : items.names()) {
                number++;
                cancelled |= interrupt.requested();
                if (cancelled || done.get(name).good()) {
                    continue;
                }
                console.item(name, number, items.names().size());
                Item result = one(name, interrupt);
                cancelled = result.outcome().equals("cancelled");
                done.put(name, result);
                save();
            }
            console.item(null, 0, 0);
            finish();
            save();
            table();
            run.session().out().println(Json.write(tree()));
            run.session().out().flush();
        }
        boolean good = done.values().stream().allMatch(Item::good);
        return cancelled ? ExitCode.CANCELLED : good ? ExitCode.DONE : ExitCode.BATCH_PARTLY_FAILED;
    }

    private void finish() {
        var words = new LinkedHashMap<String, String>();
        done.forEach((name, item) -> words.put(
                name,
                item.errors().isEmpty() ? item.outcome() : item.errors().get(0).message()));
        try {
            more = items.finish(options.out(), outGiven, words, console);
        } catch (IOException e) {
            console.warning(outGiven, "what sums the results up cannot be written: " + Faults.describe(e), "");
        }
    }

    private RunOptions options(String name) {
        return items.options(options, name).withOut(options.out().resolve(name));
    }

    private Item one(String name, Interrupt interrupt) {
        GraphRun own = items.of(run, name);
        try {
            var finished = own.run(engine, own.plan(), options(name), outGiven + "/" + name, interrupt);
            Map<String, Object> manifest = finished.manifest();
            List<ErrorLine> errors = finished.result().failures().stream()
                    .map(failure -> new ErrorLine(failure.node(), failure.error(), failure.advice()))
                    .toList();
            return new Item(
                    finished.result().outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    ((Number) manifest.getOrDefault("ran", 0)).longValue(),
                    ((Number) manifest.getOrDefault("cached", 0)).longValue(),
                    ((Number) manifest.get("seconds")).doubleValue(),
                    errors);
        } catch (CommandException e) {
            e.errors().forEach(error -> console.error(error.where(), error.message(), error.advice()));
            return Item.failed(e.errors());
        } catch (IOException e) {
            var error = new ErrorLine(name, Faults.describe(e), "Is the disk full, or was something removed?");
            console.error(error.where(), error.message(), error.advice());
            return Item.failed(List.of(error));
        }
    }

    private int explain() throws IOException {
        var plans = new ArrayList<Object>();
        int number = 0;
        for (String name : items.names()) {
            console.item(name, ++number, items.names().size());
            GraphRun own = items.of(run, name);
            plans.add(own.explain(engine, own.plan(), options(name), outGiven + "/" + name));
        }
        console.item(null, 0, 0);
        run.session().out().println(Json.write(plans));
        return ExitCode.DONE;
    }

    /** What an earlier batch in the same folder has done need not be done again. */
    private void takeOver() {
        Path record = options.out().resolve(RECORD);
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(record));
            for (Object entry : (List<?>) json.get("items")) {
                Map<?, ?> item = (Map<?, ?>) entry;
                String name = (String) item.get("item");
                if (done.containsKey(name) && "done".equals(item.get("outcome"))) {
                    done.put(
                            name,
                            new Item(
                                    "done",
                                    ((Number) item.get("ran")).longValue(),
                                    ((Number) item.get("cached")).longValue(),
                                    ((Number) item.get("seconds")).doubleValue(),
                                    List.of()));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw CommandException.arguments(
                    "--retry",
                    "there is no record of a batch in " + outGiven + " that can be read",
                    "Leave out --retry: what is done comes from the cache");
        }
    }

    private void save() {
        try {
            Files.createDirectories(options.out());
            byte[] text = (Visible.of(Json.write(discreet(tree()))) + "\n").getBytes(StandardCharsets.UTF_8);
            GraphFiles.put(options.out().resolve(RECORD), text);
        } catch (IOException e) {
            throw CommandException.arguments(
                    "--out " + outGiven,
                    "the folder cannot be written: " + Faults.describe(e),
                    "Make room or allow writing there, or name another with --out");
        }
    }

    private Object discreet(Map<String, Object> tree) {
        return new Discretion(
                        run.session().workingFolder(),
                        run.graph().folder(),
                        options.out(),
                        engine.cache().root(),
                        Path.of(System.getProperty("user.home")))
                .tree(tree);
    }

    private Map<String, Object> tree() {
        boolean waiting = done.containsValue(Item.WAITING);
        boolean good = done.values().stream().allMatch(Item::good);
        var list = new ArrayList<Object>();
        done.forEach((name, item) -> {
            Map<String, Object> json = Fields.of("item", name);
            json.putAll(items.says(name));
            json.putAll(Fields.of(
                    "outcome", item.outcome(),
                    "ran", item.ran(),
                    "cached", item.cached(),
                    "seconds", item.seconds()));
            if (!item.errors().isEmpty()) {
                json.put(
                        "errors",
                        item.errors().stream()
                                .map(e -> Fields.of("where", e.where(), "error", e.message(), "advice", e.advice()))
                                .toList());
            }
            list.add(json);
        });
        Map<String, Object> tree = Fields.of(
                "outcome",
                cancelled ? "cancelled" : waiting ? "unfinished" : good ? "done" : "failed",
                "graph",
                run.graph().given(),
                "out",
                outGiven);
        tree.putAll(items.says());
        tree.put("done", done.values().stream().filter(Item::good).count());
        tree.putAll(more);
        tree.put("items", list);
        return tree;
    }

    private void table() {
        int width = Math.min(
                COLUMN, done.keySet().stream().mapToInt(String::length).max().orElse(0));
        done.forEach((name, item) -> console.info(String.format(
                Locale.ROOT,
                "%-" + Math.max(width, 4) + "s  %-9s  %8s  %s",
                name,
                item.outcome(),
                item.equals(Item.WAITING) ? "" : PlainConsole.seconds(item.seconds()),
                item.errors().isEmpty()
                        ? item.ran() + " ran, " + item.cached() + " from the cache"
                        : item.errors().get(0).where() + ": "
                                + item.errors().get(0).message())));
        long good = done.values().stream().filter(Item::good).count();
        console.info(good + " of " + PlainConsole.count(done.size(), "item") + " done"
                + (good < done.size() ? "; the same command with --retry runs the others" : ""));
    }
}
