// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.gef.EditPart;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.part.Page;
import org.eclipse.ui.views.properties.IPropertySheetPage;
import org.eidolon.api.Parameter;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.Sweeping;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument.Change;
import org.eidolon.studio.editor.edit.Declarations;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Signature;
import org.eidolon.studio.editor.parts.NodeParameter;
import org.eidolon.studio.editor.parts.Renaming;

/** Properties of the selected node, or of the graph when nothing is selected: all of it reached by keyboard. */
public final class NodeProperties extends Page implements IPropertySheetPage {
    private final GraphEditor editor;
    private final Consumer<Change> changes = change -> changed();
    private ScrolledComposite scroll;
    private Object shown;

    public NodeProperties(GraphEditor editor) {
        this.editor = editor;
    }

    @Override
    public void createControl(Composite parent) {
        scroll = new ScrolledComposite(parent, SWT.V_SCROLL | SWT.H_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        scroll.setLayout(new FillLayout());
        editor.document().onChange(changes);
        show(editor.document().graph());
    }

    @Override
    public void selectionChanged(IWorkbenchPart part, ISelection selection) {
        if (selection instanceof IStructuredSelection structured) {
            boolean one = structured.size() == 1;
            Object model = one && structured.getFirstElement() instanceof EditPart edit ? edit.getModel() : null;
            show(model instanceof Element ? model : editor.document().graph());
        }
    }

    /** What was changed elsewhere shows here, but not while somebody types here. */
    private void changed() {
        if (scroll == null || scroll.isDisposed()) {
            return;
        }
        Control field = scroll.getDisplay().getFocusControl();
        boolean holds = field instanceof Text || field instanceof Combo || field instanceof Button b && isSwitch(b);
        for (Control focus = field; holds && focus != null; focus = focus.getParent()) {
            if (focus == scroll) {
                return;
            }
        }
        Object again = shown;
        shown = null;
        boolean there = again instanceof Graph || again instanceof Element e && e.eContainer() != null;
        show(there ? again : editor.document().graph());
    }

    private static boolean isSwitch(Button button) {
        return (button.getStyle() & SWT.CHECK) != 0;
    }

    private void show(Object model) {
        if (scroll.isDisposed() || model == shown) {
            return;
        }
        shown = model;
        if (scroll.getContent() != null) {
            scroll.getContent().dispose();
        }
        var form = new Composite(scroll, SWT.NONE);
        form.setLayout(new GridLayout(3, false));
        switch (model) {
            case GraphNode node -> node(form, node);
            case Element element -> id(form, element);
            default -> graph(form, (Graph) model);
        }
        scroll.setContent(form);
        scroll.setMinSize(form.computeSize(SWT.DEFAULT, SWT.DEFAULT));
        scroll.layout(true, true);
    }

    private void graph(Composite form, Graph graph) {
        new InputForm(form, editor).fill();
        text(form, Messages.properties_title, graph.getTitle(), false, value -> {
            editor.document().edit(Messages.edit_rename, g -> g.setTitle(value.isBlank() ? null : value));
        });
        text(form, Messages.properties_description, graph.getDescription(), true, value -> {
            editor.document().edit(Messages.edit_rename, g -> g.setDescription(value.isBlank() ? null : value));
        });
    }

    private void id(Composite form, Element element) {
        text(
                form,
                Messages.properties_id,
                element.getId(),
                false,
                value -> Renaming.id(editor.host(), element, value, Messages.edit_rename));
    }

    private void node(Composite form, GraphNode node) {
        Signature type = editor.document().catalogue().find(node).orElse(null);
        if (type != null) {
            wide(form, type.doc());
        }
        id(form, node);
        text(
                form,
                Messages.properties_label,
                node.getLabel(),
                false,
                value -> editor.document()
                        .edit(Messages.edit_rename, g -> node.setLabel(value.isBlank() ? null : value.strip())));
        if (type == null) {
            wide(form, Messages.bind(Messages.node_missing, node.getType() + "@" + node.getVersion()));
            node.getParameters().forEach(entry -> wide(form, entry.getKey() + " = " + entry.getValue()));
            return;
        }
        var fields = new ParameterFields(form, editor.document());
        for (Parameter parameter : type.parameters()) {
            var model = new NodeParameter(editor.host(), node, parameter);
            Actions actions = Actions.ofParameter(editor.document(), form.getShell(), node, parameter.name());
            if (!model.linked()) {
                actions.add(Messages.sweep_menu, () -> Sweeping.ask(editor, node, parameter.name()));
            }
            fields.add(parameter.name(), model, actions);
        }
        Predicate<Port> isInput = port -> port.side() == Port.Side.INPUT;
        List<Port> inputs =
                editor.document().ports(node).stream().filter(isInput).toList();
        if (!inputs.isEmpty()) {
            wide(form, Messages.properties_links);
            var links = new LinkFields(form, editor.document());
            inputs.forEach(links::add);
        }
        List<Port> outputs =
                editor.document().ports(node).stream().filter(Port::isOutput).toList();
        if (!outputs.isEmpty()) {
            wide(form, Messages.properties_outputs);
            outputs.forEach(port -> output(form, port));
        }
        var reasons = editor.runs().state(node.getId()).reasons();
        if (!reasons.isEmpty()) {
            wide(form, Messages.bind(Messages.node_ran_because, String.join("; ", reasons)));
        }
    }

    /** An output, and by which name the graph declares it. */
    private void output(Composite form, Port port) {
        new Label(form, SWT.NONE).setText(port.name());
        String declared = Declarations.outputOf(editor.document().graph(), port.ref())
                .map(output -> Messages.bind(Messages.output_declared, output.getName()))
                .orElse("");
        var label = new Label(form, SWT.NONE);
        label.setText(declared);
        label.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        Actions.ofOutput(editor.document(), form.getShell(), port.ref(), port.name())
                .button(form, port.name());
    }

    private static void wide(Composite form, String text) {
        var label = new Label(form, SWT.WRAP);
        label.setText(text);
        var data = new GridData(SWT.FILL, SWT.TOP, true, false, 3, 1);
        data.widthHint = 220;
        label.setLayoutData(data);
    }

    private void text(Composite form, String name, String value, boolean tall, Consumer<String> take) {
        new Label(form, SWT.NONE).setText(name);
        var field = new Text(form, SWT.BORDER | (tall ? SWT.MULTI | SWT.WRAP | SWT.V_SCROLL : SWT.SINGLE));
        field.setText(value == null ? "" : value);
        var data = new GridData(SWT.FILL, SWT.TOP, true, false, 2, 1);
        data.heightHint = tall ? 80 : SWT.DEFAULT;
        data.widthHint = ParameterFields.WIDTH;
        field.setLayoutData(data);
        ParameterFields.onDone(field, editor.document(), tall, text -> {
            take.accept(text);
            return true;
        });
    }

    @Override
    public Control getControl() {
        return scroll;
    }

    @Override
    public void setFocus() {
        scroll.setFocus();
    }

    @Override
    public void dispose() {
        editor.document().noMore(changes);
        super.dispose();
    }
}
