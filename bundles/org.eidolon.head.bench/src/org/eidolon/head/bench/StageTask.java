// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import org.eidolon.head.geometry.GeometrySettings;

/**
 * What all benchmarks are told that make heads by the stages.
 *
 * @param heads ICT-FaceKit folder or pack
 * @param seed draws people and words, and is the seed of the stages
 * @param quality draft, standard or high
 * @param geometry settings of the geometry stage, and of direct fits
 * @param out where results, pictures and checkpoints are kept
 * @param resume take up what {@code out} holds of the same measurement
 * @param normals id or file of the normals prior
 * @param size width and height of the compared pictures
 */
record StageTask(
        Path heads,
        long seed,
        String quality,
        GeometrySettings geometry,
        Path out,
        boolean resume,
        String normals,
        int size) {
    /** Usual width and height of the compared pictures. */
    static final int SIZE = 128;

    StageTask {
        if (seed < 0 || seed > 1L << 32) throw new IllegalArgumentException("--seed must be 0 to 2^32, was " + seed);
    }
}
