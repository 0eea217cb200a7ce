// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.swt.widgets.Display;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;

/**
 * Finds problems while a graph is edited, with the same checks as {@code eidolon validate}: structure, and whether the
 * engine could plan it. Works on a copy, away from the user interface.
 */
public final class Checker {
    /** Typing pauses for this long before a check begins. */
    private static final int DELAY_MS = 250;

    private final GraphDocument document;
    private final Consumer<List<Problem>> found;
    private final Display display = Display.getCurrent();
    private final Job job = Job.createSystem("eidolon-check", (IProgressMonitor monitor) -> check());
    private Graph copy;
    private volatile boolean disposed;

    /** @param found called on the user interface's thread after each check */
    public Checker(GraphDocument document, Consumer<List<Problem>> found) {
        this.document = document;
        this.found = found;
    }

    /** Asks for a check soon; to be called on the user interface's thread. */
    public void later() {
        Graph now = EcoreUtil.copy(document.graph());
        synchronized (this) {
            copy = now;
        }
        job.schedule(DELAY_MS);
    }

    public void dispose() {
        disposed = true;
        job.cancel();
    }

    private IStatus check() {
        Graph graph;
        synchronized (this) {
            graph = copy;
        }
        List<Problem> problems = problems(graph);
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!disposed) { // what was checked may have been closed meanwhile
                    found.accept(problems);
                }
            });
        }
        return Status.OK_STATUS;
    }

    private List<Problem> problems(Graph graph) {
        var all = new ArrayList<>(GraphValidator.validate(graph));
        all.addAll(GraphPaths.check(graph, document.folder()));
        if (all.stream().noneMatch(Problem::isError) && !graph.getNodes().isEmpty()) {
            try {
                all.addAll(new Planner(document.engines().types())
                        .plan(PlanRequest.of(graph, document.file()))
                        .warnings());
            } catch (PlanException e) {
                all.addAll(e.problems());
            }
        }
        var said = new TreeSet<String>();
        all.removeIf(problem -> !said.add(problem.where() + problem.message()));
        return all;
    }

    /** Id of the element that a problem is about; empty for the graph as a whole. */
    public static String element(Problem problem) {
        String[] path = problem.where().split("\\.", 3);
        return path.length < 2 ? "" : path[1].split("/", 2)[0];
    }

    /** Problems by the id of their element. */
    public static Map<String, List<Problem>> byElement(List<Problem> problems) {
        var map = new LinkedHashMap<String, List<Problem>>();
        problems.forEach(problem ->
                map.computeIfAbsent(element(problem), id -> new ArrayList<>()).add(problem));
        return map;
    }

    /** The problems of an element. */
    public static List<Problem> of(Map<String, List<Problem>> problems, Element element) {
        return problems.getOrDefault(element.getId(), List.of());
    }
}
