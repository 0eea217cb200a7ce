// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

/** What the command says by its exit code. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** A fault of the program. */
    public static final int INTERNAL = 1;

    /** The arguments are wrong. */
    public static final int ARGUMENTS = 2;

    /** The graph cannot be loaded, has problems or names a missing node. */
    public static final int GRAPH = 3;

    /** A node failed. */
    public static final int NODE_FAILED = 4;

    /** A device has too little memory. */
    public static final int OUT_OF_GPU_MEMORY = 5;

    /** Some items of a batch failed. */
    public static final int BATCH_PARTLY_FAILED = 6;

    /** Cancelled, by Ctrl-C say. */
    public static final int CANCELLED = 130;

    private ExitCode() {}
}
