// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * A forward pass that kept activations at the borders of blocks alone. {@link #gradients} computes block after block
 * anew, from the last to the first, and goes backwards through each by itself. Lives in the scope that it was made in.
 */
public final class CheckpointedPass {
    private final Scope scope;
    private final UNetConfig config;
    private final UNetTuning tuning;
    private final LoraLinks links;
    private final double identityScale;
    private final List<UNetLayout.Segment> segments;

    private final NDArray image;
    private final NDArray embedding;
    private final NDArray words;
    private final List<NDArray> person;
    private final List<NDArray> mask;
    private final List<NDArray> weights;
    private final List<NDArray> loras;

    /** What each segment started with; of those that take up a skip, it as well. */
    private final List<NDArray> starts = new ArrayList<>();

    private final List<NDArray> skips = new ArrayList<>();
    private final NDArray output;

    /** @param begun what {@code begin} gave, flat */
    CheckpointedPass(
            Scope scope,
            UNetConfig config,
            UNetTuning tuning,
            UNetLayout layout,
            List<NDArray> begun,
            int weightCount,
            LoraLinks links,
            double identityScale) {
        this.scope = scope;
        this.config = config;
        this.tuning = tuning;
        this.links = links;
        this.identityScale = identityScale;
        this.segments = layout.segments();
        int lora = begun.size() - 2 * links.pairs();
        int weight = lora - weightCount;
        image = begun.get(0);
        embedding = begun.get(1);
        words = begun.get(2);
        person = begun.subList(3, Math.min(4, weight));
        mask = begun.subList(3 + person.size(), weight);
        weights = begun.subList(weight, lora);
        loras = begun.subList(lora, begun.size());
        output = forward();
    }

    private NDArray forward() {
        try (var off = Torch.noGradient()) {
            Deque<NDArray> left = new ArrayDeque<>();
            NDArray x = image;
            for (UNetLayout.Segment segment : segments) {
                NDArray skip = segment.pops() ? left.pop() : segment.sized() ? left.peek() : null;
                starts.add(x);
                skips.add(skip);
                x = run(scope, segment, x, skip, embedding, words, person, weights, loras);
                if (segment.pushes()) {
                    left.push(x);
                }
            }
            return UNet.kernels().call(scope, "finish", x, config.patch());
        }
    }

    private NDArray run(
            Scope s,
            UNetLayout.Segment segment,
            NDArray x,
            NDArray skip,
            NDArray e,
            NDArray text,
            List<NDArray> identity,
            List<NDArray> w,
            List<NDArray> lora) {
        return UNet.kernels()
                .call(
                        s,
                        "execute",
                        x,
                        e,
                        text,
                        identity,
                        mask,
                        identityScale,
                        w,
                        segment.program(),
                        NoiseSchedule.optional(skip),
                        config.groups(),
                        config.epsilon(),
                        links.link(),
                        lora,
                        tuning.norm().ordinal(),
                        config.variant().activation().ordinal(),
                        tuning.stacked(),
                        tuning.attention().ordinal());
    }

    /** The prediction (B, outChannels, H, W), float32, cut from any graph. */
    public NDArray output() {
        return output;
    }

    /** Values of the beginning, and beside each what stands for it while blocks are computed anew. */
    private final class Leaves {
        final NDArray e = leaves(List.of(embedding)).getFirst();
        final NDArray text = leaves(List.of(words)).getFirst();
        final List<NDArray> identity = leaves(person);
        final List<NDArray> w = leaves(weights);
        final List<NDArray> lora = leaves(loras);
        final Map<NDArray, NDArray> grown = new IdentityHashMap<>();

        private List<NDArray> leaves(List<NDArray> of) {
            boolean[] tracked = tracked(of);
            List<NDArray> leaves = new ArrayList<>();
            for (int i = 0; i < tracked.length; i++) {
                leaves.add(tracked[i] ? UNet.kernels().call(scope, "leaf", of.get(i)) : of.get(i));
            }
            return leaves;
        }

        /** Those that a segment can depend on, its start and skip left aside. */
        List<NDArray> of(UNetLayout.Segment segment) {
            List<NDArray> all = new ArrayList<>();
            if (segment.timed()) {
                all.add(e);
            }
            if (segment.told()) {
                all.add(text);
                all.addAll(identity);
            }
            for (int i = segment.first(); i < segment.end(); i++) {
                all.add(w.get(i));
                if (links.link().length > 0 && links.link()[i] >= 0) {
                    all.add(lora.get(2 * (int) links.link()[i]));
                    all.add(lora.get(2 * (int) links.link()[i] + 1));
                }
            }
            all.removeIf(a -> !a.hasGradient());
            return all;
        }

        void add(NDArray leaf, NDArray gradient) {
            NDArray before = grown.get(leaf);
            grown.put(leaf, before == null ? scope.adopt(gradient) : sum(scope, before, gradient));
        }
    }

    /** Whether gradients reach each of them; DJL tells it of leaves alone. */
    private boolean[] tracked(List<NDArray> tensors) {
        boolean[] tracked = new boolean[tensors.size()];
        try (Scope s = scope.child()) {
            float[] flags = tensors.isEmpty()
                    ? new float[0]
                    : UNet.kernels().call(s, "tracked", tensors).toFloatArray();
            for (int i = 0; i < tracked.length; i++) {
                tracked[i] = flags[i] > 0;
            }
        }
        return tracked;
    }

    private static NDArray sum(Scope s, NDArray a, NDArray b) {
        return NoiseSchedule.script().call(s, "combine", List.of(a, b), new double[] {1, 1});
    }

    /**
     * Gradients by leaves of what the output's gradient is: weights, LoRAs, inputs.
     *
     * @param upstream by {@link #output}, of the same shape
     * @return one for each leaf, in the scope given; zeros for one that takes no part
     */
    public List<NDArray> gradients(Scope s, NDArray upstream, List<NDArray> leaves) {
        Leaves all = new Leaves();
        Map<NDArray, NDArray> byActivation = new IdentityHashMap<>();
        boolean toImage = tracked(List.of(image))[0];
        int first = toImage ? 0 : firstThatMatters(all);
        NDArray up = upstream;
        for (int i = segments.size() - 1; i >= first; i--) {
            UNetLayout.Segment segment = segments.get(i);
            try (Scope inner = scope.child();
                    var on = Torch.gradient()) {
                boolean wanted = i > first || toImage;
                NDArray x = wanted ? UNet.kernels().call(inner, "leaf", starts.get(i)) : starts.get(i);
                NDArray skip = segment.pops() ? UNet.kernels().call(inner, "leaf", skips.get(i)) : skips.get(i);
                NDArray out = run(inner, segment, x, skip, all.e, all.text, all.identity, all.w, all.lora);
                if (i == segments.size() - 1) {
                    out = UNet.kernels().call(inner, "finish", out, config.patch());
                }
                List<NDArray> of = all.of(segment);
                int own = of.size();
                if (segment.pops()) {
                    of.add(skip);
                }
                if (wanted) {
                    of.add(x);
                }
                List<NDArray> found = UNet.kernels().callAll(inner, "grown", List.of(out), List.of(up), of);
                for (int n = 0; n < own; n++) {
                    if (found.get(n) != null) {
                        all.add(of.get(n), found.get(n));
                    }
                }
                if (segment.pops()) {
                    byActivation.put(skips.get(i), scope.adopt(found.get(own)));
                }
                if (i < segments.size() - 1) {
                    up.close();
                }
                if (wanted) {
                    // what was left for the way up has its share from there
                    NDArray share = byActivation.remove(starts.get(i));
                    NDArray by = found.getLast();
                    up = share == null ? scope.adopt(by) : sum(scope, by, share);
                    if (share != null) {
                        share.close();
                    }
                }
            }
        }
        return beginning(s, all, toImage ? up : null, leaves);
    }

    /** Segments before the first that anything depends on need not be gone through. */
    private int firstThatMatters(Leaves all) {
        int first = 0;
        while (first < segments.size() - 1 && all.of(segments.get(first)).isEmpty()) {
            first++;
        }
        return first;
    }

    /** From what the blocks depend on to what the caller asks for. */
    private List<NDArray> beginning(Scope s, Leaves all, NDArray byImage, List<NDArray> leaves) {
        List<NDArray> outputs = new ArrayList<>();
        List<NDArray> upstream = new ArrayList<>();
        collect(all, List.of(embedding, words), List.of(all.e, all.text), outputs, upstream);
        collect(all, person, all.identity, outputs, upstream);
        collect(all, weights, all.w, outputs, upstream);
        collect(all, loras, all.lora, outputs, upstream);
        if (byImage != null) {
            outputs.add(image);
            upstream.add(byImage);
        }
        Script kernels = UNet.kernels();
        List<NDArray> found = outputs.isEmpty()
                ? Collections.nCopies(leaves.size(), null)
                : kernels.callAll(s, "grown", outputs, upstream, leaves);
        List<NDArray> gradients = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            NDArray zero =
                    s.manager().zeros(leaves.get(i).getShape(), leaves.get(i).getDataType());
            gradients.add(found.get(i) == null ? zero : found.get(i));
        }
        return gradients;
    }

    private static void collect(
            Leaves all, List<NDArray> values, List<NDArray> standing, List<NDArray> outputs, List<NDArray> upstream) {
        for (int i = 0; i < values.size(); i++) {
            NDArray gradient = all.grown.get(standing.get(i));
            if (gradient != null) {
                outputs.add(values.get(i));
                upstream.add(gradient);
            }
        }
    }
}
