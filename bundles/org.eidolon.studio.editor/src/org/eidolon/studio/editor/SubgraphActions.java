// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.edit.Dissolution;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Extraction;

/** Parts of a graph as graphs of their own: made, opened, and put back. */
final class SubgraphActions {
    private final GraphDocument document;
    private final Canvas canvas;

    SubgraphActions(GraphDocument document, Canvas canvas) {
        this.document = document;
        this.canvas = canvas;
    }

    private Shell shell() {
        return canvas.viewer().getControl().getShell();
    }

    /**
     * Makes what is selected a graph file beside this one and puts a node in its place. Undoing brings the part back; the
     * file stays, as what was saved with it meanwhile may need it.
     */
    void make() {
        Extraction extraction = extraction(canvas.selected());
        if (extraction == null || extraction.isEmpty()) {
            return;
        }
        var dialog = new SubgraphDialog(shell(), extraction, freeName(), this::fault);
        if (dialog.open() != Window.OK) {
            return;
        }
        try {
            GraphNode made = document.make(Messages.subgraph_title, graph -> {
                canvas.settle();
                write(file(dialog.name()), GraphWriter.write(extraction.inner(title(dialog.name()))));
                return extraction.replace(file(dialog.name()).getFileName().toString());
            });
            canvas.select(List.of(made));
        } catch (UncheckedIOException e) {
            MessageDialog.openError(shell(), Messages.subgraph_title, e.getMessage());
        }
    }

    /** With what would otherwise stand between the node and itself, if the user agrees; null if not. */
    private Extraction extraction(List<Element> selected) {
        var all = new ArrayList<>(selected);
        while (true) {
            var extraction = new Extraction(document.graph(), document.catalogue(), all);
            List<Element> between = extraction.between();
            if (between.isEmpty()) {
                return extraction;
            }
            String names = between.stream().map(Element::getId).collect(Collectors.joining(", "));
            if (!MessageDialog.openQuestion(
                    shell(), Messages.subgraph_title, Messages.bind(Messages.subgraph_between, names))) {
                return null;
            }
            all.addAll(between);
        }
    }

    private static String title(String name) {
        return Edits.title(name).replace('-', ' ').replace('_', ' ');
    }

    private Path file(String name) {
        return document.folder().resolve(name + "." + Graphs.EXTENSION);
    }

    private String freeName() {
        String name = "part";
        for (int i = 2; Files.exists(file(name)); i++) {
            name = "part-" + i;
        }
        return name;
    }

    private String fault(String name) {
        if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N} _.-]*")) {
            return Messages.bind(Messages.subgraph_bad_name, name);
        }
        return Files.exists(file(name))
                ? Messages.bind(Messages.subgraph_exists, file(name).getFileName())
                : null;
    }

    private static void write(Path file, String text) {
        try {
            GraphFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.bind(Messages.subgraph_not_written, file, e.getMessage()), e);
        }
    }

    /** The subgraphs among what is selected. */
    private List<GraphNode> subgraphs() {
        return canvas.selected().stream()
                .filter(GraphNode.class::isInstance)
                .map(GraphNode.class::cast)
                .filter(node -> Graphs.SUBGRAPH_TYPE.equals(node.getType()))
                .toList();
    }

    boolean isAny() {
        return !subgraphs().isEmpty();
    }

    void open() {
        subgraphs().forEach(node -> open(document, node, shell()));
    }

    /** Opens the file of a subgraph in an editor of its own. */
    static void open(GraphDocument document, GraphNode node, Shell shell) {
        Optional<Path> file = document.catalogue().subgraphs().file(node).filter(Files::exists);
        try {
            if (file.isEmpty()) {
                throw new PartInitException(Messages.bind(Messages.subgraph_missing, node.getId()));
            }
            PlatformUI.getWorkbench()
                    .getActiveWorkbenchWindow()
                    .getActivePage()
                    .openEditor(new GraphFileInput(file.get()), GraphEditor.ID);
        } catch (PartInitException e) {
            MessageDialog.openError(shell, Messages.subgraph_open, e.getMessage());
        }
    }

    /** Puts the nodes of the selected subgraphs in the places of those that stand for them; their files stay. */
    void dissolve() {
        List<GraphNode> nodes = subgraphs();
        for (GraphNode node : nodes) {
            if (document.catalogue().subgraphs().graph(node).isEmpty()) {
                MessageDialog.openError(
                        shell(), Messages.subgraph_dissolve, Messages.bind(Messages.subgraph_missing, node.getId()));
                return;
            }
        }
        List<Element> back = document.make(Messages.subgraph_dissolve, graph -> {
            canvas.settle();
            return nodes.stream()
                    .flatMap(
                            node -> Dissolution.dissolve(graph, node, document.catalogue(), document.folder()).stream())
                    .toList();
        });
        canvas.select(back);
    }
}
