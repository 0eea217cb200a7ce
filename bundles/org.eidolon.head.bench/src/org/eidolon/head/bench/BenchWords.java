// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.models.Models;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon bench words}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench words", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "words",
        description =
                "Measures how words are understood: heads of expressions and wordings that training never met, each"
                        + " looked for among the true shapes. A table on standard error, one JSON object on standard output.",
        sortOptions = false)
public final class BenchWords extends StageBench {
    @Option(names = "--count", defaultValue = "40", paramLabel = "K", description = "wordings (default 40)")
    private int count;

    @Option(
            names = "--together",
            defaultValue = "10",
            paramLabel = "N",
            description = "expressions in one run of the stage; more need more memory (default 10)")
    private int together;

    @Option(
            names = "--out",
            defaultValue = "out/bench/words",
            paramLabel = "DIR",
            description = "contact sheets and checkpoints (default out/bench/words)")
    private Path out;

    @Override
    Measurement measurement(String quality) {
        return new WordsBench(
                new WordsOptions(common.task(quality, common.geometry(quality), out), count, together),
                Models.standard(),
                System.err::println)::run;
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchWords()).execute(args));
    }
}
