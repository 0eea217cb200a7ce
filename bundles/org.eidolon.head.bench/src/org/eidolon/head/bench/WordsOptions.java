// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

/**
 * What the benchmark of words measures.
 *
 * @param task people, stages and places
 * @param count wordings
 * @param together expressions that one run of the stage makes
 */
record WordsOptions(StageTask task, int count, int together) {

    WordsOptions {
        if (count < 2 || count > 400) throw new IllegalArgumentException("--count must be 2 to 400, was " + count);
        if (together < 1 || together > 64) {
            throw new IllegalArgumentException("--together must be 1 to 64, was " + together);
        }
    }
}
