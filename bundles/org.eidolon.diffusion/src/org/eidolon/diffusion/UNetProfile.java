// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * What a UNet's pass is made of: every kind of work alone, on tensors of the sizes and as often as in the pass. Times of
 * parts need not add up to the pass's, which also waits for launches; what is left between both is shown by comparing.
 */
public final class UNetProfile {
    private static final Script KERNELS =
            Script.of("unet.py and profile.py", text("unet.py") + "\n\n" + text("profile.py"));

    /** One kind of call: its function and what it takes, shapes of tensors (long[]) and numbers; how often. */
    private record Call(String function, List<Object> arguments) {
        String key() {
            StringBuilder key = new StringBuilder(function);
            arguments.forEach(a -> key.append(' ').append(a instanceof long[] shape ? Arrays.toString(shape) : a));
            return key.toString();
        }
    }

    private final Map<String, Map<String, Call>> kinds = new LinkedHashMap<>();
    private final Map<String, Integer> times = new LinkedHashMap<>();
    private final long batch;
    private final long tokens;
    private final UNetTuning tuning;

    private UNetProfile(long batch, long tokens, UNetTuning tuning) {
        this.batch = batch;
        this.tokens = tokens;
        this.tuning = tuning;
    }

    private static String text(String resource) {
        try (InputStream in = UNetProfile.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Milliseconds of each kind of work in a pass.
     *
     * @param batch pictures of the pass, both branches of guidance counted
     * @param size height and width of the latents
     * @param tokens of the text
     */
    public static Map<String, Double> measure(
            Scope scope, UNetConfig config, Precision precision, int batch, int size, int tokens, int runs) {
        UNetProfile profile = new UNetProfile(batch, tokens, UNetTuning.of(scope.device()));
        profile.walk(config, size);
        Map<String, Double> millis = new LinkedHashMap<>();
        try (var off = Torch.noGradient()) {
            profile.kinds.forEach((kind, calls) -> {
                try (Scope s = scope.child()) {
                    millis.put(kind, profile.time(s, calls.values(), precision, runs));
                }
            });
        }
        return millis;
    }

    private double time(Scope scope, Iterable<Call> calls, Precision precision, int runs) {
        NDArray like = scope.zeros(1);
        List<Object[]> ready = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        for (Call call : calls) {
            List<Object> arguments = new ArrayList<>();
            for (Object a : call.arguments) {
                arguments.add(
                        a instanceof long[] shape
                                ? KERNELS.call(scope, "numbers", shape, precision.code(), like, true)
                                : a);
            }
            arguments.add(times.get(call.key()));
            ready.add(arguments.toArray());
            functions.add(call.function);
        }
        double[] taken = new double[runs];
        for (int run = -1; run < runs; run++) {
            like.toFloatArray();
            long began = System.nanoTime();
            try (Scope s = scope.child()) {
                for (int i = 0; i < ready.size(); i++) {
                    KERNELS.call(s, functions.get(i), ready.get(i)).close();
                }
                like.add(1).toFloatArray();
            }
            if (run >= 0) {
                taken[run] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(taken);
        return taken[runs / 2];
    }

    private void add(String kind, String function, Object... arguments) {
        Call call = new Call(function, List.of(arguments));
        kinds.computeIfAbsent(kind, k -> new LinkedHashMap<>()).putIfAbsent(call.key(), call);
        times.merge(call.key(), 1, Integer::sum);
    }

    private void walk(UNetConfig config, int size) {
        UNetLayout layout = new UNetLayout(config);
        List<Layout.Slot> slots = layout.slots();
        Deque<Long> skips = new ArrayDeque<>();
        long side = size / config.patch();
        long channels = 0;
        for (UNetLayout.Operation op : layout.operations()) {
            int i = op.slot();
            switch (op.kind()) {
                case UNetLayout.CONV -> channels = convolution(slots.get(i).shape(), side, 1);
                case UNetLayout.DOWN -> {
                    channels = convolution(slots.get(i).shape(), side, 2);
                    side = (side + 1) / 2;
                }
                case UNetLayout.UP -> {
                    add("enlarging", "enlarging", shape(channels, side));
                    side *= 2;
                    channels = convolution(slots.get(i).shape(), side, 1);
                }
                case UNetLayout.PUSH -> skips.push(channels);
                case UNetLayout.POP -> {
                    add("joining skips", "joining", shape(channels, side), shape(skips.peek(), side));
                    channels += skips.pop();
                }
                case UNetLayout.OUT -> {
                    groupNorm(channels, side, config.groups());
                    convolution(slots.get(i + 2).shape(), side, 1);
                }
                case UNetLayout.RESNET -> channels = resnet(slots, op, channels, side, config.groups());
                default -> transformer(config, op, channels, side);
            }
        }
    }

    private long[] shape(long channels, long side) {
        return new long[] {batch, channels, side, side};
    }

    private long convolution(long[] weight, long side, int stride) {
        add("convolutions", "convolution", shape(weight[1], side), weight, new long[] {weight[0]}, stride);
        return weight[0];
    }

    private void groupNorm(long channels, long side, int groups) {
        long[] each = {channels};
        add(
                "group norms, activations",
                "group_norm",
                shape(channels, side),
                each,
                each,
                groups,
                tuning.norm().ordinal());
    }

    private long resnet(List<Layout.Slot> slots, UNetLayout.Operation op, long channels, long side, int groups) {
        groupNorm(channels, side, groups);
        long out = convolution(slots.get(op.slot() + 2).shape(), side, 1);
        groupNorm(out, side, groups);
        convolution(slots.get(op.slot() + 8).shape(), side, 1);
        add("additions", "addition", shape(out, side));
        if (op.first() == 1) {
            product(side * side, channels, out, 1);
        }
        return out;
    }

    private void product(long places, long in, long out, int count) {
        for (int i = 0; i < count; i++) {
            add("products", "product", new long[] {batch * places, in}, new long[] {out, in}, new long[] {out});
        }
    }

    private void transformer(UNetConfig config, UNetLayout.Operation op, long width, long side) {
        long places = side * side;
        long[] stream = {batch * places, width};
        long[] each = {width};
        int heads = (int) op.first();
        groupNorm(width, side, config.groups());
        product(places, width, width, 2);
        add("additions", "addition", stream);
        for (int n = 0; n < op.second(); n++) {
            Collections.nCopies(3, stream).forEach(x -> {
                add("layer norms", "layer_norm", x, each, each);
                add("additions", "addition", x);
            });
            product(places, width, 3 * width, 1);
            product(places, width, width, 3);
            product(tokens, config.contextWidth(), 2 * width, 1);
            int kernel = tuning.attention().ordinal();
            add("self-attention", "attention", stream, stream, (int) batch, heads, kernel);
            long[] words = {batch * tokens, width};
            add("cross-attention", "attention", stream, words, (int) batch, heads, kernel);
            long hidden = config.feedForward() * width;
            add("gated products", "gated_product", stream, new long[] {2 * hidden, width}, new long[] {2 * hidden});
            product(places, hidden, width, 1);
        }
    }
}
