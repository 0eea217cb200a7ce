// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eidolon.api.Parameter;
import org.eidolon.engine.Sweep;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.Assets;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.edit.LinkIndex;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.parts.NodeParameter;
import org.eidolon.studio.editor.run.Sweeps;

/** Asks which parameter of a node is to take which values in turn, and says how many runs that makes. */
final class SweepDialog extends TitleAreaDialog {
    /**
     * What can be swept.
     *
     * @param node null for the seed of the run
     * @param now the value that the graph has; null for none
     */
    record Choice(GraphNode node, Parameter parameter, Object now) {
        String target() {
            return node == null ? parameter.name() : node.getId() + "." + parameter.name();
        }

        String words() {
            return node == null ? Messages.sweep_seed : target();
        }
    }

    private final GraphDocument document;
    private final List<Choice> choices;
    private Choice chosen;
    private Composite place;
    private SweepForm form;
    private Label sum;
    private Sweep sweep;

    /**
     * @param choices at least one
     * @param chosen the name of the parameter with which to begin; null for the first
     */
    SweepDialog(Shell parent, GraphDocument document, List<Choice> choices, String chosen) {
        super(parent);
        this.document = document;
        this.choices = choices;
        this.chosen = choices.stream()
                .filter(one -> one.parameter().name().equals(chosen))
                .findFirst()
                .orElse(choices.getFirst());
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** What was asked for. */
    Sweep sweep() {
        return sweep;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.sweep_title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.sweep_title);
        setMessage(Messages.sweep_hint);
        var top = new Composite(area, SWT.NONE);
        top.setLayout(new GridLayout(2, false));
        top.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        new Label(top, SWT.NONE).setText(Messages.sweep_parameter);
        var combo = new Combo(top, SWT.DROP_DOWN | SWT.READ_ONLY);
        choices.forEach(one -> combo.add(one.words()));
        combo.select(choices.indexOf(chosen));
        combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        combo.addListener(SWT.Selection, e -> {
            chosen = choices.get(combo.getSelectionIndex());
            fill();
        });
        place = new Composite(area, SWT.NONE);
        var layout = new GridLayout(1, false);
        layout.marginWidth = layout.marginHeight = 0;
        place.setLayout(layout);
        place.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        sum = new Label(area, SWT.WRAP);
        var line = new GridData(SWT.FILL, SWT.BOTTOM, true, false);
        line.horizontalIndent = 8;
        line.widthHint = 320;
        line.heightHint = 2 * sum.computeSize(SWT.DEFAULT, SWT.DEFAULT).y + 8;
        sum.setLayoutData(line);
        return area;
    }

    @Override
    protected Control createContents(Composite parent) {
        Control contents = super.createContents(parent);
        fill();
        form.control().setFocus();
        return contents;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.sweep_run, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
    }

    @Override
    protected Point getInitialSize() {
        Point wanted = super.getInitialSize();
        return new Point(Math.max(540, wanted.x), Math.max(440, wanted.y));
    }

    private void fill() {
        if (form != null) {
            form.control().dispose();
            form = null;
        }
        form = new SweepForm(place, chosen.target(), chosen.parameter(), chosen.now(), this::browse, this::check);
        form.control().setToolTipText(NodeParameter.help(chosen.parameter()));
        place.layout(true, true);
        check();
    }

    /** Files that the user picks, brought beside the graph. */
    private List<String> browse() {
        var dialog = new FileDialog(getShell(), SWT.OPEN | SWT.MULTI);
        dialog.setFilterPath(document.folder().toString());
        if (!chosen.parameter().accepts().isEmpty()) {
            dialog.setFilterExtensions(
                    new String[] {"*." + String.join(";*.", chosen.parameter().accepts()), "*.*"});
        }
        var files = new ArrayList<String>();
        if (dialog.open() != null) {
            try {
                for (String name : dialog.getFileNames()) {
                    files.add(Assets.bring(document, Path.of(dialog.getFilterPath(), name)));
                }
            } catch (IOException e) {
                setErrorMessage(e.getMessage());
            }
        }
        return files;
    }

    private void check() {
        if (form == null) { // it is being filled
            return;
        }
        String wrong = null;
        sweep = null;
        try {
            sweep = form.sweep();
        } catch (IllegalArgumentException e) {
            wrong = e.getMessage();
        }
        setErrorMessage(wrong);
        boolean stops = Sweeps.get().isRunning(document.file(), chosen.target());
        setMessage(
                stops ? Messages.sweep_stops : Messages.sweep_hint,
                stops ? IMessageProvider.WARNING : IMessageProvider.NONE);
        sum.setText(sweep == null ? "" : words(sweep.values().size()));
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(wrong == null);
        }
    }

    private String words(int runs) {
        if (chosen.node() == null) {
            return Messages.bind(Messages.sweep_runs_seed, runs);
        }
        int all = document.graph().getNodes().size();
        int after = after(chosen.node(), document.index()).size();
        return Messages.bind(
                after < all ? Messages.sweep_runs : Messages.sweep_runs_whole,
                new Object[] {runs, after, all, all - after});
    }

    /** The node and all that follows it: what may run for each value, while the rest is the same for all. */
    private static Set<GraphNode> after(GraphNode node, LinkIndex index) {
        var found = new HashSet<GraphNode>(Set.of(node));
        var open = new ArrayDeque<String>();
        index.outputs(node.getId()).forEach(output -> open.add(node.getId() + "." + output));
        var seen = new HashSet<String>();
        while (!open.isEmpty()) {
            String from = open.poll();
            for (Wire wire : seen.add(from) ? index.from(from) : List.<Wire>of()) {
                if (wire.target() instanceof GraphNode next) {
                    if (found.add(next)) {
                        index.outputs(next.getId()).forEach(output -> open.add(next.getId() + "." + output));
                    }
                } else {
                    open.add(wire.target().getId());
                }
            }
        }
        return found;
    }
}
