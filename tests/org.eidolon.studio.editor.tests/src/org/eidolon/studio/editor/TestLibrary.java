// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import org.eidolon.engine.Engines;

/** The node types of tests, for those that need no window. */
public final class TestLibrary {
    private TestLibrary() {}

    public static Engines engines() {
        var engines = new Engines();
        engines.addLibrary(new TestNodes());
        return engines;
    }
}
