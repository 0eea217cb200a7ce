// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.edit.Declarations;

/** What can be done with a field of a form besides filling it: a button at its right opens a menu. */
final class Actions {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,63}";

    private final Map<String, Runnable> entries = new LinkedHashMap<>();

    Actions add(String label, Runnable work) {
        entries.put(label, work);
        return this;
    }

    /** A button in a form's last column. */
    void button(Composite form, String name) {
        var button = new Button(form, SWT.PUSH | SWT.FLAT);
        button.setText("⋮");
        button.setToolTipText(Messages.bind(Messages.actions_of, name));
        button.setLayoutData(new GridData(SWT.RIGHT, SWT.TOP, false, false));
        var menu = new Menu(button);
        entries.forEach((label, work) -> {
            var item = new MenuItem(menu, SWT.PUSH);
            item.setText(label);
            item.addListener(SWT.Selection, picked -> work.run());
        });
        button.setMenu(menu);
        button.addListener(SWT.Dispose, e -> menu.dispose());
        button.addListener(SWT.Selection, e -> {
            menu.setLocation(button.toDisplay(0, button.getSize().y));
            menu.setVisible(true);
        });
    }

    /** Of a parameter: which declared input of the graph sets it. */
    static Actions ofParameter(GraphDocument document, Shell shell, GraphNode node, String parameter) {
        String to = node.getId() + "." + parameter;
        Graph graph = document.graph();
        var actions = new Actions();
        var input = Declarations.inputOf(graph, to);
        if (input.isPresent()) {
            actions.add(
                    Messages.bind(Messages.input_remove, input.get().getName()),
                    () -> document.edit(Messages.edit_declare, g -> Declarations.removeInput(g, to)));
            return actions;
        }
        actions.add(Messages.input_declare, () -> {
            String name = ask(shell, Messages.input_declare, Declarations.freeInput(graph, parameter), graph, true);
            if (name != null) {
                document.edit(Messages.edit_declare, g -> Declarations.addInput(g, name, to));
            }
        });
        for (GraphInput other : graph.getInputs()) {
            actions.add(
                    Messages.bind(Messages.input_join, other.getName()),
                    () -> document.edit(Messages.edit_declare, g -> Declarations.addInput(g, other.getName(), to)));
        }
        return actions;
    }

    /** Of a declared input: its name, its place, its end. */
    static Actions ofInput(GraphDocument document, Shell shell, GraphInput input) {
        return new Actions()
                .add(Messages.input_rename, () -> {
                    String name = ask(shell, Messages.input_rename, input.getName(), document.graph(), true);
                    if (name != null) {
                        document.edit(Messages.edit_rename, g -> input.setName(name));
                    }
                })
                .add(Messages.input_up, () -> document.edit(Messages.edit_move, g -> Declarations.move(g, input, -1)))
                .add(Messages.input_down, () -> document.edit(Messages.edit_move, g -> Declarations.move(g, input, 1)))
                .add(
                        Messages.bind(Messages.input_remove, input.getName()),
                        () -> document.edit(
                                Messages.edit_declare, g -> g.getInputs().remove(input)));
    }

    /** Of an output of a node: by which name the graph declares it. */
    static Actions ofOutput(GraphDocument document, Shell shell, String from, String port) {
        Graph graph = document.graph();
        var output = Declarations.outputOf(graph, from);
        if (output.isEmpty()) {
            return new Actions().add(Messages.output_declare, () -> {
                String name = ask(shell, Messages.output_declare, Declarations.freeOutput(graph, port), graph, false);
                if (name != null) {
                    document.edit(Messages.edit_declare, g -> Graphs.addOutput(g, name, from));
                }
            });
        }
        GraphOutput declared = output.get();
        return new Actions()
                .add(Messages.input_rename, () -> {
                    String name = ask(shell, Messages.input_rename, declared.getName(), graph, false);
                    if (name != null) {
                        document.edit(Messages.edit_rename, g -> declared.setName(name));
                    }
                })
                .add(
                        Messages.bind(Messages.output_remove, declared.getName()),
                        () -> document.edit(
                                Messages.edit_declare, g -> g.getOutputs().remove(declared)));
    }

    /** A free name; null if the user thinks better of it. */
    private static String ask(Shell shell, String title, String proposal, Graph graph, boolean input) {
        var dialog = new InputDialog(shell, title, Messages.input_name, proposal, name -> {
            if (!name.matches(NAME)) {
                return Messages.bind(Messages.subgraph_bad_name, name);
            }
            String free = input ? Declarations.freeInput(graph, name) : Declarations.freeOutput(graph, name);
            return name.equals(free) || name.equals(proposal) ? null : Messages.bind(Messages.subgraph_twice, name);
        });
        return dialog.open() == Window.OK ? dialog.getValue() : null;
    }
}
