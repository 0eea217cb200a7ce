// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.NodeException;
import org.eidolon.api.Quality;

/**
 * What happens in a run, in order; of one node always Started or Cached first, then any of Progress, Preview and Log,
 * then one of Finished, Failed and Cancelled. {@link EventJson} writes them as JSON.
 */
public sealed interface RunEvent {
    /**
     * The first event.
     *
     * @param nodes ids of all nodes of the plan, sources first
     * @param toRun those that the cache does not answer
     */
    record Planned(
            String graph, List<String> nodes, List<String> toRun, Quality quality, List<Device> devices, long seed)
            implements RunEvent {}

    /** The cache answers the node. */
    record Cached(String node, String type, String key) implements RunEvent {}

    /**
     * A node begins.
     *
     * @param device null for a node that computes on none
     * @param reasons why it runs
     */
    record Started(String node, String type, Device device, List<String> reasons) implements RunEvent {}

    /**
     * How far a node is.
     *
     * @param total 0 when unknown
     * @param rate units a second, 0 when not yet known
     * @param left time left, null when not known
     */
    record Progress(String node, String stage, long done, long total, String unit, double rate, Duration left)
            implements RunEvent {}

    /** An intermediate result. */
    record Preview(String node, String name, Object value) implements RunEvent {}

    /**
     * A line for the log.
     *
     * @param node empty when it belongs to none, such as a line that a library printed
     */
    record Log(String node, Level level, String message) implements RunEvent {}

    /**
     * A node's result is stored.
     *
     * @param key content key of the result in the cache
     * @param facts what the node recorded, such as licences and scores
     */
    record Finished(String node, double seconds, String key, Map<String, Object> facts) implements RunEvent {}

    /**
     * A node could not do its work.
     *
     * @param advice what to do; may be empty
     * @param log the details of a fault: a stack trace, or the last lines of a process that died; may be empty
     * @param cause null when it happened in another process
     */
    record Failed(String node, String error, String advice, List<String> log, Throwable cause) implements RunEvent {
        private static final int TRACE_LINES = 60;

        /** In this process: a cause that is a fault, and not one that the user can mend, is told by its stack trace. */
        public Failed(String node, String error, String advice, Throwable cause) {
            this(node, error, advice, trace(cause), cause);
        }

        private static List<String> trace(Throwable cause) {
            if (cause == null
                    || cause instanceof NodeException
                    || cause instanceof IOException
                    || cause instanceof OutOfMemoryError) {
                return List.of();
            }
            var text = new StringWriter();
            cause.printStackTrace(new PrintWriter(text));
            return text.toString().lines().limit(TRACE_LINES).toList();
        }
    }

    /** A node was stopped, or never begun, because the run was cancelled. */
    record Cancelled(String node) implements RunEvent {}

    /** The last event. */
    record Ended(Outcome outcome, int ran, int cached, double seconds) implements RunEvent {}

    /** How loud a line is. */
    enum Level {
        INFO,
        WARNING
    }

    /** How a run ended. */
    enum Outcome {
        DONE(0),
        FAILED(4),
        OUT_OF_GPU_MEMORY(5),
        CANCELLED(130);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
