// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

/** What the pictures of a prior show. */
public enum Domain {
    /** Camera-space normals: the geometry prior. */
    NORMALS,
    /** Lit renders and flat albedo, told apart by the light code: the texture prior. */
    COLOUR,
    /** All of these, told words and view and of no person: what LoRAs and adapters stand on. */
    BASE;

    /** Logical id of the prior of this domain. */
    public String id() {
        return "prior/head-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
