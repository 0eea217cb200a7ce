// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Ema;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;

/**
 * Trains a LoRA, and adapters beside it, on a network that stays as it is: predictions of noised latents against what was
 * added, mean square. Masters, gradients and moments are float32; the network computes in what it was prepared for.
 */
public final class LoraTrainer implements AutoCloseable {
    private static final Script KERNELS = Script.load(LoraTrainer.class, "trainer.py");

    /**
     * How it trains.
     *
     * @param precision of the network
     * @param checkpointing activations are computed anew going backwards: less memory, a third more time
     * @param adam rates, decay and clipping
     * @param emaDecay of the average of what is trained; 0 for none
     */
    public record Settings(Precision precision, boolean checkpointing, Adam.Options adam, double emaDecay) {}

    private final Scope scope;
    private final UNet unet;
    private final NoiseSchedule schedule;
    private final Lora lora;
    private final Map<String, NDArray> adapters;
    private final Settings settings;
    private final Map<String, NDArray> trained = new LinkedHashMap<>();
    private final List<NDArray> leaves;
    private final List<NDArray> collected = new ArrayList<>();
    private final Adam adam;
    private final Ema ema;
    private boolean some;

    /**
     * @param unet prepared so that it takes gradients by the adapters ({@link UNet#prepare(Scope, Precision, UNetTuning,
     *     java.util.function.Predicate)}); the LoRA is attached to it
     * @param adapters weights of the network that are trained too, by name; may be empty
     */
    public LoraTrainer(
            Scope scope,
            UNet unet,
            NoiseSchedule schedule,
            Lora lora,
            Map<String, NDArray> adapters,
            Settings settings) {
        this.scope = scope.child();
        this.unet = unet;
        this.schedule = schedule;
        this.lora = lora;
        this.adapters = Map.copyOf(adapters);
        this.settings = settings;
        lora.modules().forEach((module, pair) -> {
            trained.put(module + LoraFile.DOWN, pair.a());
            trained.put(module + LoraFile.UP, pair.b());
        });
        trained.putAll(adapters);
        leaves = List.copyOf(trained.values());
        leaves.forEach(leaf -> collected.add(this.scope.zeros(leaf.getShape().getShape())));
        unet.attach(List.of(lora.at(1)));
        adam = new Adam(this.scope, leaves, settings.adam());
        ema = settings.emaDecay() > 0 ? new Ema(this.scope, leaves) : null;
    }

    /**
     * Goes forwards and backwards on a batch and adds its gradients to those collected.
     *
     * @param clean latents (B, C, H, W)
     * @param noise of the same shape
     * @param t timesteps (B)
     * @param weight of each item's error (B), or null
     * @param share of this batch in the step: 1, or less where several are collected
     * @return the loss, one number
     */
    public NDArray collect(
            Scope s, NDArray clean, NDArray noise, NDArray t, Conditioning c, NDArray weight, double share) {
        NDArray z = schedule.addNoise(s, clean, noise, t);
        NDArray target = schedule.target(s, clean, noise, t);
        NDArray loss;
        List<NDArray> gradients;
        if (settings.checkpointing()) {
            CheckpointedPass pass = unet.checkpointed(s, z, t, c, settings.precision());
            NDArray output = Torch.parameter(pass.output());
            loss = schedule.loss(s, output, target, weight);
            List<NDArray> upstream = Torch.gradients(s, loss, null, List.of(output));
            gradients = pass.gradients(s, upstream.getFirst(), leaves);
        } else {
            loss = schedule.loss(s, unet.forward(s, z, t, c, settings.precision()), target, weight);
            gradients = KERNELS.callAll(s, "gradients", loss, leaves);
        }
        KERNELS.run(s, "add", collected, gradients, share, some);
        some = true;
        return Torch.detach(s, loss);
    }

    /**
     * Takes a step with the gradients collected since the last one.
     *
     * @return their common norm before clipping
     */
    public NDArray step(Scope s, double learningRate) {
        if (!some) {
            throw new IllegalStateException("there are no gradients to take a step with: collect some");
        }
        adam.learningRate(learningRate);
        NDArray norm = adam.step(s, collected);
        some = false;
        if (ema != null) {
            // an average over more steps than were taken would be one of the start
            ema.update(Math.min(settings.emaDecay(), (1.0 + adam.steps()) / (10.0 + adam.steps())));
        }
        return norm;
    }

    /** Steps taken, those before a resume counted in. */
    public long steps() {
        return adam.steps();
    }

    /** What is trained, by name: LoRA pairs under their modules, adapters under their own. */
    public Map<String, NDArray> trained() {
        return trained;
    }

    /** The average of it, or the values themselves where none is kept. */
    public Map<String, NDArray> averages() {
        if (ema == null) {
            return trained;
        }
        Map<String, NDArray> averages = new LinkedHashMap<>();
        int i = 0;
        for (String name : trained.keySet()) {
            averages.put(name, ema.averages().get(i++));
        }
        return averages;
    }

    /** The LoRA as it should be written: averages where they are kept. */
    public Lora lora() {
        Map<String, NDArray> averages = averages();
        Map<String, Lora.Adapter> modules = new LinkedHashMap<>();
        lora.modules()
                .forEach((module, pair) -> modules.put(
                        module,
                        new Lora.Adapter(
                                averages.get(module + LoraFile.DOWN),
                                averages.get(module + LoraFile.UP),
                                pair.alpha())));
        return Lora.of(modules);
    }

    /** The adapters' weights likewise. */
    public Map<String, NDArray> adapters() {
        Map<String, NDArray> values = new LinkedHashMap<>(averages());
        values.keySet().retainAll(adapters.keySet());
        return values;
    }

    /** Values, averages and moments, for a file; the tensors are the live ones. */
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        trained.forEach((name, value) -> state.put("value." + name, value));
        if (ema != null) {
            averages().forEach((name, value) -> state.put("average." + name, value));
        }
        adam.state().forEach((name, value) -> state.put("adam." + name, value));
        return state;
    }

    /**
     * Takes over a saved state.
     *
     * @param saved by the names of {@link #state}
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public void restore(Map<String, NDArray> saved, long steps) {
        Map<String, NDArray> moments = new LinkedHashMap<>();
        Map<String, NDArray> values = new LinkedHashMap<>();
        Map<String, NDArray> into = new LinkedHashMap<>(state());
        adam.state().keySet().forEach(name -> {
            into.remove("adam." + name);
            moments.put(name, saved.get("adam." + name));
        });
        into.keySet().forEach(name -> values.put(name, saved.get(name)));
        try (var off = Torch.noGradient()) {
            Weights.copy(values, into, "checkpoint");
            adam.restore(moments, steps);
        }
    }

    @Override
    public void close() {
        unet.attach(List.of());
        scope.close();
    }
}
