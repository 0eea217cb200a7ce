// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * All that a prior can be told in words in a run, encoded once: each expression from each side, and what is not wanted.
 *
 * @param states (expressions × sides, N, C), sides of the first expression first
 * @param unwanted (1, N, C)
 */
public record LatentWords(NDArray states, NDArray unwanted) {
    static final Script KERNELS = Script.load(LatentWords.class, "latent.py");

    /** Says what the denoiser reads of a text. */
    @FunctionalInterface
    public interface TextEncoder {
        /** (1, N, C), without gradients. */
        NDArray states(Scope s, String text);
    }

    /** How many sides there are words for. */
    public static final int SIDES = Wording.Side.values().length;

    /**
     * Encodes the words of a run. An expression of another strength than 1 lies on the line from the words of a face at
     * rest through its own, as weights of words do in other programs.
     *
     * @param scope keeps the states
     */
    public static LatentWords of(Scope scope, TextEncoder encoder, Wording wording, List<Said> worn) {
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            List<NDArray> all = new ArrayList<>();
            for (Said said : worn) {
                for (Wording.Side side : Wording.Side.values()) {
                    NDArray full = encoder.states(s, wording.text(said.words(), side));
                    if (said.intensity() == 1) {
                        all.add(full);
                    } else {
                        NDArray rest = encoder.states(s, wording.text(Said.REST, side));
                        all.add(KERNELS.call(s, "between", rest, full, said.intensity()));
                    }
                }
            }
            return new LatentWords(s.keep(KERNELS.call(s, "join", all)), s.keep(encoder.states(s, wording.unwanted())));
        }
    }

    /** What a prior is told of each expression from the front, and then what is not wanted. */
    public static List<String> texts(Wording wording, List<Said> worn) {
        List<String> all = new ArrayList<>();
        worn.forEach(said -> all.add(wording.text(said.words(), Wording.Side.FRONT)));
        all.add(wording.unwanted());
        return all;
    }

    /** How many expressions. */
    public int expressions() {
        return Math.toIntExact(states.getShape().get(0) / SIDES);
    }

    /** The row of an expression as a view shows it. */
    long row(int expression, View view) {
        return (long) expression * SIDES + Wording.Side.of(view).ordinal();
    }
}
