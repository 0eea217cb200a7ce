// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.ColorDialog;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eidolon.api.Param;
import org.eidolon.api.Parameter;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.Assets;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Values;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.extend.ParameterModel;

/** A parameter of a node of the open graph, or several that a declared input of the graph sets as one. */
public final class NodeParameter implements ParameterModel {
    /** Where a value is kept. */
    private record End(GraphNode node, Parameter parameter) {}

    private final Host host;
    private final Parameter parameter;
    private final List<End> ends;

    private NodeParameter(Host host, List<End> ends) {
        this.host = host;
        this.parameter = ends.get(0).parameter();
        this.ends = ends;
    }

    public NodeParameter(Host host, GraphNode node, Parameter parameter) {
        this(host, List.of(new End(node, parameter)));
    }

    /** What a declared input sets; empty where it sets no parameter. The first of several says which values there are. */
    public static Optional<NodeParameter> ofInput(Host host, GraphInput input) {
        var ends = new ArrayList<End>();
        for (String to : input.getTo()) {
            PortRef ref = PortRef.parse(to);
            if (host.document().index().element(ref.node()) instanceof GraphNode node) {
                host.document()
                        .catalogue()
                        .find(node)
                        .flatMap(type -> type.parameter(ref.port()))
                        .ifPresent(parameter -> ends.add(new End(node, parameter)));
            }
        }
        return ends.isEmpty() ? Optional.empty() : Optional.of(new NodeParameter(host, ends));
    }

    private JsonElement stored() {
        return ends.get(0).node().getParameters().get(parameter.name());
    }

    /** Documentation, range and unit, for a tool tip. */
    public static String help(Parameter parameter) {
        var text = new StringBuilder(parameter.doc());
        if (Double.isFinite(parameter.min()) && Double.isFinite(parameter.max())) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(Values.number(parameter.min()))
                    .append(" – ")
                    .append(Values.number(parameter.max()))
                    .append(parameter.unit().isEmpty() ? "" : " " + parameter.unit());
        }
        return text.isEmpty() ? parameter.name() : text.toString();
    }

    @Override
    public Parameter parameter() {
        return parameter;
    }

    @Override
    public Object value() {
        JsonElement stored = stored();
        if (stored == null) {
            return parameter.defaultValue();
        }
        try {
            return parameter.parse(Values.raw(stored));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String text() {
        JsonElement stored = stored();
        return stored == null
                ? Values.text(parameter.toJson(parameter.defaultValue()))
                : Values.text(Values.raw(stored));
    }

    @Override
    public boolean linked() {
        return ends.stream()
                .noneMatch(end -> host.document()
                        .index()
                        .to(end.node().getId(), end.parameter().name())
                        .isEmpty());
    }

    @Override
    public boolean isDefault() {
        return stored() == null;
    }

    @Override
    public void set(Object value) {
        Object json = parameter.toJson(value);
        host.document()
                .edit(
                        Messages.bind(Messages.edit_parameter, parameter.name()),
                        graph -> ends.forEach(end -> Edits.setParameter(
                                end.node(),
                                end.parameter(),
                                end.parameter() == parameter
                                        ? value
                                        : end.parameter().parse(json))));
    }

    /** Sets what was typed; says why, and gives false, if it is no such value. */
    public boolean setText(String text) {
        try {
            set(parameter.parse(text));
            return true;
        } catch (IllegalArgumentException e) {
            MessageDialog.openError(shell(), Messages.bind(Messages.edit_parameter, parameter.name()), e.getMessage());
            return false;
        }
    }

    @Override
    public void type(ParameterFigure widget) {
        boolean tall = parameter.widget() == Param.Widget.MULTILINE;
        Rectangle box = widget.getBounds().getCopy();
        if (tall) {
            box.height = Math.max(box.height, 110);
        }
        InlineText.over(host, box).with(text(), tall).check(this::setText);
    }

    @Override
    public void choose(ParameterFigure widget) {
        var menu = new Menu(host.viewer().getControl());
        for (String choice : parameter.choices()) {
            var item = new MenuItem(menu, SWT.RADIO);
            item.setText(choice);
            item.setSelection(choice.equals(text()));
            item.addListener(SWT.Selection, e -> {
                if (item.getSelection()) {
                    setText(choice);
                }
            });
        }
        menu.addListener(SWT.Hide, e -> menu.getDisplay().asyncExec(menu::dispose));
        Rectangle box = widget.getBounds().getCopy();
        widget.translateToAbsolute(box);
        menu.setLocation(host.viewer().getControl().toDisplay(box.x, box.bottom()));
        menu.setVisible(true);
    }

    @Override
    public void browse() {
        if (parameter.widget() == Param.Widget.COLOUR) {
            pickColour();
            return;
        }
        String picked;
        if (parameter.widget() == Param.Widget.FOLDER) {
            picked = new DirectoryDialog(shell()).open();
        } else {
            var dialog = new FileDialog(shell(), SWT.OPEN);
            dialog.setFilterPath(host.document().folder().toString());
            if (!parameter.accepts().isEmpty()) {
                dialog.setFilterExtensions(new String[] {"*." + String.join(";*.", parameter.accepts()), "*.*"});
            }
            picked = dialog.open();
        }
        if (picked != null) {
            setFile(Path.of(picked));
        }
    }

    /** Names a file: one outside the graph's folder is copied to assets beside the graph, as graphs keep to their folder. */
    public void setFile(Path file) {
        try {
            setText(Assets.bring(host.document(), file));
        } catch (IOException e) {
            MessageDialog.openError(shell(), parameter.name(), e.getMessage());
        }
    }

    private void pickColour() {
        var dialog = new ColorDialog(shell());
        dialog.setRGB(host.look().of(text()).getRGB());
        RGB rgb = dialog.open();
        if (rgb != null) {
            setText(String.format("#%02x%02x%02x", rgb.red, rgb.green, rgb.blue));
        }
    }

    private Shell shell() {
        return host.viewer().getControl().getShell();
    }
}
