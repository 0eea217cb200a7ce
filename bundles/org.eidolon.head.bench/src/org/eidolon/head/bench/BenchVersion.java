// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The version of this bundle. */
final class BenchVersion {
    private BenchVersion() {}

    static String text() {
        try (InputStream in = BenchVersion.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            if (in != null) {
                Attributes own = new Manifest(in).getMainAttributes();
                String name = own.getValue("Bundle-SymbolicName");
                if (name != null && name.startsWith("org.eidolon.head")) return own.getValue("Bundle-Version");
            }
        } catch (IOException e) {
            // then it isn't known
        }
        return "development";
    }
}
