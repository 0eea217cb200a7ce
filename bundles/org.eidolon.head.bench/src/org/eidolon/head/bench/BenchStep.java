// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.LatentGeometrySettings;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eidolon bench step}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench step", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "step",
        description = "Measures one step of the geometry stage, by part, beside other ways to do the same. A table on"
                + " standard error, one JSON object on standard output.",
        sortOptions = false)
public final class BenchStep implements Callable<Integer> {
    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--repetitions",
            defaultValue = "5",
            paramLabel = "N",
            description = "medians are over so many (default 5)")
    private int repetitions;

    @Option(
            names = "--steps",
            defaultValue = "4",
            paramLabel = "N",
            description = "steps of each repetition, after a warm-up (default 4)")
    private int steps;

    @Option(
            names = "--full",
            arity = "0..1",
            fallbackValue = "sd15",
            paramLabel = "SIZES",
            description =
                    "a step in latents, under a Stable Diffusion of random weights made in memory: sd15 (the default"
                            + " of this option), sd21 or tiny")
    private FullSizes full;

    @Option(
            names = "--picture",
            defaultValue = "512",
            paramLabel = "N",
            description = "with --full, side of the pictures (default 512)")
    private int picture;

    @Mixin
    private AgainstOptions against;

    @Override
    public Integer call() throws IOException {
        if (repetitions < 1 || steps < 1) throw compute.wrong("--repetitions and --steps must be at least 1");
        try (Scope scope = Scope.open(compute.device())) {
            String chosen = compute.quality(scope.device());
            if (full != null) {
                full(scope, chosen);
                return 0;
            }
            GeometrySettings settings = compute.geometry(chosen, scope.device(), 1);
            System.err.println(
                    "a step of " + settings + " on " + Experts.name(scope.device()) + ", " + Torch.describe());
            Path weights = BadInput.checked(() -> Experts.file(Models.standard(), compute.normals()));
            StepTimes times = StepTimes.measure(scope, weights, settings, repetitions, steps);
            times.table().forEach(System.err::println);
            JsonObject json = json(times, scope, chosen, settings);
            if (against.wanted()) json.add("against", against(scope, weights, settings));
            System.out.println(json);
        } catch (BadInput e) {
            throw compute.wrong(e.getMessage());
        }
        return 0;
    }

    private void full(Scope scope, String chosen) throws IOException {
        LatentGeometrySettings settings;
        try {
            settings = LatentGeometrySettings.of(chosen, false, 1)
                    .withPicture(picture)
                    .withCoarse(0);
        } catch (IllegalArgumentException e) {
            throw compute.wrong(e.getMessage());
        }
        var task = new FullStep.Task(full, settings, repetitions, steps);
        System.err.println("a step of " + settings + " under random weights of the sizes of " + full + " on "
                + Experts.name(scope.device()) + ", " + Torch.describe());
        FullStep times = BadInput.checked(() -> FullStep.measure(scope, task));
        times.table().forEach(System.err::println);
        JsonObject json = about(scope, chosen, settings.toString());
        json.addProperty("sizes", full.toString());
        times.json().asMap().forEach(json::add);
        if (against.wanted()) {
            try (PyTorchLoop other = against.openFull(scope, task)) {
                Against compared = FullStep.against(scope, task, other);
                compared.table("ms").forEach(System.err::println);
                json.add("against", compared.json("Millis"));
            }
        }
        System.out.println(json);
    }

    private JsonObject against(Scope scope, Path weights, GeometrySettings settings) throws IOException {
        try (PyTorchLoop other = against.open(weights, settings, scope.device())) {
            Against compared = StepTimes.against(scope, weights, settings, repetitions, steps, other);
            compared.table("ms").forEach(System.err::println);
            return compared.json("Millis");
        }
    }

    private JsonObject json(StepTimes times, Scope scope, String chosen, GeometrySettings settings) {
        JsonObject json = about(scope, chosen, settings.toString());
        json.addProperty("totalMillis", rounded(times.total()));
        json.add("partsMillis", rounded(times.parts()));
        json.add("baselinesMillis", rounded(times.baselines()));
        return json;
    }

    private JsonObject about(Scope scope, String chosen, String settings) {
        JsonObject json = new JsonObject();
        json.addProperty("benchmark", "step");
        json.addProperty("version", BenchVersion.text());
        json.addProperty("quality", chosen);
        json.addProperty("repetitions", repetitions);
        json.addProperty("stepsPerRepetition", steps);
        json.addProperty("device", Experts.name(scope.device()));
        json.addProperty("geometry", settings);
        json.addProperty("machine", Torch.describe().toString());
        return json;
    }

    private static JsonElement rounded(Map<String, Double> values) {
        Map<String, Double> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, rounded(value)));
        return new Gson().toJsonTree(all);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchStep()).execute(args));
    }
}
