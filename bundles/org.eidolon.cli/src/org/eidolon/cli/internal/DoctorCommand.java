// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.eidolon.api.Json;
import org.eidolon.cli.DoctorCheck;
import org.eidolon.cli.DoctorCheck.Finding;
import org.eidolon.cli.DoctorCheck.Status;
import org.eidolon.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon doctor}. */
@Command(name = "doctor", description = "Says what this machine has, lacks, and how to get it.", sortOptions = false)
final class DoctorCommand extends OwnCommand {
    private final Supplier<List<DoctorCheck>> installed;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(
            names = "--libtorch",
            paramLabel = "FOLDER",
            description = "look at this libtorch instead of the one at hand")
    private String libtorch;

    DoctorCommand(Supplier<List<DoctorCheck>> installed) {
        this.installed = installed;
    }

    @Override
    public Integer call() {
        DeviceOption.libtorch(session, libtorch);
        var checks = new ArrayList<>(MachineChecks.ALL);
        checks.addAll(installed.get());
        var found = new ArrayList<Map<String, Object>>();
        boolean sound = true;
        for (DoctorCheck check : checks) {
            Finding finding;
            try {
                finding = check.check(session);
            } catch (Exception | LinkageError e) {
                finding = new Finding(Status.ERROR, "the check itself failed: " + e, "Please report it");
            }
            sound &= finding.status() != Status.ERROR;
            var entry = new LinkedHashMap<String, Object>();
            entry.put("check", check.name());
            entry.put("status", finding.status().name().toLowerCase(Locale.ROOT));
            entry.put("message", finding.message());
            entry.put("advice", finding.advice());
            found.add(entry);
            if (!json) {
                print(check.name(), finding);
            }
        }
        if (json) {
            session.out().println(Json.write(found));
        }
        return sound ? ExitCode.DONE : ExitCode.INTERNAL;
    }

    private void print(String name, Finding finding) {
        String mark =
                switch (finding.status()) {
                    case OK -> "ok     ";
                    case WARNING -> "warning";
                    case ERROR -> "ERROR  ";
                };
        session.out().printf("%s  %-12s %s%n", mark, name, finding.message());
        finding.advice().lines().forEach(line -> session.out().println("                        → " + line));
    }
}
