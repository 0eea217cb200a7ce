// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eidolon bench losses}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench losses", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "losses",
        description =
                "Measures how words are understood: heads of expressions and wordings that training never met, each"
                        + " looked for among the true shapes. A table on standard error, one JSON object on standard output.",
        sortOptions = false)
public final class BenchLosses implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--heads",
            required = true,
            paramLabel = "FOLDER|PACK",
            description = "the FaceXModel folder of an ICT-FaceKit checkout, or what 'eidolon train pack' made of it")
    private Path heads;

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

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "draws people and noise (default 1)")
    private long seed;

    @Option(
            names = "--quality",
            defaultValue = "auto",
            paramLabel = "Q",
            description = "auto, draft, standard or high; auto is draft on a CPU and standard on a GPU")
    private String quality;

    @Option(
            names = "--steps",
            defaultValue = "0",
            paramLabel = "N",
            description = "steps of the stage instead of the quality's, to try things out")
    private int steps;

    @Option(
            names = "--out",
            defaultValue = "out/bench/losses",
            paramLabel = "DIR",
            description = "contact sheets and checkpoints (default out/bench/losses)")
    private Path out;

    @Option(names = "--resume", description = "takes up what --out holds of the same measurement")
    private boolean resume;

    @Option(names = "--device", defaultValue = "auto", paramLabel = "D", description = "auto, cpu or cuda:N")
    private String device;

    @Option(
            names = "--normals",
            defaultValue = "prior/head-normals",
            paramLabel = "ID|FILE",
            description = "prior of normals (default prior/head-normals)")
    private String normals;

    @Override
    public Integer call() throws IOException {
        try (Scope scope = Scope.open(device())) {
            LossOptions options = options(scope.device().isGpu());
            System.out.println(new LossBench(options, Models.standard(), System.err::println).run(scope));
        } catch (BadInput e) {
            throw wrong(e.getMessage());
        }
        return 0;
    }

    private ai.djl.Device device() {
        try {
            return Torch.device(device);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw wrong(e.getMessage());
        }
    }

    private LossOptions options(boolean gpu) {
        String chosen = quality.equals("auto") ? gpu ? "standard" : "draft" : quality;
        if (!Files.exists(heads)) throw wrong("there is no head model at " + heads);
        try {
            GeometrySettings geometry = GeometrySettings.of(chosen, gpu, seed);
            if (steps > 0) geometry = geometry.withSteps(steps);
            return new LossOptions(
                    heads,
                    identities,
                    expressions,
                    seed,
                    chosen,
                    geometry,
                    sampleSteps,
                    out,
                    resume,
                    normals,
                    LikenessOptions.SIZE);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchLosses()).execute(args));
    }
}
