// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eidolon.graph.Graphs;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Border;
import org.eidolon.studio.editor.edit.Extraction;

/** Asks what a subgraph is called, and by what names it takes and gives: all of it with a proposal. */
final class SubgraphDialog extends TitleAreaDialog {
    private static final int HEIGHT = 320;
    private static final int NAME_WIDTH = 170;

    private final Extraction extraction;
    private final Function<String, String> fault;
    private final List<Border> parameters;
    private final Set<Border> exposed = new HashSet<>();
    private String name;

    /** @param fault what is wrong with a name for the file; null for nothing */
    SubgraphDialog(Shell parent, Extraction extraction, String name, Function<String, String> fault) {
        super(parent);
        this.extraction = extraction;
        this.parameters = extraction.parameters();
        this.name = name;
        this.fault = fault;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** The file without its ending. */
    String name() {
        return name;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.subgraph_title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.subgraph_title);
        var top = new Composite(area, SWT.NONE);
        top.setLayout(new GridLayout(3, false));
        top.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        new Label(top, SWT.NONE).setText(Messages.subgraph_file);
        Text file = field(top, name);
        file.addListener(SWT.Modify, e -> {
            name = file.getText().strip();
            check();
        });
        new Label(top, SWT.NONE).setText("." + Graphs.EXTENSION);
        file.selectAll();

        var scroll = new ScrolledComposite(area, SWT.V_SCROLL | SWT.BORDER);
        var room = new GridData(SWT.FILL, SWT.FILL, true, true);
        room.heightHint = HEIGHT;
        scroll.setLayoutData(room);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        var form = new Composite(scroll, SWT.NONE);
        form.setLayout(new GridLayout(3, false));
        section(form, Messages.subgraph_inputs, inputs());
        section(form, Messages.subgraph_outputs, outputs());
        section(form, Messages.subgraph_parameters, parameters);
        scroll.setContent(form);
        scroll.setMinSize(form.computeSize(SWT.DEFAULT, SWT.DEFAULT));
        return area;
    }

    @Override
    protected Point getInitialSize() {
        Point wanted = super.getInitialSize();
        return new Point(Math.max(560, wanted.x), wanted.y);
    }

    private List<Border> inputs() {
        return extraction.borders().stream()
                .filter(border -> border.kind() != Border.Kind.OUT)
                .toList();
    }

    private List<Border> outputs() {
        return extraction.borders().stream()
                .filter(border -> border.kind() == Border.Kind.OUT)
                .toList();
    }

    private void section(Composite form, String title, List<Border> borders) {
        if (borders.isEmpty()) {
            return;
        }
        var heading = new Label(form, SWT.NONE);
        heading.setText(title);
        heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        heading.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false, 3, 1));
        for (Border border : borders) {
            boolean optional = border.kind() == Border.Kind.PARAMETER;
            var use = new Button(form, SWT.CHECK);
            use.setVisible(optional);
            use.setToolTipText(ends(border));
            Text field = field(form, border.name());
            field.setEnabled(!optional);
            field.setToolTipText(ends(border));
            new Label(form, SWT.NONE).setText(ends(border));
            use.addListener(SWT.Selection, e -> {
                field.setEnabled(use.getSelection());
                if (use.getSelection()) {
                    exposed.add(border);
                } else {
                    exposed.remove(border);
                }
                check();
            });
            field.addListener(SWT.Modify, e -> {
                border.setName(field.getText().strip());
                check();
            });
        }
    }

    private static Text field(Composite parent, String text) {
        var field = new Text(parent, SWT.BORDER);
        field.setText(text);
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false);
        data.widthHint = NAME_WIDTH;
        field.setLayoutData(data);
        return field;
    }

    /** What the input or output stands for, such as "plain.image → soften.image". */
    private static String ends(Border border) {
        String inner = String.join(", ", border.inner());
        return border.outer().isEmpty() ? inner : border.outer() + " → " + inner;
    }

    @Override
    protected Control createContents(Composite parent) {
        Control contents = super.createContents(parent);
        check();
        return contents;
    }

    private void check() {
        String wrong = fault.apply(name);
        var all = new ArrayList<Border>(inputs());
        parameters.stream().filter(exposed::contains).forEach(all::add);
        for (List<Border> names : List.of(all, outputs())) {
            var taken = new HashSet<String>();
            for (Border border : names) {
                if (wrong == null && !border.name().matches("[A-Za-z_][A-Za-z0-9_-]{0,63}")) {
                    wrong = Messages.bind(Messages.subgraph_bad_name, border.name());
                } else if (wrong == null && names == all && border.name().equals(Graphs.SUBGRAPH_FILE)) {
                    wrong = Messages.bind(Messages.subgraph_reserved, border.name());
                } else if (wrong == null && !taken.add(border.name())) {
                    wrong = Messages.bind(Messages.subgraph_twice, border.name());
                }
            }
        }
        setErrorMessage(wrong);
        String order = String.join(", ", extraction.reordered());
        setMessage(
                order.isEmpty() ? Messages.subgraph_hint : Messages.bind(Messages.subgraph_order, order),
                order.isEmpty() ? IMessageProvider.NONE : IMessageProvider.WARNING);
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(wrong == null);
        }
    }

    @Override
    protected void okPressed() {
        parameters.stream().filter(exposed::contains).forEach(extraction::expose);
        super.okPressed();
    }
}
