// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.diffusion.Precision;
import org.eidolon.head.geometry.LatentGeometrySettings;
import org.eidolon.head.geometry.LatentGeometryStage;
import org.eidolon.head.latent.LatentMemory;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Scope;

/**
 * A step of the geometry stage under a Stable Diffusion of random weights: where its time goes, what memory it takes beside
 * what was planned, and the same loop in PyTorch and diffusers.
 *
 * @param parts milliseconds by part, each waited for; they add up to more than {@code whole}
 * @param whole milliseconds of a step when nothing is waited for but its end, the median
 * @param planned bytes that the stage would lease
 * @param used bytes in use on the GPU after the steps, by all processes; 0 on a CPU or where unknown
 */
record FullStep(Map<String, Double> parts, double whole, long planned, long used) {

    /** What is measured, and how often. */
    record Task(FullSizes sizes, LatentGeometrySettings settings, int repetitions, int steps) {
        int pictures() {
            return settings.pictures(StepBench.EXPRESSIONS);
        }
    }

    static FullStep measure(Scope scope, Task task) {
        Map<String, Double> parts;
        try (Scope s = scope.child()) {
            LatentStepBench bench = open(s, task, true);
            bench.steps(StepBench.WARM_UP);
            parts = bench.parts(task.steps());
        }
        double[] whole = new double[task.repetitions()];
        try (Scope s = scope.child()) {
            LatentStepBench bench = open(s, task, false);
            bench.steps(StepBench.WARM_UP);
            for (int r = 0; r < whole.length; r++) whole[r] = bench.whole(task.steps());
            return new FullStep(parts, StepTimes.median(whole), planned(scope, task), used(scope));
        }
    }

    /** Whole steps, in turns with those of the loop in PyTorch. */
    static Against against(Scope scope, Task task, PyTorchLoop other) throws IOException {
        double[] ours = new double[task.repetitions()], theirs = new double[task.repetitions()];
        Map<String, Double> parts = new LinkedHashMap<>();
        try (Scope s = scope.child()) {
            LatentStepBench bench = open(s, task, false);
            bench.steps(StepBench.WARM_UP);
            other.step(StepBench.WARM_UP, new LinkedHashMap<>());
            for (int r = 0; r < ours.length; r++) {
                ours[r] = bench.whole(task.steps());
                theirs[r] = other.step(task.steps(), parts);
            }
        }
        parts.replaceAll((part, millis) -> millis / ours.length);
        return new Against(ours, theirs, parts, other.about());
    }

    /** Starts that loop. */
    static PyTorchLoop loop(Scope scope, Task task, String python, Path script) throws IOException {
        List<String> arguments =
                new ArrayList<>(PyTorchLoop.loop(task.settings().loop()));
        arguments.addAll(List.of(
                "--sizes",
                task.sizes().toString(),
                "--picture",
                Integer.toString(task.settings().picture())));
        return new PyTorchLoop(python, script, "full/step.py", "requirements-full.txt", scope.device(), arguments);
    }

    private static LatentStepBench open(Scope s, Task task, boolean byPart) {
        return new LatentStepBench(s, task.sizes().sizes(), task.settings(), task.pictures(), precision(s), byPart);
    }

    static Precision precision(Scope scope) {
        return Precision.usual(scope.device());
    }

    private static long planned(Scope scope, Task task) {
        return LatentMemory.of(
                        task.sizes().sizes(),
                        precision(scope),
                        task.settings().picture(),
                        LatentGeometryStage.fieldMemory(task.settings(), StepBench.EXPRESSIONS))
                .bytes(task.pictures(), task.pictures());
    }

    private static long used(Scope scope) {
        return scope.device().isGpu() ? Gpus.used(scope.device().getDeviceId()) : 0;
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        parts.forEach((part, millis) -> lines.add(String.format(Locale.ROOT, "%-26s %10.1f", part, millis)));
        lines.add(String.format(Locale.ROOT, "%-26s %10.1f", "a step, nothing awaited", whole));
        lines.add(String.format(Locale.ROOT, "%-26s %10.1f GiB", "memory planned", planned / 0x1p30));
        if (used > 0) lines.add(String.format(Locale.ROOT, "%-26s %10.1f GiB", "in use on the GPU", used / 0x1p30));
        return lines;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("totalMillis", Math.round(whole * 100) / 100.0);
        JsonObject each = new JsonObject();
        parts.forEach((part, millis) -> each.addProperty(part, Math.round(millis * 100) / 100.0));
        json.add("partsMillis", each);
        json.addProperty("plannedBytes", planned);
        json.addProperty("usedBytes", used);
        return json;
    }
}
