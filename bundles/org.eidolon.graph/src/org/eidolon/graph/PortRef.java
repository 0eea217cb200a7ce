// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

/**
 * One end of a link as the file writes it: {@code node.port}. The bare id of a reroute has an empty port.
 *
 * @param node id of a node or reroute
 * @param port name of an output, input or parameter; empty for a reroute
 */
public record PortRef(String node, String port) {
    /** Splits at the first dot (ids hold none). Never fails: what is not well formed is found by {@link GraphValidator}. */
    public static PortRef parse(String text) {
        if (text == null) {
            return new PortRef("", "");
        }
        int dot = text.indexOf('.');
        return dot < 0 ? new PortRef(text, "") : new PortRef(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return port.isEmpty() ? node : node + "." + port;
    }
}
