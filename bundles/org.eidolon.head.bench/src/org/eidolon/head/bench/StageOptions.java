// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.head.geometry.GeometrySettings;
import picocli.CommandLine.Option;

/** Options of benchmarks that run the geometry stage on people of a head model. */
final class StageOptions extends ComputeOptions {
    @Option(
            names = "--heads",
            required = true,
            paramLabel = "FOLDER|PACK",
            description = "the FaceXModel folder of an ICT-FaceKit checkout, or what 'eidolon train pack' made of it")
    private Path heads;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "draws everything (default 1)")
    private long seed;

    @Option(
            names = "--steps",
            defaultValue = "0",
            paramLabel = "N",
            description = "steps of each stage instead of the quality's, to try things out")
    private int steps;

    @Option(names = "--resume", description = "takes up what --out holds of the same measurement")
    private boolean resume;

    long seed() {
        return seed;
    }

    /** Steps of a stage: those asked for, or the quality's. */
    int steps(int preset) {
        return steps > 0 ? steps : preset;
    }

    /**
     * What a benchmark is told.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    StageTask task(String quality, GeometrySettings geometry, Path out) {
        if (!Files.exists(heads)) throw wrong("there is no head model at " + heads);
        return new StageTask(heads, seed, quality, geometry, out, resume, normals(), StageTask.SIZE);
    }

    /** @throws IllegalArgumentException if a value is out of range */
    GeometrySettings geometry(String quality) {
        GeometrySettings settings = geometry(quality, device(), seed);
        return settings.withSteps(steps(settings.steps()));
    }
}
