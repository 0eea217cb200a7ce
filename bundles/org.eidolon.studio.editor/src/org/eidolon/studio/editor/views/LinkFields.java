// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.edit.Wiring;

/** Where the links of a node's inputs come from, to be chosen among the outputs that fit: linking without a pointer. */
record LinkFields(Composite form, GraphDocument document) {
    void add(Port input) {
        new Label(form, SWT.NONE).setText(input.name());
        var combo = new Combo(form, SWT.DROP_DOWN | SWT.READ_ONLY);
        combo.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false, 2, 1));
        List<Wire> there = document.index().to(input.node().getId(), input.name());
        combo.add(Messages.properties_not_linked);
        outputs(input).forEach(combo::add);
        if (there.isEmpty()) {
            combo.select(0);
        } else {
            String from = there.getFirst().from();
            if (combo.indexOf(from) < 0) {
                combo.add(from);
            }
            combo.setText(from);
        }
        combo.addListener(SWT.Selection, e -> choose(input, combo));
    }

    private List<String> outputs(Port input) {
        Wiring wiring = document.wiring();
        var refs = new ArrayList<String>();
        for (GraphNode node : document.graph().getNodes()) {
            for (Port port : document.ports(node)) {
                if (port.isOutput()
                        && wiring.check(port.ref(), input.node(), input.name()).allowed()) {
                    refs.add(port.ref());
                }
            }
        }
        return refs;
    }

    private void choose(Port input, Combo combo) {
        List<Wire> there = document.index().to(input.node().getId(), input.name());
        if (combo.getSelectionIndex() == 0) {
            document.edit(Messages.edit_unlink, graph -> there.forEach(Edits::unlink));
        } else {
            String from = combo.getText();
            document.edit(
                    Messages.edit_link, graph -> Edits.link(graph, from, input.node(), input.name(), input.many()));
        }
    }
}
