// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.models.Models;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon bench likeness}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench likeness", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "likeness",
        description = "Measures how like the truth heads are: held-out people against their true heads, portraits by"
                + " the identity encoder. A table on standard error, one JSON object on standard output.",
        sortOptions = false)
public final class BenchLikeness extends StageBench {
    @Option(
            names = "--identities",
            defaultValue = "4",
            paramLabel = "K",
            description = "held-out people to make, 0 to " + LikenessOptions.GALLERY + " (default 4)")
    private int identities;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            description = "guidance of the geometry stage instead of the quality's, to try things out")
    private Double guidance;

    @Option(
            names = "--texture-guidance",
            paramLabel = "SCALE",
            description = "guidance of the texture stage instead of the quality's, to try things out")
    private Double textureGuidance;

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

    @Option(
            names = "--colour",
            defaultValue = "prior/head-colour",
            paramLabel = "ID|FILE",
            description = "prior of colours, for portraits (default prior/head-colour)")
    private String colour;

    @Override
    Measurement measurement(String quality) {
        if (portraits != null && !Files.isDirectory(portraits)) throw common.wrong("there is no folder " + portraits);
        GeometrySettings geometry = common.geometry(quality);
        if (guidance != null) geometry = geometry.withGuidance(guidance);
        LikenessOptions options = new LikenessOptions(
                common.task(quality, geometry, out),
                identities,
                noTexture ? null : texture(quality),
                !noCeiling,
                portraits,
                portraitCount,
                Shard.of(shard),
                colour,
                LikenessOptions.GALLERY);
        return new LikenessBench(options, Models.standard(), System.err::println)::run;
    }

    private TextureSettings texture(String quality) {
        TextureSettings settings = TextureSettings.of(quality, common.device().isGpu(), common.seed());
        if (textureGuidance != null) settings = settings.withGuidance(textureGuidance);
        return settings.withSteps(common.steps(settings.steps()));
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchLikeness()).execute(args));
    }
}
