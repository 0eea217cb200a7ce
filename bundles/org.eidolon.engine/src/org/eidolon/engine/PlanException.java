// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.eidolon.graph.Problem;

/** A graph that cannot run as it is; says every problem found. */
public class PlanException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<Problem> problems;

    public PlanException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
