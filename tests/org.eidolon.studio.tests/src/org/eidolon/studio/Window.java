// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.NodeLibrary;
import org.eidolon.engine.worker.Worker;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.testing.ChildCommand;
import org.eidolon.testing.Elsewhere;
import org.osgi.framework.FrameworkUtil;

/** The window of the workbench, from the thread of a test. */
public final class Window {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int SETTLING_MILLIS = 500;

    static {
        var bundles = FrameworkUtil.getBundle(Window.class).getBundleContext();
        bundles.registerService(NodeLibrary.class, new Sculpture(), null);
        bundles.registerService(Worker.class, ChildCommand.with(new Sculpture()).worker(), null);
    }

    private Window() {}

    public static <T> T ui(Callable<T> work) {
        return Elsewhere.call(PlatformUI.getWorkbench().getDisplay()::syncExec, work);
    }

    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!ui(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("this did not come: " + what);
            }
            pause(20);
        }
    }

    /** Leaves the window as a test finds it: nothing runs or waits, no graph is open, views are where they begin. */
    public static void tidy() {
        ui(() -> {
            RunQueue.get().pause(false);
            List.copyOf(RunQueue.get().runs()).forEach(RunQueue.get()::drop);
            page().closeAllEditors(false);
            page().resetPerspective();
            return null;
        });
        await("the queue is empty", () -> RunQueue.get().runs().isEmpty());
    }

    /** Lets come what is still on its way. */
    public static void settle() {
        pause(SETTLING_MILLIS);
        ui(() -> null);
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
    }
}
