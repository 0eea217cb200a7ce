// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

/** A place in a text, both counted from 1; columns count UTF-16 units, as editors do. */
public record Place(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
