// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.gef.EditPart;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.Assets;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.GraphInGlb;
import org.eidolon.studio.editor.parts.GraphPart;
import org.eidolon.studio.editor.parts.NodePart;

/**
 * Files dropped onto the canvas: onto a node that takes such a file they become its parameter, elsewhere a node that
 * takes it is added. The file is copied to assets beside the graph.
 */
final class FileDrop extends DropTargetAdapter {
    private final Canvas canvas;

    FileDrop(Canvas canvas) {
        this.canvas = canvas;
    }

    @Override
    public void dragEnter(DropTargetEvent event) {
        event.detail = DND.DROP_COPY;
    }

    @Override
    public void drop(DropTargetEvent event) {
        if (event.data instanceof String[] names) {
            var at = canvas.viewer().getControl().toControl(event.x, event.y);
            for (String name : names) {
                drop(Path.of(name), new Point(at.x, at.y));
            }
        }
    }

    void drop(Path file, Point at) {
        try {
            if (opens(file)) {
                return;
            }
            for (EditPart part = canvas.viewer().findObjectAt(at); part != null; part = part.getParent()) {
                if (part instanceof NodePart node && fill((GraphNode) node.getModel(), file)) {
                    return;
                }
            }
            Point place = at.getCopy();
            ((GraphPart) canvas.viewer().getContents()).getFigure().translateToRelative(place);
            add(file, place);
        } catch (IOException e) {
            MessageDialog.openError(canvas.viewer().getControl().getShell(), Messages.drop_title, e.getMessage());
        }
    }

    /** A graph, or a head that carries one, opens beside this graph. */
    private static boolean opens(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean head = name.endsWith(".glb");
        if (!head && !name.endsWith("." + Graphs.EXTENSION)) {
            return false;
        }
        Path graph = head ? GraphInGlb.unpack(file) : file;
        try {
            PlatformUI.getWorkbench()
                    .getActiveWorkbenchWindow()
                    .getActivePage()
                    .openEditor(new GraphFileInput(graph), GraphEditor.ID);
        } catch (PartInitException e) {
            throw new IOException(e.getMessage(), e);
        }
        return true;
    }

    private boolean fill(GraphNode node, Path file) throws IOException {
        Optional<Parameter> parameter =
                canvas.document().catalogue().find(node).flatMap(type -> taking(type.parameters(), file));
        if (parameter.isEmpty()) {
            return false;
        }
        String path = Assets.bring(canvas.document(), file);
        canvas.document()
                .edit(
                        Messages.bind(Messages.edit_parameter, parameter.get().name()),
                        graph -> Edits.setParameter(node, parameter.get(), Path.of(path)));
        return true;
    }

    private void add(Path file, Point at) throws IOException {
        for (NodeDescriptor type : canvas.document().catalogue().types().all()) {
            Optional<Parameter> parameter = taking(type.parameters(), file);
            if (parameter.isPresent()) {
                String path = Assets.bring(canvas.document(), file);
                GraphNode added = canvas.document().make(Messages.bind(Messages.edit_add, type.name()), graph -> {
                    canvas.settle();
                    GraphNode node = Edits.addNode(graph, type, at.x, at.y);
                    Edits.setParameter(node, parameter.get(), Path.of(path));
                    return node;
                });
                canvas.select(List.of(added));
                return;
            }
        }
        throw new IOException(Messages.bind(Messages.drop_nothing, file.getFileName()));
    }

    /** The parameter that names such files among those it accepts. */
    private static Optional<Parameter> taking(List<Parameter> parameters, Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return parameters.stream()
                .filter(parameter -> parameter.isFile()
                        && parameter.accepts().stream().anyMatch(ending -> name.endsWith("." + ending)))
                .findFirst();
    }
}
