// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.function.Consumer;
import org.eclipse.emf.ecore.change.ChangeDescription;
import org.eclipse.emf.ecore.change.util.ChangeRecorder;
import org.eclipse.gef.commands.Command;
import org.eidolon.graph.model.Graph;

/**
 * The one command of the editor: any change of a graph under a name. What the change did is recorded, so that undoing it
 * needs no code of its own.
 */
public final class Edit extends Command {
    private final ChangeDescription recorded;
    private boolean applied = true;

    private Edit(String label, ChangeDescription recorded) {
        super(label);
        this.recorded = recorded;
    }

    /**
     * Makes a change now.
     *
     * @return the change, to be put on the stack of commands; null if it changed nothing
     * @throws RuntimeException what the change throws; the graph is then as it was
     */
    public static Edit of(String label, Graph graph, Consumer<Graph> change) {
        var recorder = new ChangeRecorder(graph);
        boolean done = false;
        ChangeDescription recorded;
        try {
            change.accept(graph);
            done = true;
        } finally {
            recorded = recorder.endRecording();
            recorder.dispose();
            if (!done) {
                recorded.apply();
            }
        }
        boolean empty = recorded.getObjectChanges().isEmpty();
        return empty ? null : new Edit(label, recorded);
    }

    /** The stack executes what was already done by {@link #of}: only a second time is it done again. */
    @Override
    public void execute() {
        if (!applied) {
            redo();
        }
    }

    @Override
    public void undo() {
        recorded.applyAndReverse();
        applied = false;
    }

    @Override
    public void redo() {
        recorded.applyAndReverse();
        applied = true;
    }
}
