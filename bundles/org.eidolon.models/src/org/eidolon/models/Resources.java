// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.net.URL;
import java.util.Optional;
import org.eidolon.lib.minilm.MiniLm;

/** Finds weights that a dependency's jar carries at its root, seen by the class loader of the bundle around it. */
final class Resources {
    private Resources() {}

    static Optional<URL> find(String name) {
        URL url = MiniLm.class.getClassLoader().getResource(name);
        return Optional.ofNullable(
                url != null ? url : Resources.class.getClassLoader().getResource(name));
    }
}
