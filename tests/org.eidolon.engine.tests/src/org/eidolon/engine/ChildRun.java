// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.eidolon.engine.Workshop.with;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.api.Node;
import org.eidolon.graph.Problem;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

/** A run in a process of its own, to be killed. */
final class ChildRun {
    private ChildRun() {}

    static Plan plan(NodeTypes types, Path log, int steps, long millis) throws PlanException {
        return new PlanBuilder(types, "child")
                .node("long", "test.long", with("steps", steps, "millis", millis, "log", log.toString()))
                .build(List.of());
    }

    static Process start(Path cache, Path log, int steps, long millis, boolean resume) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        ChildRun.class.getName(),
                        cache.toString(),
                        log.toString(),
                        "" + steps,
                        "" + millis,
                        "" + resume)
                .inheritIO()
                .start();
    }

    public static void main(String[] args) throws Exception {
        var shop = new Workshop(Path.of(args[0]));
        shop.options = shop.options.withResume(Boolean.parseBoolean(args[4]));
        var plan = plan(shop.types, Path.of(args[1]), Integer.parseInt(args[2]), java.lang.Long.parseLong(args[3]));
        System.exit(shop.run(plan).outcome().exitCode());
    }

    /** That of this process; inside OSGi, where it holds only the launcher, the bundles' classes copied out. */
    private static String classPath() throws IOException {
        if (FrameworkUtil.getBundle(ChildRun.class) == null) {
            return System.getProperty("java.class.path");
        }
        var folders = new ArrayList<String>();
        for (Class<?> member : List.of(ChildRun.class, Node.class, Problem.class)) {
            Path folder = Files.createTempDirectory("eidolon-classes");
            BundleWiring wiring = FrameworkUtil.getBundle(member).adapt(BundleWiring.class);
            for (String name : wiring.listResources(
                    "/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL)) {
                Files.createDirectories(folder.resolve(name).getParent());
                try (InputStream in = wiring.getClassLoader().getResourceAsStream(name)) {
                    Files.copy(in, folder.resolve(name));
                }
            }
            folder.toFile().deleteOnExit();
            folders.add(folder.toString());
        }
        return String.join(File.pathSeparator, folders);
    }
}
