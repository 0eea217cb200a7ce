// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eidolon.api.Quality;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.Sweeping;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.base.Settings;
import org.eidolon.studio.editor.document.Typing;
import org.eidolon.studio.editor.parts.NodeParameter;

/** The inputs that a graph declares, as a form: whoever fills it and runs the graph need not know a node. */
record InputForm(Composite form, GraphEditor editor) {
    void fill() {
        var inputs = editor.document().graph().getInputs();
        if (inputs.isEmpty()) {
            return;
        }
        var heading = new Label(form, SWT.NONE);
        heading.setText(Messages.input_heading);
        heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        heading.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false, 3, 1));
        var fields = new ParameterFields(form, editor.document());
        for (GraphInput input : inputs) {
            Actions actions = Actions.ofInput(editor.document(), form.getShell(), input);
            Optional<NodeParameter> parameter = NodeParameter.ofInput(editor.host(), input);
            if (parameter.isPresent()) {
                sweep(actions, input);
                fields.add(name(input), parameter.get(), actions);
            } else {
                label(name(input));
                label(String.join(", ", input.getTo()));
                actions.button(form, name(input));
            }
        }
        quality();
        var run = new Button(form, SWT.PUSH);
        run.setText(Messages.input_run);
        run.setLayoutData(new GridData(SWT.RIGHT, SWT.TOP, true, false, 3, 1));
        run.addListener(SWT.Selection, e -> {
            if (Typing.finish()) {
                editor.runs().start(List.of(), Settings.quality());
            }
        });
    }

    /** An input that sets one parameter can be swept as that. */
    private void sweep(Actions actions, GraphInput input) {
        PortRef to = PortRef.parse(input.getTo().getFirst());
        if (input.getTo().size() == 1 && editor.document().index().element(to.node()) instanceof GraphNode node) {
            actions.add(Messages.sweep_menu, () -> Sweeping.ask(editor, node, to.port()));
        }
    }

    private static String name(GraphInput input) {
        return input.getLabel() == null || input.getLabel().isBlank() ? input.getName() : input.getLabel();
    }

    private void label(String text) {
        new Label(form, SWT.NONE).setText(text);
    }

    /** How much work a run spends: a setting of the studio, not of the graph, but asked for in the same breath. */
    private void quality() {
        label(Messages.input_quality);
        var combo = new Combo(form, SWT.DROP_DOWN | SWT.READ_ONLY);
        combo.add(Messages.input_quality_auto);
        for (Quality quality : Quality.values()) {
            combo.add(quality.toString());
        }
        Quality now = Settings.quality();
        combo.select(now == null ? 0 : now.ordinal() + 1);
        combo.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false, 2, 1));
        combo.addListener(SWT.Selection, e -> {
            int picked = combo.getSelectionIndex();
            String word = picked == 0 ? "auto" : Quality.values()[picked - 1].name();
            Settings.node().put(Settings.QUALITY, word.toLowerCase(Locale.ROOT));
        });
    }
}
