// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetTuning;
import org.eidolon.diffusion.UNetVariant;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eidolon bench unet}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench unet", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "unet",
        description = "Times a UNet of Stable Diffusion 1.5's sizes with random weights: guided passes, steps of LoRA"
                + " training with and without checkpointing, memory, and what a pass is made of. Lines on standard error as"
                + " they come, one JSON object on standard output.",
        sortOptions = false)
public final class BenchUNet implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--device", defaultValue = "auto", paramLabel = "D", description = "auto, cpu or cuda:N")
    private String device;

    @Option(
            names = "--batches",
            defaultValue = "1,4,8",
            split = ",",
            paramLabel = "N",
            description = "pictures of a pass or step (default 1,4,8); guidance doubles a pass's")
    private List<Integer> batches;

    @Option(
            names = "--repetitions",
            defaultValue = "5",
            paramLabel = "N",
            description = "medians are over so many times (default 5)")
    private int repetitions;

    @Option(
            names = "--count",
            defaultValue = "10",
            paramLabel = "N",
            description = "passes or steps whose mean is one time (default 10)")
    private int count;

    @Option(
            names = "--precision",
            defaultValue = "auto",
            paramLabel = "P",
            description = "bfloat16 or float32; auto is bfloat16 on a GPU")
    private String precision;

    @Option(
            names = "--size",
            defaultValue = "0",
            paramLabel = "N",
            description = "of the latents (default 64, tiny 16)")
    private int size;

    @Option(names = "--rank", defaultValue = "8", paramLabel = "N", description = "of the LoRA (default 8)")
    private int rank;

    @Option(names = "--tiny", description = "a network of small sizes, to try things out")
    private boolean tiny;

    @Option(names = "--variants", description = "also times each way to compute (UNetTuning), last of all")
    private boolean variants;

    @Option(
            names = "--against",
            paramLabel = "PYTHON",
            description = "also times diffusers and peft in this Python (releng/reference/requirements.txt says what it"
                    + " needs), in turns, and gives the ratios")
    private String against;

    @Option(
            names = "--reference",
            defaultValue = "releng/reference/unet/bench.py",
            paramLabel = "FILE",
            description = "what runs there (default releng/reference/unet/bench.py)")
    private Path reference;

    @Option(
            names = "--compile",
            split = ",",
            paramLabel = "N",
            description =
                    "batches that torch.compile is timed with, last of all: each takes it most of a minute (default:"
                            + " all of --batches; 0 for none)")
    private List<Integer> compile;

    private final JsonObject json = new JsonObject();

    @Override
    public Integer call() throws IOException {
        if (repetitions < 1 || count < 1 || rank < 1 || batches.stream().anyMatch(b -> b < 1)) {
            throw wrong("--batches, --repetitions, --count and --rank must be at least 1");
        }
        long before = usedBefore();
        Device on = device();
        try (Scope scope = Scope.open(on)) {
            Torch.tryConvolutions(true);
            UNetConfig config = tiny ? small() : UNetConfig.stableDiffusion15();
            var sizes = new UNetBench.Sizes(config, precision(on), size > 0 ? size : tiny ? 16 : 64, rank, count);
            say("a UNet of %,d weights, %s, latents of %d², on %s"
                    .formatted(UNet.count(config), sizes.precision(), sizes.size(), Torch.describe()));
            about(on, sizes);
            UNetBench bench = new UNetBench(scope, sizes);
            measure(scope, bench, sizes, before);
            System.out.println(json);
        } catch (BadInput e) {
            throw wrong(e.getMessage());
        }
        return 0;
    }

    /** Bytes of the GPU in use before this process has anything there; to look for a device makes a context on it. */
    private long usedBefore() {
        Matcher number = Pattern.compile("cuda:(\\d{1,3})").matcher(device);
        return device.equals("cpu") ? 0 : Gpus.used(number.matches() ? Integer.parseInt(number.group(1)) : 0);
    }

    private void measure(Scope scope, UNetBench bench, UNetBench.Sizes sizes, long before) throws IOException {
        UNetTuning tuning = UNetTuning.of(scope.device());
        try (Scope s = scope.child()) {
            UNet unet = bench.network(s, tuning);
            UNet trained = unet.tuned(UNetTuning.training(scope.device()));
            steps(bench, trained, before);
            JsonObject passes = new JsonObject();
            for (int batch : batches) {
                double ms = median(() -> bench.forward(unet, batch));
                passes.addProperty("" + batch, rounded(ms));
                say("batch %d, guided pass: %.2f ms".formatted(batch, ms));
            }
            json.add("passMillis", passes);
            int largest = batches.stream().max(Integer::compare).orElseThrow();
            profile(bench, largest, passes.get("" + largest).getAsDouble());
            if (against != null) {
                try (PyTorchProcess other = BadInput.checked(() -> new PyTorchProcess(
                        against, reference, arguments(sizes), "unet/bench.py", "requirements.txt"))) {
                    List<Integer> compiled = compile == null ? batches : compile;
                    new UNetAgainst(other, bench, unet, trained, batches, compiled, repetitions, count, json).run();
                }
            }
            if (variants) {
                Object fused = bench.fused(unet, largest);
                say("batch %d, fused by the graph executor: %s".formatted(largest, text(fused)));
                json.addProperty("fused", text(fused));
            }
        }
        if (variants) {
            JsonObject all = new JsonObject();
            for (int batch : batches) all.add("" + batch, variants(bench, batch));
            json.add("variants", all);
        }
    }

    /** LoRA steps and their memory, with and without checkpointing. */
    private void steps(UNetBench bench, UNet unet, long before) {
        JsonObject all = new JsonObject();
        for (boolean checkpointing : new boolean[] {true, false}) {
            for (int batch : batches) {
                UNetBench.Step step = bench.lora(unet, batch, checkpointing, before);
                String name = batch + (checkpointing ? " checkpointed" : " plain");
                JsonObject one = new JsonObject();
                one.addProperty("millis", rounded(step.millis()));
                one.addProperty("memoryMiB", rounded(step.memory()));
                all.add(name, one);
                json.addProperty("loraParameters", step.parameters());
                say("batch %s LoRA step (%,d parameters): %.2f ms, %.0f MiB"
                        .formatted(name, step.parameters(), step.millis(), step.memory()));
            }
        }
        json.add("loraSteps", all);
    }

    private JsonObject variants(UNetBench bench, int batch) {
        Map<String, Object> passes = bench.variants(batch);
        passes.forEach((name, time) -> say("batch %d, pass with %s: %s".formatted(batch, name, text(time))));
        Map<String, Object> steps = bench.stepVariants(batch);
        steps.forEach((name, time) -> say("batch %d, LoRA step with %s: %s".formatted(batch, name, text(time))));
        JsonObject both = new JsonObject();
        both.add("passes", new Gson().toJsonTree(passes));
        both.add("steps", new Gson().toJsonTree(steps));
        return both;
    }

    private void profile(UNetBench bench, int batch, double pass) {
        Map<String, Double> kinds = bench.profile(batch, Math.min(repetitions, 3));
        double sum = kinds.values().stream().mapToDouble(Double::doubleValue).sum();
        say("what a pass of batch %d is made of, each kind alone (all %.2f ms, the pass %.2f ms):"
                .formatted(batch, sum, pass));
        kinds.forEach((kind, ms) -> say("  %-26s %8.2f ms %5.1f%%".formatted(kind, ms, 100 * ms / sum)));
        JsonObject profile = new JsonObject();
        kinds.forEach((kind, ms) -> profile.addProperty(kind, rounded(ms)));
        profile.addProperty("pass", pass);
        json.add("profileMillis", profile);
    }

    private double median(DoubleSupplier time) {
        double[] all = new double[repetitions];
        for (int i = 0; i < repetitions; i++) all[i] = time.getAsDouble();
        return StepTimes.median(all);
    }

    private void about(Device on, UNetBench.Sizes sizes) {
        json.addProperty("benchmark", "unet");
        json.addProperty("version", BenchVersion.text());
        json.addProperty("device", Experts.name(on));
        json.addProperty("machine", Torch.describe().toString());
        json.addProperty("weights", UNet.count(sizes.config()));
        json.addProperty("precision", sizes.precision().name());
        json.addProperty("size", sizes.size());
        json.addProperty("repetitions", repetitions);
        json.addProperty("count", count);
    }

    private List<String> arguments(UNetBench.Sizes sizes) {
        UNetConfig c = sizes.config();
        Device on = device();
        return List.of(
                "--device=" + Experts.name(on),
                "--precision=" + sizes.precision().name().toLowerCase(Locale.ROOT),
                "--threads=" + (on.isGpu() ? 0 : Torch.describe().threads()),
                "--channels=" + joined(c.channels()),
                "--attention="
                        + joined(c.attention().stream().map(a -> a ? 1 : 0).toList()),
                "--heads=" + joined(c.heads()),
                "--layers=" + c.resBlocks().getFirst(),
                "--context=" + c.contextWidth(),
                "--groups=" + c.groups(),
                "--linear=" + (c.linearProjection() ? 1 : 0),
                "--size=" + sizes.size(),
                "--rank=" + rank);
    }

    private static String joined(List<Integer> numbers) {
        List<String> texts = new ArrayList<>();
        numbers.forEach(n -> texts.add("" + n));
        return String.join(",", texts);
    }

    /** Stable Diffusion's shape with a few hundred thousand weights. */
    private static UNetConfig small() {
        return UNetConfig.published(
                4,
                4,
                List.of(32, 64),
                List.of(1, 1),
                List.of(true, false),
                List.of(2, 2),
                List.of(1, 1),
                false,
                16,
                8,
                1e-5,
                128,
                false,
                UNetVariant.STANDARD);
    }

    private Precision precision(Device on) {
        return switch (precision) {
            case "auto" -> Precision.usual(on);
            case "bfloat16" -> Precision.BFLOAT16;
            case "float32" -> Precision.FLOAT32;
            default -> throw wrong("--precision is none of auto, bfloat16, float32: " + precision);
        };
    }

    private Device device() {
        try {
            return Torch.device(device);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    static void say(String line) {
        System.err.println(line);
    }

    static String text(Object time) {
        return time instanceof Double ms ? String.format(Locale.ROOT, "%.2f ms", ms) : "failed: " + time;
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchUNet()).execute(args));
    }
}
