// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.Arrays;
import java.util.List;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.parts.PortPart;

/**
 * A user's hand on the canvas, for the program that takes the pictures of the documentation: what it presses are the events
 * of a real mouse. Used on the user interface's thread.
 */
public final class CanvasHand {
    private static final int STEPS = 8;

    private final GraphEditor editor;

    public CanvasHand(GraphEditor editor) {
        this.editor = editor;
    }

    /** What the canvas is drawn on. */
    public Control control() {
        return editor.host().viewer().getControl();
    }

    private GraphNode node(String id) {
        return (GraphNode) editor.document().index().element(id);
    }

    /** Shows the whole graph, with nothing selected. */
    public void fit() {
        editor.getSite().getPage().activate(editor);
        editor.host().viewer().deselectAll();
        new GraphActions(editor).fit();
    }

    /** Goes close enough to read, with a node in sight. */
    public void near(String id) {
        editor.getSite().getPage().activate(editor);
        var actions = new GraphActions(editor);
        actions.zoomFull();
        editor.reveal(List.of(node(id)));
        editor.host().viewer().deselectAll();
    }

    /** Sets a parameter, as an edit. */
    public void set(String id, String parameter, Object value) {
        GraphNode node = node(id);
        var declared = editor.document()
                .catalogue()
                .find(node)
                .flatMap(type -> type.parameter(parameter))
                .orElseThrow();
        editor.document()
                .edit(
                        Messages.bind(Messages.edit_parameter, parameter),
                        graph -> Edits.setParameter(node, declared, value));
    }

    /** Takes all edits back. */
    public void undoAll() {
        while (editor.document().stack().canUndo()) {
            editor.document().stack().undo();
        }
    }

    /** The dot of a port in the coordinates of the control. */
    private Point dot(String id, String name, boolean output) {
        for (Port port : editor.document().ports(node(id))) {
            if (port.name().equals(name) && port.isOutput() == output) {
                var part = (PortPart) editor.host().part(port);
                Point dot = part.dot().dot().getCopy();
                part.dot().translateToAbsolute(dot);
                return dot;
            }
        }
        throw new IllegalArgumentException(id + " has no port " + name);
    }

    /** Draws a link from an output to an input and holds it there. */
    public void drawLink(String from, String output, String to, String input) {
        Point start = dot(from, output, true);
        Point end = dot(to, input, false);
        mouse(SWT.MouseMove, start, 0);
        mouse(SWT.MouseDown, start, 0);
        for (int i = 1; i <= STEPS; i++) {
            mouse(
                    SWT.MouseMove,
                    new Point(start.x + (end.x - start.x) * i / STEPS, start.y + (end.y - start.y) * i / STEPS),
                    SWT.BUTTON1);
        }
    }

    /** Opens the dialog that asks for the values of a sweep; it stays open until {@link #escape}. */
    public void sweep(String id, String parameter) {
        control().getDisplay().asyncExec(() -> Sweeping.ask(editor, node(id), parameter));
    }

    /** The dialog that is open, or null. */
    public Shell dialog() {
        return Arrays.stream(control().getShell().getShells())
                .filter(Shell::isVisible)
                .findFirst()
                .orElse(null);
    }

    /** Gives up what is being drawn or asked. */
    public void escape() {
        if (dialog() != null) {
            dialog().close();
        }
        var event = new Event();
        event.keyCode = SWT.ESC;
        event.character = SWT.ESC;
        control().notifyListeners(SWT.KeyDown, event);
    }

    private void mouse(int type, Point at, int mask) {
        var event = new Event();
        event.x = at.x;
        event.y = at.y;
        event.button = type == SWT.MouseMove ? 0 : 1;
        event.count = type == SWT.MouseMove ? 0 : 1;
        event.stateMask = mask;
        control().notifyListeners(type, event);
    }
}
