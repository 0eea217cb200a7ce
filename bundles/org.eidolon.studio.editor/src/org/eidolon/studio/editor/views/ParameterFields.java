// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.function.Predicate;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eidolon.api.Param;
import org.eidolon.api.Parameter;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.document.Typing;
import org.eidolon.studio.editor.parts.NodeParameter;

/** Fields for parameters in a form of three columns: name, field, and what else can be done. */
final class ParameterFields {
    /** What a field asks for; it gets what room there is. */
    static final int WIDTH = 110;

    private final Composite form;
    private final GraphDocument document;

    ParameterFields(Composite form, GraphDocument document) {
        this.form = form;
        this.document = document;
    }

    void add(String name, NodeParameter model, Actions actions) {
        Parameter parameter = model.parameter();
        var label = new Label(form, SWT.NONE);
        label.setText(name + (parameter.unit().isEmpty() ? "" : " (" + parameter.unit() + ")"));
        label.setToolTipText(NodeParameter.help(parameter));
        Control field;
        if (parameter.type() == boolean.class) {
            field = toggle(model);
        } else if (!parameter.choices().isEmpty()) {
            field = choice(model);
        } else {
            field = text(model);
        }
        field.setToolTipText(NodeParameter.help(parameter));
        field.setEnabled(!model.linked());
        actions.button(form, name);
    }

    private Control toggle(NodeParameter model) {
        var button = new Button(form, SWT.CHECK);
        button.setText(Messages.properties_yes);
        button.setSelection(Boolean.TRUE.equals(model.value()));
        button.addListener(SWT.Selection, e -> model.set(button.getSelection()));
        return button;
    }

    private Control choice(NodeParameter model) {
        var combo = new Combo(form, SWT.DROP_DOWN | SWT.READ_ONLY);
        combo.setItems(model.parameter().choices().toArray(String[]::new));
        combo.setText(model.text());
        combo.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        combo.addListener(SWT.Selection, e -> model.setText(combo.getText()));
        return combo;
    }

    private Control text(NodeParameter model) {
        Parameter parameter = model.parameter();
        boolean browses = parameter.isFile() || parameter.widget() == Param.Widget.COLOUR;
        Composite parent = form;
        if (browses) {
            parent = new Composite(form, SWT.NONE);
            var layout = new GridLayout(2, false);
            layout.marginWidth = 0;
            layout.marginHeight = 0;
            parent.setLayout(layout);
            parent.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        }
        boolean tall = parameter.widget() == Param.Widget.MULTILINE;
        var field = new Text(parent, SWT.BORDER | (tall ? SWT.MULTI | SWT.WRAP | SWT.V_SCROLL : SWT.SINGLE));
        field.setText(model.text());
        var data = new GridData(SWT.FILL, SWT.TOP, true, false);
        data.heightHint = tall ? 90 : SWT.DEFAULT;
        data.widthHint = WIDTH;
        field.setLayoutData(data);
        onDone(field, document, tall, model::setText);
        if (browses) {
            var button = new Button(parent, SWT.PUSH);
            button.setText("…");
            button.addListener(SWT.Selection, e -> model.browse());
            return parent;
        }
        return field;
    }

    /** Takes what was typed when the field is left, before any command, or on Enter where it has one line. */
    static void onDone(Text field, GraphDocument document, boolean tall, Predicate<String> take) {
        var typing = Typing.in(field, document, take);
        field.addListener(SWT.FocusOut, e -> typing.take());
        if (!tall) {
            field.addListener(SWT.DefaultSelection, e -> typing.take());
        }
    }
}
