// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** What the engine offers a running node. Safe to use from any thread of that node. */
public interface Run {
    /** Where to compute; the node must declare {@link Uses#DEVICE}. */
    Device device();

    /** Seed of this node's random numbers; the node must declare {@link Uses#SEED}. */
    long seed();

    /** The quality asked for, never "auto"; the node must declare {@link Uses#QUALITY}. */
    Quality quality();

    /**
     * Canonical text of the graph that this run is of, with the user's settings written into it (of files from outside
     * its folder only the names); the node must declare {@link Uses#GRAPH}. For results that carry their graph along.
     */
    String graph();

    /**
     * Says how far the node is; call it as often as you like, the engine thins it out and works out rate and time left.
     *
     * @param stage what is being done, a word or two; a new stage starts a new rate
     * @param done units done so far
     * @param total units in all, 0 when unknown
     * @param unit what is counted, in the singular: step, image
     */
    void progress(String stage, long done, long total, String unit);

    /** Shows an intermediate result (an Image, a Mesh, any value with a {@link ValueType}); later ones replace it. */
    void preview(String name, Object value);

    /** A line of detail for the log. */
    void log(String message);

    /** Something the user should know although the run goes on. */
    void warn(String message);

    /**
     * A fact for the run record: a licence, a score, the steps taken. Kept with the cached result, so that a run
     * answered from the cache still reports it.
     *
     * @param value anything that {@link Json} writes
     */
    void record(String key, Object value);

    /**
     * Says what a parameter that was left auto came to mean, for the run record. Kept like a {@linkplain #record fact}.
     *
     * @throws IllegalArgumentException unless it is a parameter of the node that may be auto
     */
    void settled(String parameter, Object value);

    /**
     * The value of a parameter that may be auto.
     *
     * @param asked what the user gave; null for auto, and then it is {@link #settled}
     * @param usual what auto means here
     */
    default <T> T auto(String parameter, T asked, T usual) {
        if (asked == null) {
            settled(parameter, usual);
        }
        return asked == null ? usual : asked;
    }

    boolean isCancelled();

    /**
     * Call it in every loop that lasts.
     *
     * @throws java.util.concurrent.CancellationException when the user cancelled
     */
    void checkCancelled();

    /** Saved states of a long node; the node must declare {@link Uses#CHECKPOINTS}. */
    Checkpoints checkpoints();

    /**
     * Borrows what is costly to open, such as a network: nodes that run at the same time share it, and where more runs
     * follow in this process (a batch) it stays open for them. Close what you get, not what is in it.
     *
     * @param key the same for the same thing only: what it is, the hash of its file, the device
     * @param type of what is opened; it must serve several threads at once
     * @throws Exception what opening threw
     */
    <T extends AutoCloseable> Kept<T> keep(String key, Class<T> type, Callable<T> open) throws Exception;

    /** An empty folder of this node's own, gone when the node and the storing of its outputs are through. */
    Path scratch();
}
