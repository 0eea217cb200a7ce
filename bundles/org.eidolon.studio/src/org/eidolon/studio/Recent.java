// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;

/** Graphs that were opened lately, the newest first. */
final class Recent {
    private static final String KEY = "recent";
    private static final int MOST = 12;

    private Recent() {}

    private static IEclipsePreferences node() {
        return InstanceScope.INSTANCE.getNode("org.eidolon.studio");
    }

    /** Those that are still there. */
    static List<Path> files() {
        return node().get(KEY, "")
                .lines()
                .filter(line -> !line.isBlank())
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    static void add(Path file) {
        var files = new ArrayList<>(files());
        files.remove(file);
        files.addFirst(file);
        node().put(
                        KEY,
                        String.join(
                                "\n",
                                files.stream().limit(MOST).map(Path::toString).toList()));
        try {
            node().flush();
        } catch (BackingStoreException e) {
            ILog.of(Recent.class).warn("the list of recent graphs is not kept", e);
        }
    }
}
