// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Bundles that the user has put beside the product: the jars in {@code ~/.local/share/eidolon/bundles} and in the folders
 * that {@code EIDOLON_BUNDLES} names. Nothing else is ever installed, least of all on the word of a graph.
 */
final class AddedBundles {
    /** Before the path in the name under which the framework knows them, and no bundle of the product. */
    private static final String PLACE = "added:";

    private AddedBundles() {}

    static List<Path> folders(Map<String, String> environment) {
        var folders = new ArrayList<Path>();
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        folders.add(base.resolve("eidolon").resolve("bundles"));
        for (String folder : environment.getOrDefault("EIDOLON_BUNDLES", "").split(File.pathSeparator)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder).toAbsolutePath());
            }
        }
        return folders;
    }

    /** Installs the jars that are new or changed, takes away those that are gone. What cannot be used is said. */
    static void install(BundleContext framework, List<Path> folders) {
        var wanted = new ArrayList<Path>();
        folders.forEach(folder -> wanted.addAll(jars(folder)));
        for (Bundle bundle : framework.getBundles()) {
            if (bundle.getLocation().startsWith(PLACE)
                    && !wanted.contains(Path.of(bundle.getLocation().substring(PLACE.length())))) {
                attempt(bundle.getLocation(), bundle::uninstall);
            }
        }
        var installed = new ArrayList<Bundle>();
        for (Path jar : wanted) {
            attempt(jar.toString(), () -> {
                Bundle bundle = framework.getBundle(PLACE + jar);
                try (InputStream in = Files.newInputStream(jar)) {
                    if (bundle == null) {
                        bundle = framework.installBundle(PLACE + jar, in);
                    } else if (bundle.getLastModified()
                            < Files.getLastModifiedTime(jar).toMillis()) {
                        bundle.update(in);
                    }
                }
                installed.add(bundle);
            });
        }
        for (Bundle bundle : installed) { // when all are there, as one may need another
            if (bundle.getHeaders().get("Fragment-Host") == null) {
                attempt(
                        bundle.getLocation().substring(PLACE.length()),
                        () -> bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY));
            }
        }
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            System.err.println("eidolon: the folder of bundles " + folder + " cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private interface Step {
        void take() throws BundleException, IOException;
    }

    private static void attempt(String jar, Step step) {
        try {
            step.take();
        } catch (BundleException | IOException e) {
            System.err.println("eidolon: the bundle " + jar + " cannot be used: " + e.getMessage());
        }
    }
}
