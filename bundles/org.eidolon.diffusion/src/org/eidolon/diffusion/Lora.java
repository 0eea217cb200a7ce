// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Low-rank adaptation W + (α/r) B A (Hu et al. 2022), as a rule of a UNet's projections: linear layers and 1×1
 * convolutions of its transformers. Attach it to a {@link UNet} to train or to change its strength at run time; merge it
 * to run for free. Those that others trained may reach convolutions and a text encoder too.
 */
public final class Lora {
    private static final Pattern REACHED = Pattern.compile(
            ".*\\.(to_q|to_k|to_v|to_out\\.0|to_k_ip|to_v_ip|proj_in|proj_out|ff\\.net\\.0\\.proj|ff\\.net\\.2)");
    private static final Pattern ATTENTION = Pattern.compile(".*\\.attn[12]\\.(to_q|to_k|to_v|to_out\\.0)");

    /**
     * One module's pair: a (rank, in) and b (out, rank); for a convolution a (rank, in, kernel, kernel) and
     * b (out, rank, 1, 1).
     */
    public record Adapter(NDArray a, NDArray b, double alpha) {
        public long rank() {
            return a.getShape().get(0);
        }
    }

    /** How errors call the networks that LoRAs are of. */
    static final String UNET = "UNet", TEXT = "text encoder";

    /** A LoRA at a strength; 1 is as trained. */
    public record Use(Lora lora, double strength) {}

    private final Map<String, Adapter> modules;

    private Lora(Map<String, Adapter> modules) {
        this.modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
    }

    /** A LoRA of pairs that are already there, by module names. */
    public static Lora of(Map<String, Adapter> modules) {
        if (modules.isEmpty()) {
            throw new IllegalArgumentException("LoRA: there are no modules");
        }
        return new Lora(modules);
    }

    /** The q, k, v and out projections of self- and cross-attention: what the paper's 0.2% are. */
    public static Predicate<String> attention() {
        return ATTENTION.asMatchPredicate();
    }

    /** Checks that a pair makes a change of a weight's shape. */
    static void check(String what, String module, Adapter adapter, long[] shape) {
        check(
                what,
                module,
                adapter.a().getShape().getShape(),
                adapter.b().getShape().getShape(),
                shape);
    }

    /**
     * The same of shapes.
     *
     * @param shape of the weight; null where the network has none of this name
     */
    static void check(String what, String module, long[] down, long[] up, long[] shape) {
        if (shape == null || shape.length < 2 || module.endsWith("_embedding")) {
            throw new IllegalArgumentException("LoRA: this " + what + " has no module '" + module + "'");
        }
        long in = Arrays.stream(down).skip(1).reduce(1, Math::multiplyExact);
        long wanted = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        boolean kernel =
                down.length < 4 || shape.length < 4 || Arrays.equals(down, 1, down.length, shape, 1, shape.length);
        if (shape[0] != up[0] || in != wanted || !kernel) {
            throw new IllegalArgumentException("LoRA: '" + module + "' is " + in + "→" + up[0] + ", the " + what
                    + "'s is " + wanted + "→" + shape[0] + (kernel ? "" : ", with another kernel"));
        }
    }

    static boolean reaches(String module) {
        return REACHED.matcher(module).matches();
    }

    /**
     * A fresh LoRA on the projections that the predicate chooses by module name (diffusers' names, e.g.
     * {@code mid_block.attentions.0.transformer_blocks.0.attn1.to_q}). A is uniform within 1/√in, B is zero, so that it
     * starts without effect.
     */
    public static Lora create(
            Scope scope, UNetConfig config, Predicate<String> which, int rank, double alpha, long seed) {
        if (rank < 1 || !(alpha > 0)) {
            throw new IllegalArgumentException("LoRA: rank and alpha must be positive, not " + rank + ", " + alpha);
        }
        Torch.seed(seed);
        Map<String, Adapter> modules = new LinkedHashMap<>();
        targets(config, which).forEach((module, shape) -> {
            boolean convolution = shape.length == 4;
            long[] down = convolution ? new long[] {rank, shape[1], 1, 1} : new long[] {rank, shape[1]};
            long[] up = convolution ? new long[] {shape[0], rank, 1, 1} : new long[] {shape[0], rank};
            NDArray a;
            try (var off = Torch.noGradient();
                    Scope s = scope.child()) {
                a = s.keep(UNet.kernels().call(s, "uniform", s.zeros(1), down, 1 / Math.sqrt(shape[1])));
            }
            modules.put(module, new Adapter(Torch.parameter(a), Torch.parameter(scope.zeros(up)), alpha));
        });
        return of(modules);
    }

    private static Map<String, long[]> targets(UNetConfig config, Predicate<String> which) {
        Map<String, long[]> targets = new LinkedHashMap<>();
        UNet.shapes(config).forEach((name, shape) -> {
            String module = name.endsWith(".weight") ? name.substring(0, name.length() - 7) : "";
            if (reaches(module) && which.test(module)) {
                targets.put(module, shape);
            }
        });
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("LoRA: no projection of this UNet was chosen");
        }
        return targets;
    }

    /** How many numbers a LoRA of this rank would have. */
    public static long count(UNetConfig config, Predicate<String> which, int rank) {
        return targets(config, which).values().stream()
                .mapToLong(s -> rank * (s[0] + s[1]))
                .sum();
    }

    /** Pairs by module name. */
    public Map<String, Adapter> modules() {
        return modules;
    }

    /** All tensors, for an optimiser: a and b in turn. */
    public List<NDArray> tensors() {
        List<NDArray> all = new ArrayList<>();
        modules.values().forEach(m -> {
            all.add(m.a());
            all.add(m.b());
        });
        return all;
    }

    /** How many numbers it has. */
    public long count() {
        return tensors().stream().mapToLong(NDArray::size).sum();
    }

    /** At a strength, for {@link UNet#attach} and {@link UNet#merge}. */
    public Use at(double strength) {
        return new Use(this, strength);
    }
}
