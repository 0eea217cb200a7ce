// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

/** {@code eidolon studio [FILE…]}: the workbench. */
public final class StudioApplication implements IApplication {
    private static final int NO_DISPLAY = 1;

    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        List<Path> files = files(arguments == null ? new String[0] : arguments);
        Display display;
        try {
            display = PlatformUI.createDisplay();
        } catch (SWTError e) { // said where it was started: a log file is no place to look for a missing window
            System.err.println("eidolon: the window system does not answer: " + e.getMessage());
            return NO_DISPLAY;
        }
        try {
            PlatformUI.createAndRunWorkbench(display, new StudioAdvisor(files));
            return EXIT_OK;
        } finally {
            display.dispose();
        }
    }

    /** What is left beside options, which come with a value each: the framework's, where another launcher starts it. */
    private static List<Path> files(String[] arguments) {
        var files = new ArrayList<Path>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("-")) {
                i++;
            } else {
                files.add(Path.of(arguments[i]).toAbsolutePath().normalize());
            }
        }
        return files;
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            Display display = PlatformUI.getWorkbench().getDisplay();
            display.syncExec(() -> PlatformUI.getWorkbench().close());
        }
    }
}
