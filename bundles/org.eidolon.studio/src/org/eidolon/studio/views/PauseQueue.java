// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eidolon.studio.editor.run.RunQueue;

/** Pauses the queue of runs, or lets it go on. */
public final class PauseQueue extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        RunQueue queue = RunQueue.get();
        queue.pause(!queue.isPaused());
        return null;
    }
}
