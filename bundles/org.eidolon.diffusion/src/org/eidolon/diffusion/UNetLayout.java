// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A configuration laid out as the program and the weight list that {@code unet.py} runs. */
final class UNetLayout extends Layout {
    private static final int RESNET = 1;
    private static final int TRANSFORMER = 2;
    private static final int DOWN = 3;
    private static final int UP = 4;
    private static final int PUSH = 5;
    private static final int POP = 6;
    private static final int CONV = 7;
    private static final int OUT = 8;

    private final UNetConfig config;
    private final long[] starts = new long[12];
    private final List<int[]> stacks = new ArrayList<>();
    private int timeRows;

    UNetLayout(UNetConfig config) {
        this.config = config;
        Arrays.fill(starts, -1);
        conditioning();
        codes();
        body();
    }

    /** Where the optional parts start, in the order that {@code unet.py} documents. */
    long[] starts() {
        return starts;
    }

    /** Places of matrices that read the same tokens and can be stacked into one product. */
    List<int[]> stacks() {
        return stacks;
    }

    /** Where in them each matrix lies. */
    Map<Integer, LoraLinks.Place> places() {
        Map<Integer, LoraLinks.Place> places = new HashMap<>();
        for (int[] stack : stacks) {
            long before = 0;
            long all = Arrays.stream(stack).mapToLong(this::rows).sum();
            for (int i : stack) {
                places.put(i, new LoraLinks.Place(stack[0], before, all - before - rows(i)));
                before += rows(i);
            }
        }
        return places;
    }

    private long rows(int slot) {
        return slots().get(slot).shape()[0];
    }

    /**
     * A part of the program that ends with the activations that the next one starts with.
     *
     * @param program its operations
     * @param first the first of its weights
     * @param end behind the last of them
     * @param pops whether it takes up what the way down left
     * @param sized whether it reads the size of that
     * @param pushes whether its result is left for the way up
     */
    record Segment(long[] program, int first, int end, boolean pops, boolean sized, boolean pushes) {
        /** Whether the time embedding is in it. */
        boolean timed() {
            return has(RESNET);
        }

        /** Whether words and person are in it. */
        boolean told() {
            return has(TRANSFORMER);
        }

        private boolean has(int op) {
            return IntStream.iterate(0, p -> p < program.length, p -> p + 2 + ARGUMENTS)
                    .anyMatch(p -> program[p] == op);
        }
    }

    /** The program, cut at residual blocks (each with the transformer behind it) and where the size changes. */
    List<Segment> segments() {
        long[] all = program();
        int width = 2 + ARGUMENTS;
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int p = width; p <= all.length; p += width) {
            boolean end = p == all.length;
            long op = end ? POP : all[p];
            boolean begins = op != PUSH && op != TRANSFORMER && !(op == RESNET && all[p - width] == POP);
            if (end || begins) {
                segments.add(segment(all, from, p, end ? slots().size() : (int) all[p + 1]));
                from = p;
            }
        }
        return segments;
    }

    private static Segment segment(long[] all, int from, int to, int end) {
        int width = 2 + ARGUMENTS;
        boolean pushes = all[to - width] == PUSH;
        long[] program = Arrays.copyOfRange(all, from, pushes ? to - width : to);
        return new Segment(program, (int) all[from + 1], end, all[from] == POP, all[from] == UP, pushes);
    }

    private void conditioning() {
        int time = config.embeddingWidth();
        int context = config.contextWidth();
        start(0);
        linear("time_embedding.linear_1", config.timeWidth(), time, true);
        linear("time_embedding.linear_2", time, time, true);
        if (config.viewWidth() > 0) {
            start(1);
            linear("view_embedding.linear_1", config.viewWidth(), time, true);
            linear("view_embedding.linear_2", time, time, true);
        }
        if (config.textWidth() > 0) {
            start(2);
            linear("text.proj", config.textWidth(), context * config.textTokens(), true);
            norm("text.norm", context);
            weight("text.null", Start.FAN_IN, context, context);
            if (config.pooled()) {
                start(3);
                linear("text.pooled", config.textWidth(), time, false);
            }
        }
        if (config.identityWidth() == 0) {
            return;
        }
        int identity = config.identityWidth();
        start(4);
        if (config.variant().imageEmbedding()) {
            linear("identity.proj", identity, context * config.identityTokens(), true);
        } else {
            linear("identity.proj.0", identity, 2 * identity, true);
            linear("identity.proj.2", 2 * identity, context * config.identityTokens(), true);
        }
        norm("identity.norm", context);
        if (config.featureWidth() > 0) {
            start(5);
            linear("identity.features.proj", config.featureWidth(), context, true);
            norm("identity.features.norm", context);
            weight("identity.features.position", Start.FAN_IN, context, config.featurePositions(), context);
        }
        if (config.learnedNull()) {
            start(6);
            weight("identity.null", Start.FAN_IN, context, context);
        }
        if (config.pooled()) {
            start(7);
            linear("identity.pooled", identity, time, false);
            if (config.featureWidth() > 0) {
                start(8);
                linear("identity.features.pool_in", config.featureWidth(), 16, false);
                linear("identity.features.pool_out", 16 * config.featurePositions(), time, false);
            }
        }
    }

    private void codes() {
        int time = config.embeddingWidth();
        if (config.identityCode() + config.textCode() == 0) {
            return;
        }
        start(9);
        linear("codes.linear_1", config.identityCode() + config.textCode(), time, true);
        weight("codes.linear_2.weight", Start.ZERO, time, time, time);
        weight("codes.linear_2.bias", Start.ZERO, time, time);
        codeTokens(10, "codes.identity", config.identityCode());
        codeTokens(11, "codes.text", config.textCode());
    }

    private void codeTokens(int part, String name, int length) {
        if (length > 0) {
            start(part);
            linear(name + ".proj", length, config.contextWidth() * config.codeTokens(), true);
            norm(name + ".norm", config.contextWidth());
        }
    }

    private void body() {
        List<Integer> widths = config.channels();
        int levels = widths.size();
        int fold = config.patch() * config.patch();
        int current = widths.getFirst();
        Deque<Integer> skips = new ArrayDeque<>();
        op(CONV);
        convolution("conv_in", config.inChannels() * fold, current, 3, Start.FAN_IN);
        op(PUSH);
        skips.push(current);
        for (int level = 0; level < levels; level++) {
            String block = "down_blocks." + level;
            for (int i = 0; i < config.resBlocks().get(level); i++) {
                resnet(block + ".resnets." + i, current, widths.get(level));
                current = widths.get(level);
                attention(block + ".attentions." + i, level);
                op(PUSH);
                skips.push(current);
            }
            if (level < levels - 1) {
                op(DOWN);
                convolution(block + ".downsamplers.0.conv", current, current, 3, Start.FAN_IN);
                op(PUSH);
                skips.push(current);
            }
        }
        resnet("mid_block.resnets.0", current, current);
        attention("mid_block.attentions.0", levels - 1, config.midAttention(), false);
        resnet("mid_block.resnets.1", current, current);
        for (int up = 0; up < levels; up++) {
            int level = levels - 1 - up;
            String block = "up_blocks." + up;
            for (int i = 0; i <= config.resBlocks().get(level); i++) {
                op(POP);
                resnet(block + ".resnets." + i, current + skips.pop(), widths.get(level));
                current = widths.get(level);
                attention(block + ".attentions." + i, level);
            }
            if (level > 0) {
                op(UP);
                convolution(block + ".upsamplers.0.conv", current, current, 3, Start.FAN_IN);
            }
        }
        op(OUT);
        norm("conv_norm_out", current);
        convolution("conv_out", current, config.outChannels() * fold, 3, Start.ZERO);
    }

    private void resnet(String name, int in, int out) {
        boolean shift = config.scaleShift();
        op(RESNET, in != out ? 1 : 0, shift ? 1 : 0, timeRows);
        timeRows += shift ? 2 * out : out;
        norm(name + ".norm1", in);
        convolution(name + ".conv1", in, out, 3, Start.FAN_IN);
        linear(name + ".time_emb_proj", config.embeddingWidth(), shift ? 2 * out : out, true);
        norm(name + ".norm2", out);
        convolution(name + ".conv2", out, out, 3, Start.ZERO);
        if (in != out) {
            convolution(name + ".conv_shortcut", in, out, 1, Start.FAN_IN);
        }
    }

    private void attention(String name, int level) {
        attention(name, level, config.attention().get(level), config.variant().onlyContext(level));
    }

    private void attention(String name, int level, boolean present, boolean onlyContext) {
        if (!present) {
            return;
        }
        int width = config.channels().get(level);
        int context = config.contextWidth();
        boolean adapter = config.identityWidth() > 0;
        int depth = config.depths().get(level);
        op(TRANSFORMER, config.heads().get(level), depth, (adapter ? 1 : 0) + (onlyContext ? 2 : 0));
        norm(name + ".norm", width);
        projection(name + ".proj_in", width, Start.FAN_IN);
        for (int i = 0; i < depth; i++) {
            String block = name + ".transformer_blocks." + i;
            norm(block + ".norm1", width);
            int self = queryKeyValueOut(block + ".attn1", width, onlyContext ? context : width);
            stacks.add(onlyContext ? new int[] {self + 1, self + 2} : new int[] {self, self + 1, self + 2});
            norm(block + ".norm2", width);
            int cross = queryKeyValueOut(block + ".attn2", width, context);
            stacks.add(new int[] {cross + 1, cross + 2});
            if (adapter) {
                stacks.add(new int[] {slots().size(), slots().size() + 1});
                linear(block + ".attn2.to_k_ip", context, width, false);
                linear(block + ".attn2.to_v_ip", context, width, false);
            }
            norm(block + ".norm3", width);
            int hidden = config.feedForward() * width;
            linear(block + ".ff.net.0.proj", width, 2 * hidden, true);
            linear(block + ".ff.net.2", hidden, width, true);
        }
        projection(name + ".proj_out", width, Start.ZERO);
    }

    /** Gives the query's place. */
    private int queryKeyValueOut(String name, int width, int context) {
        int first = slots().size();
        linear(name + ".to_q", width, width, false);
        linear(name + ".to_k", context, width, false);
        linear(name + ".to_v", context, width, false);
        linear(name + ".to_out.0", width, width, true);
        return first;
    }

    private void projection(String name, int width, Start start) {
        if (config.linearProjection()) {
            weight(name + ".weight", start, width, width, width);
            weight(name + ".bias", start, width, width);
        } else {
            convolution(name, width, width, 1, start);
        }
    }

    private void start(int part) {
        starts[part] = slots().size();
    }
}
