// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The version of the program. */
final class Version {
    private Version() {}

    static String text() {
        Bundle bundle = FrameworkUtil.getBundle(Version.class);
        return bundle == null ? "development" : bundle.getVersion().toString();
    }
}
