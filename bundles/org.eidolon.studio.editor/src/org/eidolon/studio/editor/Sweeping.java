// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eidolon.api.Parameter;
import org.eidolon.engine.Sweep;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.base.Settings;
import org.eidolon.studio.editor.edit.Signature;
import org.eidolon.studio.editor.parts.NodeParameter;

/** Runs a graph once for each of several values of a parameter. */
public final class Sweeping {
    private Sweeping() {}

    /**
     * Asks for the values and puts the runs into the queue.
     *
     * @param node whose parameters can be chosen; null for those of all nodes
     * @param parameter that with which the dialog begins; null for the first
     */
    public static void ask(GraphEditor editor, GraphNode node, String parameter) {
        var choices = new ArrayList<SweepDialog.Choice>();
        List<GraphNode> nodes = node == null ? editor.document().graph().getNodes() : List.of(node);
        nodes.forEach(one -> choices.addAll(of(editor, one)));
        choices.add(new SweepDialog.Choice(null, Sweep.SEED, Sweep.SEED.defaultValue()));
        var dialog = new SweepDialog(editor.getSite().getShell(), editor.document(), choices, parameter);
        if (dialog.open() == Window.OK) {
            editor.runs().start(dialog.sweep(), Settings.quality());
        }
    }

    /**
     * Sets a parameter to a value that has proved itself; that can be undone. Says so where the graph has changed since.
     *
     * @param target as {@code node.parameter}
     */
    public static void take(GraphEditor editor, String target, String value) {
        PortRef ref = PortRef.parse(target);
        GraphNode node = editor.document().index().element(ref.node()) instanceof GraphNode found ? found : null;
        Parameter parameter = node == null
                ? null
                : editor.document()
                        .catalogue()
                        .find(node)
                        .flatMap(type -> type.parameter(ref.port()))
                        .orElse(null);
        if (parameter == null) {
            MessageDialog.openInformation(
                    editor.getSite().getShell(), Messages.sweep_title, Messages.bind(Messages.sweep_gone, target));
            return;
        }
        new NodeParameter(editor.host(), node, parameter).setText(value);
        editor.reveal(List.of(node));
    }

    /** The parameters of a node that no link sets. */
    private static List<SweepDialog.Choice> of(GraphEditor editor, GraphNode node) {
        return editor.document().catalogue().find(node).map(Signature::parameters).orElse(List.of()).stream()
                .map(parameter -> new NodeParameter(editor.host(), node, parameter))
                .filter(parameter -> !parameter.linked())
                .map(parameter -> new SweepDialog.Choice(node, parameter.parameter(), parameter.value()))
                .toList();
    }
}
