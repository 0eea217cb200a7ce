// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;

/** A link as the canvas shows it: the file keeps those that end at a reroute in the reroute itself. */
public sealed interface Wire {
    /** Where it starts: {@code node.output} or the id of a reroute. */
    String from();

    /** The node or reroute at which it ends. */
    Element target();

    /** The input at which it ends; empty at a reroute. */
    String port();

    /** Ends at an input or parameter of a node. */
    record ToNode(Link link) implements Wire {
        @Override
        public String from() {
            return link.getFrom();
        }

        @Override
        public Element target() {
            return link.getTarget();
        }

        @Override
        public String port() {
            return link.getPort();
        }
    }

    /** Ends at a reroute. */
    record ToReroute(Reroute reroute) implements Wire {
        @Override
        public String from() {
            return reroute.getFrom();
        }

        @Override
        public Element target() {
            return reroute;
        }

        @Override
        public String port() {
            return "";
        }
    }
}
