// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eidolon.api.Accelerator;
import org.eidolon.api.NodeLibrary;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** OSGi service: the node types of all installed bundles, and engines that run them. */
@Component(service = Engines.class)
public final class Engines {
    private final NodeTypes types = new NodeTypes();
    private final List<Accelerator> accelerators = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addLibrary(NodeLibrary library) {
        try {
            types.add(library);
        } catch (IllegalArgumentException e) { // one that a user has added must not take the others with it
            Bundle bundle = FrameworkUtil.getBundle(library.getClass());
            System.err.println("eidolon: the node types of "
                    + (bundle == null ? library.getClass().getName() : bundle.getSymbolicName())
                    + " cannot be used: " + e.getMessage());
        }
    }

    public void removeLibrary(NodeLibrary library) {
        types.remove(library);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addAccelerator(Accelerator accelerator) {
        accelerators.add(accelerator);
    }

    public void removeAccelerator(Accelerator accelerator) {
        accelerators.remove(accelerator);
    }

    public NodeTypes types() {
        return types;
    }

    public List<Accelerator> accelerators() {
        return List.copyOf(accelerators);
    }

    /** An engine on a cache; {@link Cache#defaultFolder} says where the user's is. */
    public Engine open(Cache cache) {
        return new Engine(types, cache, accelerators);
    }
}
