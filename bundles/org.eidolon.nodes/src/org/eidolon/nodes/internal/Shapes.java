// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.stream.Collectors;
import org.eidolon.api.NodeException;
import org.eidolon.nodes.value.Head;

/** A head's shapes by name. */
public final class Shapes {
    private Shapes() {}

    /** Number of the shape with these words or this slug; the first when none are given. */
    public static int find(Head head, String words) {
        String wanted = words == null ? "" : words.strip();
        for (int i = 0; i < head.shapes().size(); i++) {
            Head.Shape shape = head.shapes().get(i);
            if (wanted.isEmpty()
                    || shape.name().equalsIgnoreCase(wanted)
                    || shape.slug().equals(wanted)) {
                return i;
            }
        }
        throw new NodeException(
                "the head wears no expression '" + wanted + "'",
                "It wears: " + head.shapes().stream().map(Head.Shape::name).collect(Collectors.joining("; ")));
    }
}
