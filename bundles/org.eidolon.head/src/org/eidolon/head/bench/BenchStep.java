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

    @Mixin
    private AgainstOptions against;

    @Override
    public Integer call() throws IOException {
        if (repetitions < 1 || steps < 1) throw compute.wrong("--repetitions and --steps must be at least 1");
        try (Scope scope = Scope.open(compute.device())) {
            String chosen = compute.quality(scope.device());
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

    private JsonObject against(Scope scope, Path weights, GeometrySettings settings) throws IOException {
        try (PyTorchLoop other = against.open(weights, settings, scope.device())) {
            Against compared = StepTimes.against(scope, weights, settings, repetitions, steps, other);
            compared.table("ms").forEach(System.err::println);
            return compared.json("Millis");
        }
    }

    private JsonObject json(StepTimes times, Scope scope, String chosen, GeometrySettings settings) {
        JsonObject json = new JsonObject();
        json.addProperty("benchmark", "step");
        json.addProperty("version", BenchVersion.text());
        json.addProperty("totalMillis", rounded(times.total()));
        json.add("partsMillis", rounded(times.parts()));
        json.add("baselinesMillis", rounded(times.baselines()));
        json.addProperty("quality", chosen);
        json.addProperty("repetitions", repetitions);
        json.addProperty("stepsPerRepetition", steps);
        json.addProperty("device", Experts.name(scope.device()));
        json.addProperty("geometry", settings.toString());
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
