// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;

/** Names for what a part of a graph takes and gives: the port's, and with the node's where several ports have one. */
record BorderNames(List<Border> borders, LinkIndex index) {
    void propose() {
        for (boolean out : new boolean[] {false, true}) {
            // an input of this name could not be set: there the node names its file
            Set<String> taken = new HashSet<>(out ? Set.of() : Set.of(Graphs.SUBGRAPH_FILE));
            propose(
                    borders.stream()
                            .filter(b -> b.kind() == Border.Kind.OUT == out)
                            .toList(),
                    taken);
        }
    }

    /** Names for further inputs beside those that there are. */
    void propose(List<Border> more) {
        var taken = new HashSet<>(Set.of(Graphs.SUBGRAPH_FILE));
        borders.stream().filter(b -> b.kind() != Border.Kind.OUT).forEach(b -> taken.add(b.name()));
        propose(more, taken);
    }

    private void propose(List<Border> some, Set<String> taken) {
        Map<String, Integer> count = new HashMap<>();
        some.forEach(border -> count.merge(port(border), 1, Integer::sum));
        for (Border border : some) {
            String port = port(border);
            boolean plain = count.get(port) == 1 && !taken.contains(port);
            String wanted = plain || border.kind() == Border.Kind.DECLARED_IN ? port : node(border) + Edits.title(port);
            String name = wanted.substring(0, Math.min(60, wanted.length()));
            for (int i = 2; !taken.add(name); i++) {
                name = wanted.substring(0, Math.min(60, wanted.length())) + i;
            }
            border.setName(name);
        }
    }

    private String port(Border border) {
        if (border.kind() == Border.Kind.DECLARED_IN) {
            return border.outer();
        }
        PortRef source =
                border.kind() == Border.Kind.OUT ? index.source(border.inner().get(0)) : null;
        String port = (source == null ? PortRef.parse(border.inner().get(0)) : source).port();
        return port.isEmpty() ? border.inner().get(0) : port;
    }

    private static String node(Border border) {
        return PortRef.parse(border.inner().get(0)).node();
    }
}
