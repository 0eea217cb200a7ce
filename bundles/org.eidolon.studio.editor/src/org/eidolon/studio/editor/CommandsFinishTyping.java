// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.Set;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.IExecutionListener;
import org.eclipse.core.commands.NotHandledException;
import org.eidolon.studio.editor.document.Typing;

/**
 * Before a command of the workbench what is being typed is taken over, so that saving saves it. Commands of the editor do
 * so themselves, as they are not carried out where it is refused.
 */
final class CommandsFinishTyping implements IExecutionListener {
    /** What these do, they do to the text of the field. */
    private static final Set<String> OF_FIELDS = Set.of(
            "org.eclipse.ui.edit.copy",
            "org.eclipse.ui.edit.cut",
            "org.eclipse.ui.edit.paste",
            "org.eclipse.ui.edit.delete",
            "org.eclipse.ui.edit.selectAll",
            "org.eclipse.ui.edit.undo",
            "org.eclipse.ui.edit.redo");

    @Override
    public void preExecute(String command, ExecutionEvent event) {
        if (!OF_FIELDS.contains(command) && !command.startsWith("org.eidolon.studio.editor.")) {
            Typing.finish();
        }
    }

    @Override
    public void notHandled(String command, NotHandledException e) {}

    @Override
    public void postExecuteFailure(String command, ExecutionException e) {}

    @Override
    public void postExecuteSuccess(String command, Object result) {}
}
