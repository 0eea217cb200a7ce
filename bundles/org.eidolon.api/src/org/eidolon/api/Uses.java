// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/** What of the surrounding run a node depends on. Each but {@link #CHECKPOINTS} becomes part of its content key. */
public enum Uses {
    /** Computes on {@link Run#device()}; the kind of device (cpu, cuda) enters the content key. */
    DEVICE,
    /** Draws random numbers from {@link Run#seed()}. */
    SEED,
    /** Reads {@link Run#quality()}. */
    QUALITY,
    /** Reads {@link Run#graph()}: whatever changes in the graph, it runs again. */
    GRAPH,
    /**
     * Runs long and saves {@link Run#checkpoints()}; says nothing about the result. When the run is cancelled the node's thread
     * is not interrupted, as the threads of other nodes are, so that it can save how far it came: it hears of the end by {@link
     * Run#checkCancelled()} alone and has two seconds then.
     */
    CHECKPOINTS
}
