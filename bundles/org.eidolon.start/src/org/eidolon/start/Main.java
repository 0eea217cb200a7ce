// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.adaptor.EclipseStarter;
import org.osgi.framework.BundleContext;

/**
 * Starts the OSGi framework from the class path and ends the process with what the application returned.
 *
 * <p>Equinox's own launcher loads the framework through a class loader that it makes itself, which a class archive
 * cannot hold; started from the class path the framework comes out of the archive. The arguments are the user's; the
 * framework's own settings come as system properties from the start script.
 */
public final class Main {
    /** The framework or the application could not be started at all. */
    private static final int NOT_STARTED = 1;

    /** What was printed as the result got lost. */
    private static final int NOT_WRITTEN = 1;

    private Main() {}

    /**
     * Runs the application named by the property {@code eidolon.application} and exits with its code. The property
     * {@code eidolon.data} names the folder for what the application keeps, or is {@code @noDefault} where the application
     * chooses one itself; without it there is none.
     */
    public static void main(String[] arguments) {
        Map<String, String> settings = new HashMap<>();
        settings.put("osgi.framework.useSystemProperties", "true");
        settings.put("osgi.noShutdown", "false");
        // as under Equinox's own launcher: packages of the JDK are seen without being imported
        settings.put("osgi.compatibility.bootdelegation", "true");
        EclipseStarter.setInitialProperties(settings);
        List<String> all = new ArrayList<>(List.of(
                "-application",
                System.getProperty("eidolon.application", "org.eidolon.cli.application"),
                "-data",
                System.getProperty("eidolon.data", "@none")));
        all.addAll(List.of(arguments));
        int code = NOT_STARTED;
        try {
            BundleContext framework = EclipseStarter.startup(all.toArray(String[]::new), null);
            AddedBundles.install(framework, AddedBundles.folders(System.getenv()));
            Object result = EclipseStarter.run(null);
            code = result instanceof Integer number ? number : 0;
            EclipseStarter.shutdown();
        } catch (Throwable e) {
            System.err.println("eidolon: the framework did not start: " + e);
            e.printStackTrace();
        }
        if (System.out.checkError() && code == 0) { // the command tells itself; this is for what else runs
            System.err.println("eidolon: the result did not arrive: standard output is closed or full");
            code = NOT_WRITTEN;
        }
        System.err.flush();
        System.exit(code);
    }
}
