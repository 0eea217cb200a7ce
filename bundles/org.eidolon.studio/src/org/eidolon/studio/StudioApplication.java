// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

/** {@code eidolon studio [FILE…]}: the workbench. */
public final class StudioApplication implements IApplication {
    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        List<Path> files = Arrays.stream(arguments == null ? new String[0] : arguments)
                .filter(argument -> !argument.startsWith("-"))
                .map(argument -> Path.of(argument).toAbsolutePath().normalize())
                .toList();
        Display display = PlatformUI.createDisplay();
        try {
            PlatformUI.createAndRunWorkbench(display, new StudioAdvisor(files));
            return EXIT_OK;
        } finally {
            display.dispose();
        }
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            Display display = PlatformUI.getWorkbench().getDisplay();
            display.syncExec(() -> PlatformUI.getWorkbench().close());
        }
    }
}
