// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.eclipse.core.runtime.FileLocator;
import org.eidolon.api.Hashes;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What stands for a library's code in content keys: a hash of its bundle's content and of all bundles whose code it can
 * reach. The build puts its time into the versions of our bundles, so that a version says that something was built, not
 * that something changed; a bundle with such a version counts by content, any other one by its version.
 *
 * <p>Of a jar the table of its entries is read, which holds a checksum of each, and not the entries: a few milliseconds.
 */
final class LibraryCode {
    private static final Pattern BUILD_TIME = Pattern.compile("\\d{8,14}|qualifier|SNAPSHOT", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WIRES =
            Set.of(BundleNamespace.BUNDLE_NAMESPACE, PackageNamespace.PACKAGE_NAMESPACE, HostNamespace.HOST_NAMESPACE);

    private LibraryCode() {}

    /** Sha256, the same after a build that changed nothing. */
    static String of(Bundle library) {
        var lines = new TreeSet<String>();
        for (Bundle bundle : reached(library)) {
            Version version = bundle.getVersion();
            boolean byContent = bundle == library
                    || BUILD_TIME.matcher(version.getQualifier()).matches();
            lines.add(bundle.getSymbolicName() + " " + (byContent ? content(bundle) : version));
        }
        return Hashes.of(String.join("\n", lines));
    }

    /** The bundle, those it is wired to, those they are wired to, and all their fragments; without the framework. */
    private static Set<Bundle> reached(Bundle library) {
        var reached = new HashSet<Bundle>();
        Deque<Bundle> waiting = new ArrayDeque<>();
        waiting.add(library);
        while (!waiting.isEmpty()) {
            Bundle bundle = waiting.poll();
            if (bundle.getBundleId() == 0 || !reached.add(bundle)) {
                continue;
            }
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring == null) {
                continue;
            }
            for (BundleWire wire : wiring.getRequiredWires(null)) {
                if (WIRES.contains(wire.getRequirement().getNamespace())) {
                    waiting.add(wire.getProvider().getBundle());
                }
            }
            for (BundleWire wire : wiring.getProvidedWires(HostNamespace.HOST_NAMESPACE)) {
                waiting.add(wire.getRequirer().getBundle());
            }
        }
        return reached;
    }

    private static String content(Bundle bundle) {
        File file = FileLocator.getBundleFileLocation(bundle)
                .orElseThrow(() -> new IllegalStateException("bundle " + bundle + " has no file"));
        try {
            return content(file.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException("bundle " + bundle + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Hash of what a jar or a folder holds, whenever and under whichever version it was packed. What holds no code is
     * data; data enters keys by hashes of its own, so that new weights leave alone what does not use them.
     */
    static String content(Path place) throws IOException {
        var lines = new TreeSet<String>();
        boolean code;
        if (Files.isDirectory(place)) {
            code = false;
            for (String name : Hashes.files(place)) {
                code |= isCode(name);
            }
            for (String name : code ? Hashes.files(place) : java.util.List.<String>of()) {
                Path file = place.resolve(name);
                if (counts(name)) {
                    lines.add(name + " " + (name.endsWith(".jar") ? content(file) : Hashes.ofFile(file)));
                }
            }
        } else {
            code = entries(place, lines);
        }
        return code ? Hashes.of(String.join("\n", lines)) : "no code";
    }

    private static boolean entries(Path jar, Set<String> lines) throws IOException {
        boolean code = false;
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!entry.isDirectory() && counts(entry.getName())) {
                    lines.add(entry.getName() + " " + entry.getCrc() + " " + entry.getSize());
                }
                code |= isCode(entry.getName());
            }
        }
        return code;
    }

    private static boolean isCode(String name) {
        return name.endsWith(".class") || name.endsWith(".jar");
    }

    /** Not what a build writes about itself: version, time, signature. */
    private static boolean counts(String name) {
        return !name.equals("META-INF/MANIFEST.MF")
                && !name.startsWith("META-INF/maven/")
                && !name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }
}
