// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.models.Models;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon bench losses}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench losses", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "losses",
        description =
                "Measures where likeness is lost between portrait and head: portrait, words, prior, lattice, each alone,"
                        + " then all together. A table on standard error, one JSON object on standard output.",
        sortOptions = false)
public final class BenchLosses extends StageBench {
    @Option(names = "--identities", defaultValue = "2", paramLabel = "K", description = "held-out people (default 2)")
    private int identities;

    @Option(
            names = "--expressions",
            defaultValue = "13",
            paramLabel = "N",
            description = "the first so many of the thirteen (default 13)")
    private int expressions;

    @Option(
            names = "--sample-steps",
            defaultValue = "25",
            paramLabel = "N",
            description = "steps of what the prior draws by itself (default 25)")
    private int sampleSteps;

    @Option(
            names = "--out",
            defaultValue = "out/bench/losses",
            paramLabel = "DIR",
            description = "contact sheets and checkpoints (default out/bench/losses)")
    private Path out;

    @Override
    Measurement measurement(String quality) {
        return new LossBench(
                new LossOptions(
                        common.task(quality, common.geometry(quality), out), identities, expressions, sampleSteps),
                Models.standard(),
                System.err::println)::run;
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchLosses()).execute(args));
    }
}
