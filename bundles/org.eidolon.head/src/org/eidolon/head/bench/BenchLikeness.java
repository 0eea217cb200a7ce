// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.texture.TextureSettings;
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

/** {@code eidolon bench likeness}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench likeness", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "likeness",
        description = "Measures how like the truth heads are: held-out people against their true heads, portraits by"
                + " the identity encoder. A table on standard error, one JSON object on standard output.",
        sortOptions = false)
public final class BenchLikeness implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--heads",
            required = true,
            paramLabel = "FOLDER|PACK",
            description = "the FaceXModel folder of an ICT-FaceKit checkout, or what 'eidolon train pack' made of it")
    private Path heads;

    @Option(
            names = "--identities",
            defaultValue = "4",
            paramLabel = "K",
            description = "held-out people to make, 0 to " + LikenessOptions.GALLERY + " (default 4)")
    private int identities;

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
            description = "steps of each stage instead of the quality's, to try things out")
    private int steps;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            description = "guidance of the geometry stage instead of the quality's, to try things out")
    private Double guidance;

    @Option(names = "--no-ceiling", description = "leaves out the direct fit, which costs as much as the stage")
    private boolean noCeiling;

    @Option(names = "--portraits", paramLabel = "FOLDER", description = "photos to make neutral heads of")
    private Path portraits;

    @Option(
            names = "--portrait-count",
            defaultValue = "0",
            paramLabel = "N",
            description = "makes only so many of them, drawn by the seed; all are looked among")
    private int portraitCount;

    @Option(names = "--no-texture", description = "judges portraits by grey heads, without the texture stage")
    private boolean noTexture;

    @Option(
            names = "--shard",
            defaultValue = "1/1",
            paramLabel = "I/N",
            description =
                    "makes only each Nth person and portrait, from the Ith on; when all shards are done in one --out,"
                            + " --resume without a shard puts them together")
    private String shard;

    @Option(
            names = "--out",
            defaultValue = "out/bench/likeness",
            paramLabel = "DIR",
            description = "results of each person, contact sheets, checkpoints (default out/bench/likeness)")
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

    @Option(
            names = "--colour",
            defaultValue = "prior/head-colour",
            paramLabel = "ID|FILE",
            description = "prior of colours, for portraits (default prior/head-colour)")
    private String colour;

    @Override
    public Integer call() throws IOException {
        LikenessOptions options;
        try (Scope scope = Scope.open(device())) {
            options = options(scope.device().isGpu());
            System.out.println(new LikenessBench(options, Models.standard(), System.err::println).run(scope));
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

    private LikenessOptions options(boolean gpu) {
        String chosen = quality.equals("auto") ? gpu ? "standard" : "draft" : quality;
        if (!Files.exists(heads)) throw wrong("there is no head model at " + heads);
        if (portraits != null && !Files.isDirectory(portraits)) throw wrong("there is no folder " + portraits);
        try {
            GeometrySettings geometry = GeometrySettings.of(chosen, gpu, seed);
            TextureSettings texture = noTexture ? null : TextureSettings.of(chosen, gpu, seed);
            if (steps > 0) geometry = geometry.withSteps(steps);
            if (guidance != null) geometry = geometry.withGuidance(guidance);
            if (steps > 0 && texture != null) texture = texture.withSteps(steps);
            return new LikenessOptions(
                    heads,
                    identities,
                    seed,
                    chosen,
                    geometry,
                    texture,
                    !noCeiling,
                    portraits,
                    portraitCount,
                    Shard.of(shard),
                    out,
                    resume,
                    normals,
                    colour,
                    LikenessOptions.GALLERY,
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
        System.exit(new picocli.CommandLine(new BenchLikeness()).execute(args));
    }
}
