// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.net.URL;
import java.util.Optional;

/** Finds weights that a dependency's jar carries at its root: on the class path, or in any bundle. */
final class Resources {
    private Resources() {}

    static Optional<URL> find(String name) {
        for (ClassLoader loader :
                new ClassLoader[] {Resources.class.getClassLoader(), Thread.currentThread().getContextClassLoader()}) {
            URL url = loader == null ? null : loader.getResource(name);
            if (url != null) {
                return Optional.of(url);
            }
        }
        return Osgi.present() ? Osgi.entry(name) : Optional.empty();
    }
}
