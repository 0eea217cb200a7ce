// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eidolon.cli.DoctorCheck;
import org.eidolon.cli.Eidolon;
import org.eidolon.cli.Services;
import org.eidolon.cli.Subcommand;
import org.eidolon.engine.Engines;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The command in the product. Services are asked for when they are used, not before. */
public final class Application implements IApplication {
    private final BundleContext bundles =
            FrameworkUtil.getBundle(Application.class).getBundleContext();

    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        context.applicationRunning();
        var services = new Services(this::engines, subcommands(), this::checks);
        return Eidolon.ofProcess(services).run(arguments == null ? new String[0] : arguments);
    }

    @Override
    public void stop() {
        // Ctrl-C is caught by the run itself, which cancels
    }

    private Engines engines() {
        ServiceReference<Engines> reference = bundles.getServiceReference(Engines.class);
        if (reference == null) {
            throw new IllegalStateException("the engine's service is missing: the installation is incomplete");
        }
        return service(reference);
    }

    /** The service, which its bundle makes now. */
    private <T> T service(ServiceReference<T> reference) {
        T service = bundles.getService(reference);
        if (service == null) {
            throw new IllegalStateException("the bundle "
                    + reference.getBundle().getSymbolicName() + " offers a service that cannot be made: " + reference);
        }
        return service;
    }

    private Map<String, Supplier<? extends Callable<Integer>>> subcommands() {
        var found = new LinkedHashMap<String, Supplier<? extends Callable<Integer>>>();
        String filter = "(" + Subcommand.PROPERTY + "=*)";
        for (ServiceReference<Subcommand> reference : references(Subcommand.class, filter)) {
            found.put((String) reference.getProperty(Subcommand.PROPERTY), () -> service(reference));
        }
        for (ServiceReference<?> reference : references(Callable.class, filter)) {
            @SuppressWarnings("unchecked") // what the property promises
            var typed = (ServiceReference<Callable<Integer>>) reference;
            found.putIfAbsent((String) reference.getProperty(Subcommand.PROPERTY), () -> service(typed));
        }
        return found;
    }

    private List<DoctorCheck> checks() {
        var found = new ArrayList<DoctorCheck>();
        references(DoctorCheck.class, null).forEach(reference -> found.add(service(reference)));
        for (ServiceReference<?> reference : references(Callable.class, "(" + DoctorCheck.PROPERTY + "=*)")) {
            @SuppressWarnings("unchecked") // what the property promises
            var check = (ServiceReference<Callable<Map<String, String>>>) (ServiceReference<?>) reference;
            String name = (String) reference.getProperty(DoctorCheck.PROPERTY);
            found.add(new PlainCheck(name, () -> service(check).call()));
        }
        return found;
    }

    private <T> Collection<ServiceReference<T>> references(Class<T> type, String filter) {
        try {
            return bundles.getServiceReferences(type, filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
