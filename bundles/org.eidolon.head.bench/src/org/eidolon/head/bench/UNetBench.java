// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraTrainer;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetProfile;
import org.eidolon.diffusion.UNetTuning;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/** Times of a UNet of some sizes with random weights, made in memory: guided passes and steps of LoRA training. */
final class UNetBench {
    private static final int WARM_UP = 3;
    private static final int TOKENS = 77;
    private static final Script KERNELS = Script.of("bench", """
            def noisy(ws: List[Tensor], size: float):
                for w in ws:
                    w.detach().add_(torch.randn_like(w) * size)
            """);

    /**
     * What is measured.
     *
     * @param size height and width of the latents
     * @param rank of the LoRA
     * @param count passes or steps whose mean is one time
     */
    record Sizes(UNetConfig config, Precision precision, int size, int rank, int count) {}

    private final Scope scope;
    private final Sizes sizes;

    UNetBench(Scope scope, Sizes sizes) {
        this.scope = scope;
        this.sizes = sizes;
    }

    /** A network as it stands ready to compute; nothing of its masters is left. */
    UNet network(Scope s, UNetTuning tuning) {
        try (Scope masters = scope.child()) {
            UNet fresh = UNet.create(masters, sizes.config, 1);
            List<NDArray> weights = new ArrayList<>(fresh.parameters().values());
            // fresh ones hold zeros, with which a GPU is faster than with numbers
            KERNELS.run(masters, "noisy", weights, 0.01);
            return fresh.prepare(s, sizes.precision, tuning, name -> false);
        } finally {
            Torch.emptyCache();
        }
    }

    private record Input(NDArray x, NDArray t, Conditioning c) {}

    private Input input(Scope s, int batch) {
        return new Input(
                s.randn(batch, sizes.config.inChannels(), sizes.size, sizes.size),
                s.full(500, batch),
                Conditioning.text(s.randn(batch, TOKENS, sizes.config.contextWidth())));
    }

    /** Milliseconds of a pass of so many pictures with guidance: both branches as one batch. */
    double forward(UNet unet, int batch) {
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            Input in = input(s, 2 * batch);
            return timed(() -> {
                try (Scope step = s.child()) {
                    unet.forward(step, in.x, in.t, in.c, sizes.precision);
                }
            });
        }
    }

    private double timed(Runnable step) {
        for (int i = 0; i < WARM_UP; i++) step.run();
        Torch.await(scope);
        long began = System.nanoTime();
        for (int i = 0; i < sizes.count; i++) step.run();
        Torch.await(scope);
        return (System.nanoTime() - began) / 1e6 / sizes.count;
    }

    /**
     * A step of LoRA training.
     *
     * @param millis noise, pass, gradients and Adam
     * @param memory MiB of the GPU that this process holds at most, its context and the network included; 0 on a CPU
     * @param parameters how many numbers are trained
     */
    record Step(double millis, double memory, long parameters) {}

    /** Steps of a batch, without guidance. */
    Step lora(UNet unet, int batch, boolean checkpointing, long before) {
        Torch.emptyCache();
        try (Scope s = scope.child()) {
            Lora lora = Lora.create(s, sizes.config, Lora.attention(), sizes.rank, sizes.rank, 1);
            var settings = new LoraTrainer.Settings(
                    sizes.precision, checkpointing, Adam.Options.of(1e-4).clip(1), 0);
            NoiseSchedule schedule = NoiseSchedule.stableDiffusion(NoiseSchedule.Prediction.NOISE);
            try (LoraTrainer trainer = new LoraTrainer(s, unet, schedule, lora, Map.of(), settings)) {
                Input in = input(s, batch);
                double millis = timed(() -> {
                    try (Scope step = s.child()) {
                        NDArray noise = step.randn(in.x.getShape().getShape());
                        trainer.collect(step, in.x, noise, in.t, in.c, null, 1);
                        trainer.step(step, 1e-4);
                    }
                });
                return new Step(millis, memory(before), lora.count());
            }
        }
    }

    /** MiB of the GPU in use beyond what was before; libtorch keeps what it once took, so this is a peak. */
    double memory(long before) {
        return scope.device().isGpu() ? (Gpus.used(scope.device().getDeviceId()) - before) / 0x1p20 : 0;
    }

    /** Milliseconds of a guided pass in each way to compute, or why it fails. */
    Map<String, Object> variants(int batch) {
        Map<String, Object> times = new LinkedHashMap<>();
        for (boolean last : new boolean[] {true, false}) {
            for (boolean stacked : new boolean[] {true, false}) {
                UNetTuning layout =
                        UNetTuning.of(scope.device()).stacked(stacked).channelsLast(last);
                try (Scope s = scope.child()) {
                    UNet unet = network(s, layout);
                    for (UNetTuning tuning : kernels(layout)) {
                        times.put(name(tuning), attempt(() -> forward(unet.tuned(tuning), batch)));
                    }
                }
            }
        }
        return times;
    }

    /** Milliseconds of a LoRA step by kernels; norms that are for passes without gradients are torch's own here. */
    Map<String, Object> stepVariants(int batch) {
        Map<String, Object> times = new LinkedHashMap<>();
        try (Scope s = scope.child()) {
            UNetTuning layout = UNetTuning.training(scope.device());
            UNet unet = network(s, layout);
            for (UNetTuning tuning : kernels(layout)) {
                if (!tuning.norm().takesGradients()) continue;
                times.put(name(tuning), attempt(() -> lora(unet.tuned(tuning), batch, false, 0).millis));
            }
        }
        return times;
    }

    /** The default way with the graph executor's fusion, or why it fails; other threads are not touched. */
    Object fused(UNet unet, int batch) {
        try {
            Torch.fuse(true);
            return attempt(() -> forward(unet, batch));
        } finally {
            Torch.fuse(false);
        }
    }

    private List<UNetTuning> kernels(UNetTuning layout) {
        List<UNetTuning> all = new ArrayList<>();
        for (UNetTuning.Norm norm : UNetTuning.Norm.values()) {
            // folded norms are for channels that are innermost
            if (norm != UNetTuning.Norm.TORCH && !layout.channelsLast()) continue;
            for (UNetTuning.Attention attention : UNetTuning.Attention.values()) {
                if (attention != UNetTuning.Attention.TORCH && !scope.device().isGpu()) continue;
                all.add(layout.with(norm).with(attention));
            }
        }
        return all;
    }

    static String name(UNetTuning tuning) {
        return "norm " + tuning.norm().name().toLowerCase(Locale.ROOT) + ", attention "
                + tuning.attention().name().toLowerCase(Locale.ROOT)
                + (tuning.stacked() ? ", stacked" : ", apart")
                + (tuning.channelsLast() ? ", channels last" : ", channels first");
    }

    private static Object attempt(DoubleSupplier measure) {
        try {
            return measure.getAsDouble();
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            return message.lines()
                    .filter(line -> line.matches("\\w*Error: .*"))
                    .findFirst()
                    .orElse(message);
        }
    }

    /** Milliseconds of each kind of work in a guided pass. */
    Map<String, Double> profile(int batch, int runs) {
        return UNetProfile.measure(scope, sizes.config, sizes.precision, 2 * batch, sizes.size, TOKENS, runs);
    }
}
