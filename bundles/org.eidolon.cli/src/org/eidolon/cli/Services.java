// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eidolon.api.Accelerator;
import org.eidolon.api.NodeLibrary;
import org.eidolon.cli.internal.Components;
import org.eidolon.cli.internal.PlainCheck;
import org.eidolon.engine.Engines;

/**
 * What other bundles bring to the command. Everything is asked for late: naming a subcommand does not activate others.
 *
 * @param engines node types and accelerators
 * @param subcommands by name; see {@link Subcommand#PROPERTY}
 * @param checks of {@code eidolon doctor}
 */
public record Services(
        Supplier<Engines> engines,
        Map<String, Supplier<? extends Callable<Integer>>> subcommands,
        Supplier<List<DoctorCheck>> checks) {

    /** Given node libraries and nothing else: for tests and for embedding. */
    public static Services of(NodeLibrary... libraries) {
        return new Services(() -> engines(List.of(libraries), List.of()), Map.of(), List::of);
    }

    /**
     * What lies on a plain class path, without OSGi: node libraries and accelerators that {@link ServiceLoader} finds,
     * subcommands and checks that plain Callables offer by their component descriptions.
     */
    public static Services onClassPath(ClassLoader loader) {
        return new Services(
                () -> engines(
                        ServiceLoader.load(NodeLibrary.class, loader), ServiceLoader.load(Accelerator.class, loader)),
                Map.copyOf(Components.<Integer>callables(loader, Subcommand.PROPERTY)),
                () -> {
                    var checks = new ArrayList<DoctorCheck>();
                    Components.<Map<String, String>>callables(loader, DoctorCheck.PROPERTY)
                            .forEach((name, check) -> checks.add(
                                    new PlainCheck(name, () -> check.get().call())));
                    return checks;
                });
    }

    private static Engines engines(Iterable<NodeLibrary> libraries, Iterable<Accelerator> accelerators) {
        var engines = new Engines();
        libraries.forEach(engines::addLibrary);
        accelerators.forEach(engines::addAccelerator);
        return engines;
    }
}
