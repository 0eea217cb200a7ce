// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.osgi.service.urlconversion.URLConverter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What the registry asks of an OSGi framework: bundles whose manifest has {@code Eidolon-Models: FOLDER}, and services
 * of type {@link ModelSource}. Bundles need not be started for the header to count.
 */
final class Osgi {
    static final String HEADER = "Eidolon-Models";

    private record Folder(String name, Path folder) implements ModelSource {}

    private Osgi() {}

    static boolean present() {
        try {
            return context() != null;
        } catch (NoClassDefFoundError e) {
            return false; // a plain class path
        }
    }

    private static BundleContext context() {
        Bundle own = FrameworkUtil.getBundle(Osgi.class);
        if (own == null) {
            return null;
        }
        if (own.getBundleContext() != null) {
            return own.getBundleContext();
        }
        // A bundle that was not started has no context of its own; the system bundle always has one.
        BundleWiring wiring = own.adapt(BundleWiring.class);
        Bundle system = wiring == null
                ? null
                : wiring.getRequiredWires(null).stream()
                        .map(w -> w.getProvider().getBundle())
                        .filter(b -> b.getBundleId() == 0)
                        .findFirst()
                        .orElse(null);
        return system == null ? null : system.getBundleContext();
    }

    static List<ModelSource> sources() {
        List<ModelSource> sources = new ArrayList<>();
        BundleContext context = context();
        for (Bundle bundle : context.getBundles()) {
            String header = bundle.getHeaders("").get(HEADER);
            if (header != null && bundle.getState() != Bundle.UNINSTALLED) {
                folder(context, bundle, header.strip()).ifPresent(sources::add);
            }
        }
        try {
            for (ServiceReference<ModelSource> reference : context.getServiceReferences(ModelSource.class, null)) {
                ModelSource service = context.getService(reference);
                if (service != null) {
                    sources.add(service);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter, no syntax", e);
        }
        return sources;
    }

    private static Optional<ModelSource> folder(BundleContext context, Bundle bundle, String folder) {
        URL entry = bundle.getEntry(folder + "/" + ModelListing.FILE);
        if (entry == null) {
            throw new ModelException("bundle " + bundle.getSymbolicName() + " announces weights in '" + folder
                    + "' but has no " + folder + "/" + ModelListing.FILE + ": reinstall it");
        }
        // The whole folder, so that the framework lays all of it on disk where the bundle is a jar.
        Path path = file(context, bundle.getEntry(folder + "/"));
        return Optional.of(new Folder("bundle " + bundle.getSymbolicName(), path));
    }

    private static Path file(BundleContext context, URL entry) {
        try {
            for (ServiceReference<URLConverter> reference :
                    context.getServiceReferences(URLConverter.class, "(protocol=" + entry.getProtocol() + ")")) {
                URL url = context.getService(reference).toFileURL(entry);
                Path path = Path.of(new URI("file", url.getPath(), null));
                if (Files.exists(path)) {
                    return path;
                }
            }
        } catch (IOException | URISyntaxException | InvalidSyntaxException e) {
            throw new ModelException("cannot lay " + entry + " on disk: " + e.getMessage(), e);
        }
        throw new ModelException("the framework cannot turn " + entry + " into a file");
    }
}
