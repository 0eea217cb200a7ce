// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.util.Map;

/**
 * A node: a record whose components are marked {@link In} or {@link Param}, whose no-argument constructor holds the
 * defaults, and whose outputs are the components of {@code O}. The same inputs, parameters and declared {@link Uses}
 * must give the same outputs: results are cached under exactly those.
 *
 * @param <O> record of the outputs; every component is a value type known to some {@link NodeLibrary}, none is null
 */
public interface Node<O extends Record> {
    /**
     * Computes the outputs.
     *
     * @throws NodeException what is wrong and what to do about it, in the user's words
     * @throws OutOfGpuMemory the engine frees what it can and runs the node once more
     * @throws java.util.concurrent.CancellationException from {@link Run#checkCancelled()}
     */
    O run(Run run) throws Exception;

    /**
     * Weights that this node loads by itself: logical id → sha256 (hex). They enter the content key and the run record.
     * Asked while planning, when inputs are still null, so it may look at parameters only, and must be quick.
     *
     * @throws NodeException when they are missing, which is then said before anything runs
     */
    default Map<String, String> weightsUsed() {
        return Map.of();
    }

    /**
     * What the machine decides about the result beyond the kind of device, such as {@code precision} → {@code bfloat16} on a
     * processor that multiplies it: name → value. It enters the content key and the run record, so that one key never stands
     * for two results. Asked like {@link #weightsUsed()}, of nodes that use {@link Uses#DEVICE}; the run must decide the same.
     *
     * @param device the run's first
     */
    default Map<String, String> machineChoices(Device device) {
        return Map.of();
    }

    /** Estimate of the device memory that {@link #run} needs, in bytes; asked just before it runs, inputs present. */
    default long deviceMemory() {
        return 0;
    }

    /** The same for a run of such a quality: for nodes whose need goes by it. This is what the engine asks. */
    default long deviceMemory(Quality quality) {
        return deviceMemory();
    }
}
