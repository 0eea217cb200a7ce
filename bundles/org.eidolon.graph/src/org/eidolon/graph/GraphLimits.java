// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

/**
 * What a reader accepts, so that a hostile file costs bounded memory.
 *
 * @param bytes size of the file
 * @param values JSON values of any kind
 * @param depth nesting of JSON values
 * @param elements nodes, reroutes, frames and notes together
 */
public record GraphLimits(long bytes, int values, int depth, int elements) {
    public static final GraphLimits DEFAULT = new GraphLimits(32L << 20, 1_000_000, 64, 100_000);
}
