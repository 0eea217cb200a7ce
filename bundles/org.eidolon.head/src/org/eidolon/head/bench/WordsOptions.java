// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import org.eidolon.head.geometry.GeometrySettings;

/**
 * What the benchmark of words measures.
 *
 * @param heads ICT-FaceKit folder or pack
 * @param count wordings
 * @param together expressions that one run of the stage makes
 * @param seed draws the person and the wordings, and is the seed of the stage
 * @param quality draft, standard or high
 * @param geometry settings of the stage
 * @param out where pictures and checkpoints are kept
 * @param resume take up checkpoints of the same measurement
 * @param normals id or file of the normals prior
 * @param size width and height of the compared pictures
 */
record WordsOptions(
        Path heads,
        int count,
        int together,
        long seed,
        String quality,
        GeometrySettings geometry,
        Path out,
        boolean resume,
        String normals,
        int size) {

    WordsOptions {
        if (count < 2 || count > 400) throw new IllegalArgumentException("--count must be 2 to 400, was " + count);
        if (together < 1 || together > 64) {
            throw new IllegalArgumentException("--together must be 1 to 64, was " + together);
        }
        if (seed < 0 || seed > 1L << 32) throw new IllegalArgumentException("--seed must be 0 to 2^32, was " + seed);
    }
}
