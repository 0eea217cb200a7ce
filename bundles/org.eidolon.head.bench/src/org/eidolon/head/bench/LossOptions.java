// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.Map;
import org.eidolon.head.model.Expression;

/**
 * What the benchmark of losses measures.
 *
 * @param task people, stages and places
 * @param identities held-out people
 * @param expressions the first so many of the thirteen
 * @param sampleSteps of DDIM, for what the prior draws by itself
 */
record LossOptions(StageTask task, int identities, int expressions, int sampleSteps) {

    /** What is not the truth in each row of the table. */
    static final Map<String, String> ROWS = Map.of(
            "meanHead", "the person is everybody's mean, the expression true",
            "portrait", "the person as read from one portrait; the head model draws",
            "words", "the expression as read from its name; the head model draws",
            "priorSamples", "the prior draws each picture, told the truth",
            "priorSamplesOfRead", "the prior draws each picture, told what was read",
            "lattice", "field, lattice and steps, shown the true pictures",
            "made", "everything: read, drawn, distilled onto the lattice");

    LossOptions {
        int most = Expression.standard().size();
        if (identities < 1 || identities > 64) {
            throw new IllegalArgumentException("--identities must be 1 to 64, was " + identities);
        }
        if (expressions < 1 || expressions > most) {
            throw new IllegalArgumentException("--expressions must be 1 to " + most + ", was " + expressions);
        }
        if (sampleSteps < 1 || sampleSteps > 1000) {
            throw new IllegalArgumentException("--sample-steps must be 1 to 1000, was " + sampleSteps);
        }
    }
}
