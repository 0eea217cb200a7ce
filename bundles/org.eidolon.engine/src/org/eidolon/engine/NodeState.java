// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.Locale;

/** What has become of a node of a run. */
enum NodeState {
    /** It has made its result in this run. */
    RAN,
    /** The cache had its result. */
    CACHED,
    FAILED,
    CANCELLED;

    /** As records write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
