// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import java.util.Map;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.model.Expression;

/**
 * What the benchmark of losses measures.
 *
 * @param heads ICT-FaceKit folder or pack
 * @param identities held-out people
 * @param expressions the first so many of the thirteen
 * @param seed draws the people, and is the seed of the stage
 * @param quality draft, standard or high
 * @param geometry settings of the stage and of the direct fit
 * @param sampleSteps of DDIM, for what the prior draws by itself
 * @param out where pictures and checkpoints are kept
 * @param resume take up checkpoints of the same measurement
 * @param normals id or file of the normals prior
 * @param size width and height of the compared pictures
 */
record LossOptions(
        Path heads,
        int identities,
        int expressions,
        long seed,
        String quality,
        GeometrySettings geometry,
        int sampleSteps,
        Path out,
        boolean resume,
        String normals,
        int size) {

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
        if (seed < 0 || seed > 1L << 32) throw new IllegalArgumentException("--seed must be 0 to 2^32, was " + seed);
    }
}
