// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.api.Device;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engine;
import org.eidolon.engine.Plan;
import org.eidolon.engine.RecordedRun;
import org.eidolon.engine.RunComparison;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon replay}. */
@Command(
        name = "replay",
        description = "Runs a recorded run again, or checks that it still gives the same.",
        sortOptions = false,
        footer = {
            "",
            "A record names no folders: files of the run are looked for by their hashes where they lay, beside the record,",
            "in the working folder, and where --files says.",
            "Exit codes: 0 done, or the same; 2 wrong arguments; 3 record or graph cannot be used; 4 a node failed, or",
            "something differs; 5 out of GPU memory; 130 cancelled"
        })
final class ReplayCommand extends OwnCommand {
    @Parameters(
            paramLabel = "RECORD",
            description = "the out folder of a run, its report.json, or a GLB in that folder")
    private String recordFile;

    private static final Set<RunComparison.Result> CHANGED =
            EnumSet.of(RunComparison.Result.DIFFERS, RunComparison.Result.NEW, RunComparison.Result.GONE);

    @ArgGroup
    private Mode mode = new Mode();

    /** What to do but run. */
    private static final class Mode {
        @Option(names = "--check", description = "run all nodes afresh, keep nothing, and compare with the record")
        private boolean check;

        @Option(names = "--plan", description = "say what a replay would run with that is not as it was; run nothing")
        private boolean plan;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "folder for what is made (default: out/GRAPHNAME-replay)")
        private String out;
    }

    @Option(
            names = "--files",
            paramLabel = "PATH",
            description = "a file of the recorded run, or a folder to look in for its files; may be repeated")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda:N",
            defaultValue = "auto",
            description = "where to compute (default: auto, as the record if this machine can)")
    private String device;

    @Mixin
    private EngineOptions engine;

    @Override
    public Integer call() throws IOException {
        engine.prepare(session);
        RecordArgument record = RecordArgument.load(session, recordFile);
        if (!record.run().outcome().equals("done")) {
            session.messages()
                    .warning(
                            recordFile,
                            "the recorded run did not come to its good end ("
                                    + record.run().outcome() + ")",
                            "What did not run then has nothing to be compared with");
        }
        Cache known = engine.cache(session);
        List<Path> given = files.stream().map(this::named).toList();
        var types = session.engines().types();
        boolean compares = mode.check || mode.plan;
        var laid = new RecordedInputs(session, record, types, given, known.places(), compares).lay();
        var run = new GraphRun(
                session, laid.graph(), types, laid.settings(), record.run().targets());
        Plan plan = run.plan();
        RunOptions options = options(record.run());
        if (mode.plan) {
            return tell(record, "planned", RunComparison.planned(record.run(), plan, options), null);
        }
        try (var interrupt = new Interrupt(session::cleanUp)) {
            if (mode.check) {
                return check(record, known, run, plan, options, interrupt);
            }
            String out = mode.out == null ? "out/" + laid.graph().name() + "-replay" : mode.out;
            var finished = run.run(
                    session.engines().open(known),
                    plan,
                    options.withOut(GraphArgument.path(session, "--out", out)),
                    out,
                    interrupt);
            var made = RunComparison.made(record.run(), plan, options, finished.result());
            differences(made);
            Map<String, Object> manifest = finished.manifest();
            manifest.put("asRecorded", made.same());
            session.out().println(Json.write(manifest));
            session.out().flush(); // a signal may end the process from here on
            return finished.result().outcome().exitCode();
        }
    }

    private Path named(String path) {
        Path file = GraphArgument.path(session, "--files", path);
        if (!Files.isReadable(file)) {
            throw CommandException.arguments("--files " + path, "there is no such file or folder that can be read", "");
        }
        return file;
    }

    /** As recorded; on another device only where that one is not there. */
    private RunOptions options(RecordedRun run) {
        List<Device> devices = DeviceOption.choose(
                session, device.equals("auto") && !run.device().isGpu() ? "cpu" : device);
        if (!devices.getFirst().kind().equals(run.device().kind())) {
            session.messages()
                    .warning(
                            recordFile,
                            "the run was recorded on " + run.device() + ", and this goes to " + devices.getFirst(),
                            "Nodes that compute there give other numbers");
        }
        return RunOptions.defaults().withDevices(devices).withSeed(run.seed()).withQuality(run.quality());
    }

    /** Everything afresh with a cache of its own, so that nothing of the user's is touched or believed. */
    private int check(
            RecordArgument record, Cache known, GraphRun run, Plan plan, RunOptions options, Interrupt interrupt)
            throws IOException {
        Path scratch = session.scratch();
        Engine engine = session.engines().open(new Cache(scratch.resolve("cache")));
        var finished =
                run.run(engine, plan, options.withOut(scratch.resolve("out")).withFresh(true), "a check", interrupt);
        filesOnDisk(record);
        var made = RunComparison.made(record.run(), plan, options, finished.result())
                .withDistances(record.run(), known, finished.result(), engine.cache(), run.types());
        var outcome = finished.result().outcome();
        String word = outcome == RunEvent.Outcome.DONE
                ? made.same() ? "same" : "differs"
                : finished.manifest().get("outcome").toString();
        int code = tell(record, word, made, finished.result().record());
        return outcome == RunEvent.Outcome.DONE ? code : outcome.exitCode();
    }

    /** Whether the files beside the record are still those it tells of; what lies elsewhere is nobody's business. */
    private void filesOnDisk(RecordArgument record) throws IOException {
        for (var file : record.run().artifacts().entrySet()) {
            Path path = record.file().resolveSibling(file.getKey()).normalize();
            boolean itself = path.equals(record.file()); // a node's report is a field of it
            if (!itself && Files.isRegularFile(path) && !Hashes.ofFile(path).equals(file.getValue())) {
                session.messages().warning(file.getKey(), "the file was changed since the recorded run", "");
            }
        }
    }

    private int tell(RecordArgument record, String outcome, RunComparison made, Map<String, Object> now) {
        List<Versions.Change> versions = Versions.changes(record.json(), now);
        table(made);
        versions.forEach(change -> session.messages().info(change.toString()));
        var json = Fields.of("outcome", outcome, "record", record.given(), "same", made.same());
        json.put(
                "versions",
                versions.stream()
                        .map(change -> Fields.of("name", change.name(), "recorded", change.then(), "now", change.now()))
                        .toList());
        json.put(
                "nodes",
                made.rows().stream()
                        .map(row -> Fields.of(
                                "node", row.node(),
                                "type", row.type(),
                                "result", word(row.result()),
                                "ranWithTheSame", row.sameKey(),
                                "reasons", row.reasons()))
                        .toList());
        session.out().println(Json.write(json));
        session.out().flush();
        return made.same() ? ExitCode.DONE : ExitCode.NODE_FAILED;
    }

    private void table(RunComparison made) {
        int width =
                made.rows().stream().mapToInt(row -> row.node().length()).max().orElse(0);
        made.rows()
                .forEach(row -> session.messages()
                        .info(String.format(
                                        "%-" + Math.max(width, 4) + "s  %-12s  %s",
                                        row.node(),
                                        word(row.result()),
                                        String.join("; ", row.reasons()))
                                .stripTrailing()));
        int unknown = made.count(RunComparison.Result.NOT_RECORDED);
        int other = made.rows().size() - unknown - made.count(RunComparison.Result.SAME);
        String known = unknown == 0 ? "" : "; " + PlainConsole.count(unknown, "node") + " without a recorded result";
        session.messages()
                .info((made.same()
                                ? "the same as recorded"
                                : PlainConsole.count(other, "node") + " of "
                                        + made.rows().size() + (other == 1 ? " is" : " are") + " not as recorded")
                        + known);
    }

    /** After a plain replay only what is not as it was. */
    private void differences(RunComparison made) {
        made.rows().stream()
                .filter(row -> CHANGED.contains(row.result()))
                .forEach(row -> session.messages()
                        .warning(row.node(), "its result is not as recorded: " + String.join("; ", row.reasons()), ""));
    }

    private static String word(RunComparison.Result result) {
        return result.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
