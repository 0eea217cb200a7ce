// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EContentAdapter;
import org.eclipse.gef.commands.CommandStack;
import org.eidolon.engine.Engines;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.edit.Catalogue;
import org.eidolon.studio.editor.edit.Edit;
import org.eidolon.studio.editor.edit.LinkIndex;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Ports;
import org.eidolon.studio.editor.edit.Wiring;

/** A graph that is open for editing: the model, where it is kept, what can be undone, and who looks at it. */
public final class GraphDocument {
    /**
     * What an edit, its undoing or its repetition changed.
     *
     * @param elements whose own features or links changed, those that are gone among them
     * @param list whether elements came or went
     * @param links whether links, or what they are named by, may have changed
     * @param sources ids of the elements at which such links start
     * @param names whether ids changed, so that any link may be another
     */
    public record Change(Set<Element> elements, boolean list, boolean links, Set<String> sources, boolean names) {}

    private final Graph graph;
    private final Engines engines;
    private final Catalogue catalogue;
    private final CommandStack stack = new CommandStack();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> typingListeners = new CopyOnWriteArrayList<>();
    private final Watch watch = new Watch();
    private Path file;
    private LinkIndex index;
    private boolean fresh;
    private boolean recovered;
    private boolean typing;

    /** @param file where the graph is kept; it need not exist yet */
    public GraphDocument(Graph graph, Path file, Engines engines) {
        this.graph = graph;
        this.file = file.toAbsolutePath().normalize();
        this.fresh = !Files.exists(file);
        this.engines = engines;
        this.catalogue = new Catalogue(engines.types(), this::folder);
        graph.eAdapters().add(watch);
        stack.addCommandStackListener(event -> tell());
    }

    public Graph graph() {
        return graph;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public Engines engines() {
        return engines;
    }

    public CommandStack stack() {
        return stack;
    }

    public Path file() {
        return file;
    }

    public boolean isDirty() {
        return fresh || recovered || typing || stack.isDirty();
    }

    /** Says whether a field holds what the graph is to take over and has not yet. */
    void typing(boolean now) {
        if (typing != now) {
            typing = now;
            typingListeners.forEach(Runnable::run);
        }
    }

    /** Hears of fields in which something begins or ceases to be typed. */
    public void onTyping(Runnable listener) {
        typingListeners.add(listener);
    }

    /** Says that the graph holds more than its file: edits that were never saved. */
    public void recovered() {
        recovered = true;
    }

    public boolean isRecovered() {
        return recovered;
    }

    /** The folder that paths in the graph are relative to. */
    public Path folder() {
        return file.getParent();
    }

    public Wiring wiring() {
        return new Wiring(index(), catalogue);
    }

    public LinkIndex index() {
        if (index == null) {
            index = new LinkIndex(graph);
        }
        return index;
    }

    /** Looks whether the files of subgraphs have changed, and has them shown as they are now. */
    public void refreshSubgraphs() {
        if (catalogue.subgraphs().refresh()) {
            index = null;
            Set<Element> nodes = new HashSet<>();
            graph.getNodes().stream()
                    .filter(node -> Graphs.SUBGRAPH_TYPE.equals(node.getType()))
                    .forEach(nodes::add);
            var ids = nodes.stream().map(Element::getId).collect(Collectors.toSet());
            listeners.forEach(listener -> listener.accept(new Change(nodes, false, true, ids, false)));
        }
    }

    public List<Port> ports(GraphNode node) {
        return Ports.of(node, catalogue, index());
    }

    /** Makes a change that can be undone; one that changes nothing leaves no trace. */
    public void edit(String label, Consumer<Graph> change) {
        make(label, g -> {
            change.accept(g);
            return null;
        });
    }

    /** Makes a change that can be undone and gives its result. */
    public <T> T make(String label, Function<Graph, T> change) {
        var result = new Object() {
            T value;
        };
        Edit edit = Edit.of(label, graph, g -> result.value = change.apply(g));
        if (edit == null) {
            watch.clear();
        } else {
            stack.execute(edit);
        }
        return result.value;
    }

    /** Writes the one canonical form; files that nodes name are recorded with their hashes. */
    public void save(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        for (String path : List.copyOf(graph.getFiles().keySet())) {
            if (GraphPaths.fault(path).isEmpty() && Files.isRegularFile(GraphPaths.resolve(folder, path))) {
                GraphPaths.record(graph, folder, path);
            }
        }
        GraphFiles.save(graph, target);
        file = target.toAbsolutePath().normalize();
        fresh = false;
        recovered = false;
        stack.markSaveLocation();
    }

    public void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    public void noMore(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    private void tell() {
        Change change = watch.take();
        if (change.list() || change.links() || !change.elements().isEmpty()) {
            listeners.forEach(listener -> listener.accept(change));
        }
    }

    /** Collects what changed until the edit is whole. */
    private final class Watch extends EContentAdapter {
        private static final Set<String> APPEARANCE =
                Set.of("x", "y", "width", "height", "label", "title", "text", "color", "muted", "bypassed", "value");

        private final Set<Element> elements = new HashSet<>();
        private final Set<String> sources = new HashSet<>();
        private boolean list;
        private boolean links;
        private boolean names;

        @Override
        public void notifyChanged(Notification event) {
            super.notifyChanged(event);
            if (event.isTouch()) {
                return;
            }
            if (event.getNotifier() == graph) {
                list = true;
                links = true;
            }
            note(event.getNotifier());
            note(event.getOldValue());
            note(event.getNewValue());
            if (event.getOldValue() instanceof Collection<?> several) {
                several.forEach(this::note);
            }
            links |= !(event.getFeature() instanceof EAttribute attribute && APPEARANCE.contains(attribute.getName()));
            if (event.getFeature() instanceof EAttribute attribute) {
                names |= attribute.getName().equals("id") || attribute.getName().equals("type");
                source(attribute.getName().equals("from") ? event.getOldValue() : null);
                source(attribute.getName().equals("from") ? event.getNewValue() : null);
            }
            index = links ? null : index;
        }

        private void source(Object from) {
            if (from instanceof String ref) {
                sources.add(PortRef.parse(ref).node());
            }
        }

        private void note(Object object) {
            for (EObject o = object instanceof EObject e ? e : null; o != null; o = o.eContainer()) {
                if (o instanceof Link link) {
                    source(link.getFrom());
                } else if (o instanceof Reroute reroute) {
                    source(reroute.getFrom());
                } else if (o instanceof GraphNode node && o == object) {
                    node.getLinks().forEach(link -> source(link.getFrom()));
                }
                if (o instanceof Element element) {
                    elements.add(element);
                    return;
                }
            }
        }

        Change take() {
            var change = new Change(Set.copyOf(elements), list, links, Set.copyOf(sources), names);
            clear();
            return change;
        }

        void clear() {
            elements.clear();
            sources.clear();
            list = false;
            links = false;
            names = false;
        }
    }
}
