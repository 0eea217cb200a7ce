// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/**
 * Something costly to open, lent to a node by {@link Run#keep}.
 *
 * @param <T> what is lent; it may serve several threads at once and is not the node's to close
 */
public interface Kept<T> extends AutoCloseable {
    T value();

    /** Gives it back. */
    @Override
    void close();
}
