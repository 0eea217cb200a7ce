// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;

/**
 * Composes expressions that have no name, and says them: "left eye closed, jaw slightly open", "angry, looking down".
 * An expression's wordings mean the same weights of the head model's shapes.
 */
final class Captions {
    /** A composed expression: shape weights, up to 1.3, and ways to say it. */
    record Caption(float[] shapes, List<String> wordings) {}

    /** How strongly something is done. */
    private record Strength(double amount, List<String> adverbs) {}

    private static final List<Strength> STRENGTHS = List.of(
            new Strength(0.4, List.of("slightly ", "a little ", "barely ", "a bit ")),
            new Strength(0.9, List.of("")),
            new Strength(0.9, List.of("")),
            new Strength(1.2, List.of("very ", "strongly ", "extremely ")));

    private static final List<String> JOINTS = List.of(", ", " and ", ", with ", "; ");
    private static final double WITH_EMOTION = 0.35;
    private static final int WORDINGS = 2;
    private static final float MOST = 1.3f;

    private final HeadModel model;
    private final List<Action> actions = new ArrayList<>();

    Captions(HeadModel model) {
        this.model = model;
        for (Action action : Action.all()) {
            if (action.weights().keySet().stream().allMatch(this::known)) actions.add(action);
        }
    }

    private boolean known(String shape) {
        return model.shapeNames().stream()
                .anyMatch(name -> name.equals(shape) || name.equals(shape + "_L") || name.equals(shape + "_R"));
    }

    /** Draws one. */
    Caption compose(Random random) {
        float[] shapes = new float[model.shapes().size()];
        List<List<String>> said = new ArrayList<>();
        for (int w = 0; w < WORDINGS; w++) said.add(new ArrayList<>());
        if (random.nextDouble() < WITH_EMOTION) {
            Expression emotion = pick(Expression.standard(), random);
            add(shapes, model.shapeWeights(emotion.weights()), 1);
            said.forEach(words -> words.add(pick(emotion.phrases(), random)));
        }
        int count = 1 + random.nextInt(said.getFirst().isEmpty() ? 3 : 2);
        Set<String> parts = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Action action = pick(actions, random);
            if (!parts.add(action.part())) continue;
            Strength strength = pick(STRENGTHS, random);
            boolean graded = action.wordings().stream().anyMatch(w -> w.contains("%"));
            double amount = graded ? strength.amount : 0.9;
            add(shapes, model.shapeWeights(action.weights()), amount);
            List<String> fitting = action.wordings().stream()
                    .filter(w -> amount == 0.9 || w.contains("%"))
                    .toList();
            said.forEach(words ->
                    words.add(pick(fitting, random).replace("%", graded ? pick(strength.adverbs, random) : "")));
        }
        return new Caption(
                shapes,
                said.stream()
                        .map(words -> String.join(pick(JOINTS, random), words))
                        .toList());
    }

    private static void add(float[] into, float[] weights, double amount) {
        for (int i = 0; i < into.length; i++) {
            if (weights[i] != 0) into[i] = Math.min(MOST, Math.max(into[i], (float) (amount * weights[i])));
        }
    }

    private static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
