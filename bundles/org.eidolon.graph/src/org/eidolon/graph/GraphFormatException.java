// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import java.io.IOException;
import java.util.List;

/** A text that cannot be read as a graph; says every problem found, each with its place. */
public class GraphFormatException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public GraphFormatException(List<Problem> problems) {
        super(problems.isEmpty() ? "not a graph" : problems.get(0).toString());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
