// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.HeadField;
import org.eidolon.head.geometry.Surfaces;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Cameras;
import org.eidolon.render.Meshes;
import org.eidolon.render.RenderBench;
import org.eidolon.render.Views;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;

/**
 * Where the time of a geometry step goes.
 *
 * @param parts milliseconds by part, in the order of the work; they add up to {@code total}
 * @param baselines milliseconds of other ways to do a part, measured in the same run on the same work
 * @param total milliseconds of a step
 */
record StepTimes(Map<String, Double> parts, Map<String, Double> baselines, double total) {

    /**
     * Measures the real stage's steps, several times over.
     *
     * @param weights of a normals prior
     * @param steps of each repetition, after a warm-up
     */
    static StepTimes measure(Scope scope, Path weights, GeometrySettings settings, int repetitions, int steps)
            throws IOException {
        PriorCard card = BadInput.checked(() -> HeadPrior.card(weights));
        HeadPrior prior = BadInput.checked(
                () -> HeadPrior.open(scope, weights, Domain.NORMALS, card.encoder(), card.encoderSha256()));
        List<Map<String, Double>> runs = new ArrayList<>();
        for (int r = 0; r < repetitions; r++) runs.add(StepBench.measure(scope, prior, settings, steps));
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String part : runs.getFirst().keySet()) {
            parts.put(
                    part, median(runs.stream().mapToDouble(run -> run.get(part)).toArray()));
        }
        Map<String, Double> baselines = rendering(scope, settings, 2 * card.size(), 3 * repetitions);
        baselines.putAll(networks(scope, weights, card, settings, repetitions));
        return of(parts, baselines);
    }

    /** Whole steps, in turns with those of a loop in PyTorch. */
    static Against against(
            Scope scope, Path weights, GeometrySettings settings, int repetitions, int steps, PyTorchLoop other)
            throws IOException {
        PriorCard card = HeadPrior.card(weights);
        double[] ours = new double[repetitions], theirs = new double[repetitions];
        Map<String, Double> parts = new LinkedHashMap<>();
        try (Scope s = scope.child()) {
            HeadPrior prior = HeadPrior.open(s, weights, Domain.NORMALS, card.encoder(), card.encoderSha256());
            other.step(StepBench.WARM_UP, new LinkedHashMap<>());
            for (int r = 0; r < repetitions; r++) {
                ours[r] = StepBench.whole(s, prior, settings, steps);
                theirs[r] = other.step(steps, parts);
            }
        }
        parts.replaceAll((part, millis) -> millis / repetitions);
        return new Against(ours, theirs, parts, other.about());
    }

    /** Splits what the step's clock calls "render" by what rasterising alone took, and names parts for readers. */
    static StepTimes of(Map<String, Double> clock, Map<String, Double> baselines) {
        Map<String, Double> parts = new LinkedHashMap<>();
        clock.forEach((part, millis) -> {
            switch (part) {
                case "render" -> {
                    double fragments = Math.min(millis, baselines.getOrDefault("transformAndVisibility", 0.0));
                    parts.put("transformAndVisibility", fragments);
                    parts.put("shadingAndAntialias", millis - fragments);
                }
                case "guide" -> parts.put("unet", millis);
                default -> parts.put(part, millis);
            }
        });
        Map<String, Double> beside = new LinkedHashMap<>(baselines);
        beside.remove("transformAndVisibility");
        return new StepTimes(
                parts,
                beside,
                parts.values().stream().mapToDouble(Double::doubleValue).sum());
    }

    /** One surface in as many views as a step renders; visibility by both backends. */
    private static Map<String, Double> rendering(Scope scope, GeometrySettings settings, int size, int runs) {
        try (Scope s = scope.child()) {
            HeadField field = new HeadField(s, settings.resolution(), 1, settings.seed());
            Surfaces surface = field.surfaces(s, 0);
            NDArray vertices = Torch.detach(s, surface.vertices());
            Meshes meshes = Meshes.shared(
                    surface.meshes().faces(), 1, vertices.getShape().get(0));
            Random random = new Random(settings.seed());
            List<View> views = new ArrayList<>();
            int count = settings.shown(StepBench.EXPRESSIONS) * settings.viewsPerStep();
            for (int i = 0; i < count; i++) {
                views.add(View.random(i < settings.crops() * count ? Framing.FACE : Framing.WHOLE, random));
            }
            Map<String, Double> times = RenderBench.measure(
                    s,
                    Views.repeated(meshes, count),
                    vertices,
                    new Cameras(views.stream().map(View::camera).toList()),
                    size,
                    runs);
            Map<String, Double> kept = new LinkedHashMap<>();
            kept.put("transformAndVisibility", times.get("fragments"));
            kept.put("visibilityJava", times.get("visibilityJava"));
            kept.put("visibilityTorch", times.get("visibilityTorch"));
            return kept;
        }
    }

    /** The UNet alone, on a step's pictures with guidance, in the precisions it may run in. */
    private static Map<String, Double> networks(
            Scope scope, Path weights, PriorCard card, GeometrySettings settings, int runs) throws IOException {
        Map<String, Double> times = new LinkedHashMap<>();
        int batch =
                (settings.guidance() == 1 ? 1 : 2) * settings.shown(StepBench.EXPRESSIONS) * settings.viewsPerStep();
        for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
            try (Scope s = scope.child();
                    var off = Torch.noGradient()) {
                UNet unet = UNet.of(s, card.config(), Weights.load(s, weights).map())
                        .prepare(s, precision);
                NDArray x = s.randn(batch, 3, card.size(), card.size());
                NDArray t = s.of(new float[batch], batch);
                Conditioning c = Conditioning.text(s.randn(batch, SentenceEncoder.LENGTH))
                        .withIdentity(
                                s.randn(batch, IdentityEncoder.EMBEDDING),
                                s.randn(batch, 1, IdentityEncoder.TOKENS, IdentityEncoder.TOKEN))
                        .withView(s.randn(batch, ViewCode.LENGTH));
                double[] millis = new double[runs];
                for (int i = -1; i < runs; i++) {
                    try (Scope step = s.child()) {
                        long began = System.nanoTime();
                        unet.forward(step, x, t, c, precision).toFloatArray();
                        if (i >= 0) millis[i] = (System.nanoTime() - began) / 1e6;
                    }
                }
                times.put(precision == Precision.FLOAT32 ? "unetFloat32" : "unetBfloat16", median(millis));
            }
        }
        return times;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Lines of a table. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-26s %10s %7s", "part", "ms", "share"));
        parts.forEach((part, millis) ->
                lines.add(String.format(Locale.ROOT, "%-26s %10.1f %6.1f%%", part, millis, 100 * millis / total)));
        lines.add(String.format(Locale.ROOT, "%-26s %10.1f", "a step", total));
        if (!baselines.isEmpty()) lines.add("beside, in the same run:");
        baselines.forEach((name, millis) -> lines.add(String.format(Locale.ROOT, "  %-24s %10.1f", name, millis)));
        return lines;
    }
}
