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
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Bundles that the user has put beside the product: the jars in {@code ~/.local/share/eidolon/bundles} and in the folders
 * that {@code EIDOLON_BUNDLES} names. Nothing else is ever installed, least of all on the word of a graph.
 */
final class AddedBundles {
    /** Before the path in the name under which the framework knows them, and no bundle of the product. */
    private static final String PLACE = "added:";

    /** Of the framework's message on a bundle that does not resolve. */
    private static final Pattern REQUIREMENT = Pattern.compile("Unresolved requirement: ([^\n]+)");

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
        List<Path> wanted = folders.stream()
                .flatMap(folder -> jars(folder).stream())
                .filter(AddedBundles::isBundle)
                .toList();
        for (Bundle bundle : framework.getBundles()) {
            if (bundle.getLocation().startsWith(PLACE) && !wanted.contains(place(bundle))) {
                attempt(framework, place(bundle), bundle::uninstall);
            }
        }
        var installed = new ArrayList<Bundle>();
        for (Path jar : wanted) {
            attempt(framework, jar, () -> installed.add(installed(framework, jar)));
        }
        for (Bundle bundle : installed) { // when all are there, as one may need another
            if (host(bundle) == null) {
                attempt(
                        framework,
                        place(bundle),
                        () -> bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY));
            } else if (!framework.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle))) {
                unusable(place(bundle), "it is a fragment of " + host(bundle) + ", which is not installed");
            }
        }
    }

    private static Bundle installed(BundleContext framework, Path jar) throws BundleException, IOException {
        Bundle bundle = framework.getBundle(PLACE + jar);
        try (InputStream in = Files.newInputStream(jar)) {
            if (bundle == null) {
                return framework.installBundle(PLACE + jar, in);
            }
            if (bundle.getLastModified() < Files.getLastModifiedTime(jar).toMillis()) {
                bundle.update(in);
            }
            return bundle;
        }
    }

    private static Path place(Bundle bundle) {
        return Path.of(bundle.getLocation().substring(PLACE.length()));
    }

    /** The bundle that a fragment belongs to; null of a bundle that stands by itself. */
    private static String host(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST);
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

    /** Whether the framework need be asked at all, which would say of a broken file only that there was an error. */
    private static boolean isBundle(Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            if (manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null) {
                return true;
            }
            unusable(jar, "it is a jar, but no bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
        } catch (ZipException e) {
            unusable(jar, "it is no jar, or it was cut short; copy it there once more");
        } catch (IOException e) {
            unusable(jar, "it cannot be read: " + e.getMessage());
        }
        return false;
    }

    private interface Step {
        void take() throws BundleException, IOException;
    }

    private static void attempt(BundleContext framework, Path jar, Step step) {
        try {
            step.take();
        } catch (BundleException e) {
            unusable(jar, reason(framework, jar, e));
        } catch (IOException e) {
            unusable(jar, e.getMessage());
        }
    }

    private static void unusable(Path jar, String reason) {
        System.err.println("eidolon: the bundle " + jar + " cannot be used: " + reason);
    }

    private static String reason(BundleContext framework, Path jar, BundleException e) {
        String message = String.valueOf(e.getMessage());
        if (e.getType() == BundleException.RESOLVE_ERROR) {
            String missing = REQUIREMENT
                    .matcher(message)
                    .results()
                    .map(found -> found.group(1).strip())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return missing.isEmpty()
                    ? message.strip().replaceAll("\\s+", " ")
                    : "it needs what is not installed: " + missing;
        }
        if (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR) {
            return message + other(framework, jar) + "; remove one of them";
        }
        return e.getCause() == null ? message : message + ": " + e.getCause().getMessage();
    }

    /** Where the bundle lies that a jar is a second copy of. */
    private static String other(BundleContext framework, Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            String name = file.getManifest()
                    .getMainAttributes()
                    .getValue(Constants.BUNDLE_SYMBOLICNAME)
                    .replaceAll(";.*", "")
                    .strip();
            for (Bundle bundle : framework.getBundles()) {
                if (name.equals(bundle.getSymbolicName())) {
                    return bundle.getLocation().startsWith(PLACE) ? ", from " + place(bundle) : ", with Eidolon itself";
                }
            }
        } catch (IOException e) {
            // the message does without
        }
        return "";
    }
}
