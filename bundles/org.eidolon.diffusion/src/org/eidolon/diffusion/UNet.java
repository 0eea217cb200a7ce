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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private final Prepared prepared;
    private LoraLinks links = LoraLinks.NONE;

    /**
     * How weights were made ready.
     *
     * @param live places of masters that are trained still
     * @param stacks those of the layout's stacks that hold such masters, as the script reads them
     */
    private record Prepared(Precision precision, UNetTuning tuning, long[] live, long[] stacks) {}

    private UNet(UNetConfig config, List<NDArray> weights, Prepared prepared) {
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

    /**
     * Weights by name in their fixed order: what an optimiser steps and a file holds.
     *
     * @throws IllegalStateException for a prepared network whose matrices are stacked
     */
    public Map<String, NDArray> parameters() {
        whole("its weights have no names any more");
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

    private void whole(String why) {
        if (stacked()) {
            throw new IllegalStateException("this UNet is prepared and its matrices are stacked: " + why);
        }
    }

    private boolean stacked() {
        return prepared != null && prepared.tuning.stacked();
    }

    /**
     * A copy for inference whose weights are cast and laid out once; it takes no gradients and only this precision.
     * Score distillation wants it. The copy does not follow later changes of this one's weights.
     */
    public UNet prepare(Scope scope, Precision precision) {
        return prepare(scope, precision, UNetTuning.of(scope.device()), name -> false);
    }

    /**
     * The same, computing in a way that is chosen; weights that the predicate names stay this network's own masters, and
     * passes are differentiable in them. For LoRAs and adapters on a frozen network.
     */
    public UNet prepare(Scope scope, Precision precision, UNetTuning tuning, Predicate<String> trained) {
        whole("prepare the original again");
        long[] live = IntStream.range(0, current.size())
                .filter(i -> trained.test(layout.slots().get(i).name()))
                .asLongStream()
                .toArray();
        Map<Boolean, long[]> stacks = stacks(live, tuning.stacked());
        try (var off = Torch.noGradient()) {
            List<NDArray> weights = kernels()
                    .callAll(
                            scope,
                            "prepare",
                            current,
                            precision.code(),
                            tuning.channelsLast(),
                            live,
                            stacks.get(false),
                            tuning.stacked(),
                            program);
            return new UNet(config, weights, new Prepared(precision, tuning, live, stacks.get(true)));
        }
    }

    /** The layout's stacks as the script reads them, those with masters apart. */
    private Map<Boolean, long[]> stacks(long[] live, boolean wanted) {
        Set<Long> masters = Arrays.stream(live).boxed().collect(Collectors.toSet());
        Map<Boolean, List<Long>> flat = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
        for (int[] stack : wanted ? layout.stacks() : List.<int[]>of()) {
            List<Long> into = flat.get(Arrays.stream(stack).anyMatch(i -> masters.contains((long) i)));
            into.add((long) stack[0]);
            into.add((long) stack.length);
            Arrays.stream(stack).forEach(i -> into.add((long) i));
        }
        return Map.of(true, longs(flat.get(true)), false, longs(flat.get(false)));
    }

    private static long[] longs(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * This network, over the same weights, computing in another way.
     *
     * @throws IllegalArgumentException for a prepared one that would have to be laid out anew
     */
    public UNet tuned(UNetTuning tuning) {
        if (prepared == null) {
            throw new IllegalArgumentException("a UNet is tuned as it is prepared");
        }
        if (tuning.stacked() != stacked() || tuning.channelsLast() != prepared.tuning.channelsLast()) {
            throw new IllegalArgumentException("a prepared UNet keeps the layout of its weights: prepare another");
        }
        UNet other =
                new UNet(config, current, new Prepared(prepared.precision, tuning, prepared.live, prepared.stacks));
        other.links = links;
        return other;
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
        UNetTuning tuning = prepared == null ? UNetTuning.of(s.device()).stacked(false) : prepared.tuning;
        return forward(s, x, t, c, precision, tuning);
    }

    /** The same, computing in a way that is chosen. */
    NDArray forward(Scope s, NDArray x, NDArray t, Conditioning c, Precision precision, UNetTuning tuning) {
        List<Object> arguments = arguments(x, t, c, precision, tuning);
        arguments.addAll(List.of(
                c.identityScale(),
                config.groups(),
                config.epsilon(),
                tuning.norm().ordinal(),
                tuning.attention().ordinal(),
                links.link()));
        return kernels().call(s, "forward", arguments.toArray());
    }

    /**
     * The prediction, keeping activations at the borders of blocks alone: gradients compute each block once more
     * (gradient checkpointing, Chen et al. 2016). A third more arithmetic, and a fraction of the memory.
     */
    public CheckpointedPass checkpointed(Scope s, NDArray x, NDArray t, Conditioning c, Precision precision) {
        UNetTuning tuning = prepared == null ? UNetTuning.of(s.device()).stacked(false) : prepared.tuning;
        List<NDArray> begun = kernels()
                .callAll(s, "begin", arguments(x, t, c, precision, tuning).toArray());
        return new CheckpointedPass(s, config, tuning, layout, begun, current.size(), links, c.identityScale());
    }

    /** What {@code begin} takes. */
    private List<Object> arguments(NDArray x, NDArray t, Conditioning c, Precision precision, UNetTuning tuning) {
        UNetInputs.check(config, x, t, c);
        if (prepared != null && prepared.precision != precision) {
            throw new IllegalArgumentException(
                    "this UNet was prepared for " + prepared.precision + ", not " + precision);
        }
        return new ArrayList<>(Arrays.asList(
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
                current,
                starts,
                program,
                config.timeWidth(),
                config.patch(),
                precision.code(),
                tuning.channelsLast(),
                prepared != null,
                prepared == null ? new long[0] : prepared.live,
                prepared == null ? new long[0] : prepared.stacks,
                tuning.stacked(),
                links.tensors(),
                links.scale(),
                links.joints(),
                config.variant().activation().ordinal(),
                config.variant().sineFirst(),
                config.variant().frequencyShift(),
                config.variant().centred(),
                config.variant().imageEmbedding()));
    }

    /**
     * Attaches LoRAs for the following forward passes, differentiable in their weights; replaces those attached before.
     * An empty list detaches.
     *
     * @param loras with their run-time strengths
     * @throws IllegalArgumentException for a module that this UNet does not have, or that is no projection
     */
    public void attach(List<Lora.Use> loras) {
        links = loras.isEmpty()
                ? LoraLinks.NONE
                : LoraLinks.of(loras, this::attachable, stacked() ? layout.places() : Map.of(), current.size());
    }

    /** Where a module's weight is, and its shape is checked against. */
    private int slot(String module, Lora.Adapter adapter) {
        Integer i = index.get(module + ".weight");
        Lora.check(
                Lora.UNET,
                module,
                adapter,
                i == null ? null : layout.slots().get(i).shape());
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
        whole("merge LoRAs before preparing, or attach them");
        return Merged.into(current, scope, loras, this::slot);
    }
}
