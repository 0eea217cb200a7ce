// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.ArrayList;
import java.util.List;

/** An input or an output that a part of a graph gets when it becomes a graph of its own. */
public final class Border {
    /** What becomes one. */
    public enum Kind {
        /** A link into the part, or several that start at one output. */
        LINK_IN,
        /** Ports that a declared input of the graph around leads to. */
        DECLARED_IN,
        /** A parameter that shall be set from outside. */
        PARAMETER,
        /** An output or a dot of the part that something outside is fed from. */
        OUT
    }

    private final Kind kind;
    private final String outer;
    private final List<String> inner = new ArrayList<>();
    private String name;

    Border(Kind kind, String outer, String inner, String name) {
        this.kind = kind;
        this.outer = outer;
        this.inner.add(inner);
        this.name = name;
    }

    public Kind kind() {
        return kind;
    }

    /** Where the link comes from, or the name of the declared input; empty for others. */
    public String outer() {
        return outer;
    }

    /** What an input leads to inside, or the one start of an output, as {@code node.port} or the id of a dot. */
    public List<String> inner() {
        return List.copyOf(inner);
    }

    void add(String port) {
        inner.add(port);
    }

    public String name() {
        return name;
    }

    public void setName(String value) {
        name = value;
    }
}
