// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/** How much work to spend. {@code auto} is settled by the caller before a run starts: draft on a CPU, else standard. */
public enum Quality {
    DRAFT,
    STANDARD,
    HIGH;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
