// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.eidolon.torch.Adam;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Weights;

/**
 * What the optimisers of the stages have in common: the chance and the rate of a step, and how a run is stopped and taken
 * up. All chance in a step follows from the seed and the step's number, so a run that was stopped goes on as if it never
 * had been.
 *
 * @param parameters of the field that is moved, by name
 * @param adam moves them, and counts the steps
 * @param seed of the run
 */
public record StageSteps(Scope scope, Map<String, NDArray> parameters, Adam adam, long seed) {
    private static final String STEP = "step", RUN = "run", FIELD = "field.", ADAM = "adam.";

    /** Steps that were taken, those before a resume counted in. */
    public long done() {
        return adam.steps();
    }

    /** The chance of the next step. */
    public Random chance() {
        Random random = new Random((seed * 0x9E3779B97F4A7C15L) ^ (adam.steps() + 1) * 0xD1B54A32D192ED03L);
        random.nextLong();
        return random;
    }

    /** So many different numbers below {@code all}, in chance's order. */
    public static int[] some(int count, int all, Random random) {
        int[] order = new int[all];
        for (int i = 0; i < all; i++) order[i] = i;
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(all - i);
            chosen[i] = order[j];
            order[j] = order[i];
        }
        return chosen;
    }

    /**
     * Share of the peak learning rate for the next step: a linear warm-up, then a cosine fall.
     *
     * @param warmUp steps until the peak
     * @param last share that is left at the end
     * @param steps of the whole run
     */
    public double rate(int warmUp, double last, int steps) {
        double warm = Math.min(1, (adam.steps() + 1.0) / warmUp);
        double progress = Math.min(1, (double) adam.steps() / Math.max(1, steps));
        return warm * (last + (1 - last) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }

    /** Writes weights, the optimiser's state and the step; {@code run} says what they belong to. */
    public void save(Path file, String run) throws IOException {
        Map<String, NDArray> all = new LinkedHashMap<>();
        parameters.forEach((name, t) -> all.put(FIELD + name, t));
        adam.state().forEach((name, t) -> all.put(ADAM + name, t));
        SafeTensorsWriter.FLOAT.write(file, all, Map.of(STEP, Long.toString(adam.steps()), RUN, run));
    }

    /** Takes over a saved state if it belongs to the same run, else leaves everything as it is. */
    public boolean restore(Path file, String run) throws IOException {
        long steps;
        try (SafeTensors in = SafeTensors.open(file)) {
            if (!run.equals(in.metadata().get(RUN))) return false;
            steps = Long.parseLong(in.metadata().get(STEP));
        }
        try (Scope s = scope.child()) {
            Map<String, NDArray> weights = new LinkedHashMap<>(), moments = new LinkedHashMap<>();
            Weights.load(s, file).map().forEach((name, t) -> {
                if (name.startsWith(FIELD)) weights.put(name.substring(FIELD.length()), t);
                else moments.put(name.substring(ADAM.length()), t);
            });
            Weights own = new Weights();
            parameters.forEach(own::put);
            own.set(weights);
            adam.restore(moments, steps);
        }
        return true;
    }
}
