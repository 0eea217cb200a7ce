// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.base;

import org.eidolon.engine.Engines;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.worker.Worker;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** What the studio takes from other bundles. */
public final class Services {
    private Services() {}

    /** The node types that are installed, and the engine. */
    public static Engines engines() {
        ServiceReference<Engines> reference = bundles().getServiceReference(Engines.class);
        return reference == null ? new Engines() : bundles().getService(reference);
    }

    /** In whose processes nodes run: the product's own command, unless another bundle offers another. */
    public static Worker worker(NodeTypes types) {
        ServiceReference<Worker> reference = bundles().getServiceReference(Worker.class);
        return reference == null ? Worker.ofProduct(types) : bundles().getService(reference);
    }

    private static BundleContext bundles() {
        return FrameworkUtil.getBundle(Services.class).getBundleContext();
    }
}
