// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.util.List;

/** OSGi service by which a bundle offers node types and value types; a test simply makes one. */
public interface NodeLibrary {
    /** The node types: records that carry {@link NodeType}. */
    List<Class<? extends Node<?>>> nodes();

    /** Value types beyond the general ones in {@code org.eidolon.api.value}. */
    default List<ValueType<?>> values() {
        return List.of();
    }

    /** Steps that carry nodes of old graph files to newer versions, in any order. */
    default List<Migration> migrations() {
        return List.of();
    }

    /** Version that enters the content keys; empty takes that of the bundle which holds this class. */
    default String version() {
        return "";
    }
}
