// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

/** {@code eidolon studio [FILE…]}: the workbench. */
public final class StudioApplication implements IApplication {
    private static final int FAILED = 1;

    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        List<Path> files = files(arguments == null ? new String[0] : arguments);
        Optional<StateFolder> state;
        try {
            state = state(files);
        } catch (IOException e) {
            return complain("the folder for what the studio keeps cannot be used: " + e.getMessage()
                    + "; XDG_STATE_HOME names another");
        }
        if (state.isEmpty()) {
            return EXIT_OK;
        }
        Display display;
        try {
            display = PlatformUI.createDisplay();
        } catch (SWTError e) {
            return complain("the window system does not answer: " + e.getMessage());
        }
        try {
            return run(display, state.get(), files, pictures(arguments));
        } finally {
            display.dispose();
        }
    }

    private static Integer run(Display display, StateFolder state, List<Path> files, String pictures) {
        if (pictures == null || files.size() != 1) {
            PlatformUI.createAndRunWorkbench(display, new StudioAdvisor(files, state));
            return EXIT_OK;
        }
        var advisor = new PicturesAdvisor(files.getFirst(), state, pictures);
        PlatformUI.createAndRunWorkbench(display, advisor);
        return advisor.problem() == null
                ? EXIT_OK
                : complain(String.valueOf(advisor.problem().getMessage()));
    }

    /** What {@code eidolon docs screenshots} wants; null where a user wants to work. */
    private static String pictures(String[] arguments) {
        int at = arguments == null ? -1 : Arrays.asList(arguments).indexOf("--pictures");
        return at < 0 || at + 1 == arguments.length ? null : arguments[at + 1];
    }

    /** Said where it was started: a log file is no place to look for a missing window. */
    private static Integer complain(String what) {
        System.err.println("eidolon: " + what);
        return FAILED;
    }

    /** The folder of this process; none when a studio that is open already has taken the files. */
    private static Optional<StateFolder> state(List<Path> files) throws IOException {
        Location location = Platform.getInstanceLocation();
        if (location.isSet()) { // whoever started the framework chose it
            return Optional.of(StateFolder.chosen(location));
        }
        String screen = System.getenv().getOrDefault("WAYLAND_DISPLAY", "") + " "
                + System.getenv().getOrDefault("DISPLAY", "");
        var state = StateFolder.take(location, Path.of(System.getProperty("eidolon.state")), screen, files);
        if (state.isEmpty()) {
            System.err.println("eidolon: the studio that is open already "
                    + (files.isEmpty()
                            ? "has come to the front"
                            : "has taken "
                                    + files.stream()
                                            .map(file -> file.getFileName().toString())
                                            .collect(Collectors.joining(", "))));
        }
        return state;
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
