// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.edit.Edits;

/** Gives elements other ids; whatever names them follows. */
public final class Renaming {
    private Renaming() {}

    /** Makes an id of the words, a free one, and gives it to the element. */
    public static void id(Host host, Element element, String words, String label) {
        String wanted = Edits.idOf(words);
        if (!wanted.equals(element.getId())) {
            host.document().edit(label, graph -> Graphs.rename(graph, element, Graphs.freeId(graph, wanted)));
        }
    }
}
