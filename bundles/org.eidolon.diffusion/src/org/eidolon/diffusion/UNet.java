// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Denoising UNet with residual blocks, self-attention and multimodal cross-attention (Rombach et al. 2022; decoupled
 * identity attention as Ye et al. 2023, IP-Adapter). One script call a forward pass; weights are float32 masters passed
 * as arguments, so gradients flow to every one that requires them. Not safe for use by several threads while LoRAs are
 * attached or merged; otherwise it is.
 */
public final class UNet {
    private final UNetConfig config;
    private final UNetLayout layout;
    private final long[] program;
    private final long[] starts;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<NDArray> current;
    private final Precision prepared;
    private LoraLinks links = LoraLinks.NONE;

    private UNet(UNetConfig config, List<NDArray> weights, Precision prepared) {
        this.config = config;
        this.layout = new UNetLayout(config);
        this.program = layout.program();
        this.starts = layout.starts();
        this.current = new ArrayList<>(weights);
        this.prepared = prepared;
        for (int i = 0; i < layout.slots().size(); i++) {
            index.put(layout.slots().get(i).name(), i);
        }
    }

    /**
     * A UNet with fresh weights that require gradients, made in the scope. Linear and convolution weights are uniform
     * within 1/√fan-in; second convolutions of residual blocks, outputs of transformers and the last convolution are
     * zero, so that the network starts as the identity of its blocks.
     */
    public static UNet create(Scope scope, UNetConfig config, long seed) {
        Torch.seed(seed);
        List<NDArray> weights = new ArrayList<>();
        try (var off = Torch.noGradient()) {
            for (Layout.Slot slot : new UNetLayout(config).slots()) {
                weights.add(start(scope, slot));
            }
        }
        weights.forEach(Torch::parameter);
        return new UNet(config, weights, null);
    }

    /**
     * A UNet over tensors that are already there, by diffusers' names; whether they require gradients is the caller's.
     *
     * @throws IllegalArgumentException naming key, shape and expectation of a missing or misshapen weight
     */
    public static UNet of(Scope scope, UNetConfig config, Map<String, NDArray> tensors) {
        return over(scope, config, tensors, false);
    }

    /**
     * The same, but parts that only we add (the identity branch, pooled and null tokens, view) may be missing, as they
     * are from published weights: they start afresh in the scope, the identity's values at zero so that new attention
     * changes nothing yet.
     */
    public static UNet extend(Scope scope, UNetConfig config, Map<String, NDArray> tensors) {
        return over(scope, config, tensors, true);
    }

    private static UNet over(Scope scope, UNetConfig config, Map<String, NDArray> tensors, boolean extend) {
        List<NDArray> weights = new ArrayList<>();
        for (Layout.Slot slot : new UNetLayout(config).slots()) {
            NDArray t = tensors.get(slot.name());
            if (t == null && extend && addition(slot.name())) {
                try (var off = Torch.noGradient()) {
                    t = slot.name().endsWith("to_v_ip.weight") ? scope.zeros(slot.shape()) : start(scope, slot);
                }
            }
            weights.add(Layout.checked("UNet weights", slot, t));
        }
        return new UNet(config, weights, null);
    }

    private static boolean addition(String name) {
        return name.contains("_ip.")
                || name.startsWith("identity.")
                || name.startsWith("text.")
                || name.startsWith("view_embedding.")
                || name.startsWith("codes.");
    }

    private static NDArray start(Scope scope, Layout.Slot slot) {
        return switch (slot.start()) {
            case ZERO -> scope.zeros(slot.shape());
            case ONE -> scope.full(1, slot.shape());
            case FAN_IN -> {
                try (Scope s = scope.child()) {
                    yield s.keep(kernels().call(s, "uniform", s.zeros(1), slot.shape(), 1 / Math.sqrt(slot.fanIn())));
                }
            }
        };
    }

    static Script kernels() {
        return Script.load(UNet.class, "unet.py");
    }

    /** Its sizes. */
    public UNetConfig config() {
        return config;
    }

    /** Weights by name in their fixed order: what an optimiser steps and a file holds. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> map = new LinkedHashMap<>();
        for (int i = 0; i < current.size(); i++) {
            map.put(layout.slots().get(i).name(), current.get(i));
        }
        return Collections.unmodifiableMap(map);
    }

    /** How many numbers the weights of a configuration hold. */
    public static long count(UNetConfig config) {
        return new UNetLayout(config)
                .slots().stream().mapToLong(Layout.Slot::count).sum();
    }

    /** Names and shapes of a configuration's weights. */
    public static Map<String, long[]> shapes(UNetConfig config) {
        return new UNetLayout(config).shapes();
    }

    /**
     * A copy for inference whose weights are cast and laid out once; it takes no gradients and only this precision.
     * Score distillation wants it. The copy does not follow later changes of this one's weights.
     */
    public UNet prepare(Scope scope, Precision precision) {
        try (var off = Torch.noGradient()) {
            List<NDArray> weights = kernels().callAll(scope, "prepare", current, precision.code(), true);
            return new UNet(config, weights, precision);
        }
    }

    /**
     * The network's prediction.
     *
     * @param x noisy images (B, inChannels, H, W), H and W divisible by patch
     * @param t timesteps (B)
     * @param c conditioning of the same batch
     * @return (B, outChannels, H, W) float32
     */
    public NDArray forward(Scope s, NDArray x, NDArray t, Conditioning c, Precision precision) {
        return forward(s, x, t, c, precision, foldedNorms(s.device().isGpu()));
    }

    /**
     * Whether group norms are computed as one multiply-add that stays channels-last, or by torch's own kernel. On a CPU
     * the former is the faster (starter prior, 12 pictures, one thread: forward 6% in float32, 12% in bfloat16; with
     * backward 6% and 14%), on an H100 the latter (256 pictures, bfloat16: forward 29 ms against 33, with backward 87
     * against 105). {@code -Deidolon.unet.norm=torch} or {@code folded} chooses, for a comparison.
     */
    private static boolean foldedNorms(boolean gpu) {
        String chosen = System.getProperty("eidolon.unet.norm");
        return chosen == null ? !gpu : !chosen.equals("torch");
    }

    /** The same, with group norms folded into one multiply-add or torch's own. */
    NDArray forward(Scope s, NDArray x, NDArray t, Conditioning c, Precision precision, boolean folded) {
        check(x, t, c);
        if (prepared != null && prepared != precision) {
            throw new IllegalArgumentException("this UNet was prepared for " + prepared + ", not " + precision);
        }
        return kernels()
                .call(
                        s,
                        "forward",
                        x,
                        t,
                        NoiseSchedule.optional(c.text()),
                        NoiseSchedule.optional(c.identity()),
                        NoiseSchedule.optional(c.features()),
                        NoiseSchedule.optional(c.photos()),
                        NoiseSchedule.optional(c.view()),
                        NoiseSchedule.optional(c.identityCode()),
                        NoiseSchedule.optional(c.textCode()),
                        NoiseSchedule.optional(c.keepText()),
                        NoiseSchedule.optional(c.keepIdentity()),
                        c.identityScale(),
                        current,
                        starts,
                        program,
                        config.timeWidth(),
                        config.patch(),
                        config.groups(),
                        config.epsilon(),
                        precision.code(),
                        true,
                        folded,
                        prepared != null,
                        links.link(),
                        links.chain(),
                        links.tensors(),
                        links.scale(),
                        config.variant().activation().ordinal(),
                        config.variant().sineFirst(),
                        config.variant().frequencyShift(),
                        config.variant().centred(),
                        config.variant().imageEmbedding());
    }

    private void check(NDArray x, NDArray t, Conditioning c) {
        long b = x.getShape().get(0);
        shape("x", x, b, config.inChannels(), -1, -1);
        if (x.getShape().get(2) % config.patch() != 0 || x.getShape().get(3) % config.patch() != 0) {
            throw new IllegalArgumentException("UNet input: height and width of " + x.getShape()
                    + " must be divisible by patch " + config.patch());
        }
        shape("t", t, b);
        if (c.text() == null) {
            throw new IllegalArgumentException("UNet input: text is missing (drop it with keepText instead)");
        }
        if (config.textWidth() > 0) {
            shape("text", c.text(), b, config.textWidth());
        } else {
            shape("text", c.text(), b, -1, config.contextWidth());
        }
        shape("identity", c.identity(), b, config.identityWidth());
        shape("features", c.features(), b, -1, config.featurePositions(), config.featureWidth());
        shape("view", c.view(), b, config.viewWidth());
        shape("identityCode", c.identityCode(), b, config.identityCode());
        shape("textCode", c.textCode(), b, config.textCode());
        shape("keepText", c.keepText(), b);
        shape("keepIdentity", c.keepIdentity(), b);
        if (c.photos() != null) {
            if (c.features() == null) {
                throw new IllegalArgumentException("UNet input: photos masks features, which are missing");
            }
            shape("photos", c.photos(), b, c.features().getShape().get(1));
        }
    }

    private static void shape(String name, NDArray a, long... wanted) {
        if (a == null) {
            return;
        }
        long[] is = a.getShape().getShape();
        boolean ok = is.length == wanted.length;
        for (int i = 0; ok && i < is.length; i++) {
            ok = wanted[i] == -1 || wanted[i] == is[i];
        }
        if (!ok) {
            throw new IllegalArgumentException("UNet input: " + name + " has shape " + Arrays.toString(is)
                    + ", expected " + Arrays.toString(wanted).replace("-1", "any"));
        }
    }

    /**
     * Attaches LoRAs for the following forward passes, differentiable in their weights; replaces those attached before.
     * An empty list detaches.
     *
     * @param loras with their run-time strengths
     * @throws IllegalArgumentException for a module that this UNet does not have, or that is no projection
     */
    public void attach(List<Lora.Use> loras) {
        links = loras.isEmpty() ? LoraLinks.NONE : LoraLinks.of(loras, this::attachable, current.size());
    }

    /** Where a module's weight is, and its shape is checked against. */
    private int slot(String module, Lora.Adapter adapter) {
        Integer i = index.get(module + ".weight");
        if (i == null || layout.slots().get(i).shape().length < 2) {
            throw new IllegalArgumentException("LoRA: this UNet has no module '" + module + "'");
        }
        Lora.check("UNet", module, adapter, layout.slots().get(i).shape());
        return i;
    }

    private int attachable(String module, Lora.Adapter adapter) {
        int i = slot(module, adapter);
        if (!Lora.reaches(module)) {
            throw new IllegalArgumentException(
                    "LoRA: '" + module + "' is no projection of a transformer: it cannot be" + " attached, but merged");
        }
        return i;
    }

    /**
     * Adds LoRAs into the weights themselves, which costs nothing at run time; it also takes those that reach beyond the
     * transformers, into convolutions. The originals are kept: closing the result puts them back, exactly.
     *
     * @throws IllegalArgumentException for a module that this UNet does not have; nothing is changed then
     */
    public Merged merge(Scope scope, List<Lora.Use> loras) {
        return Merged.into(current, scope, loras, this::slot);
    }
}
