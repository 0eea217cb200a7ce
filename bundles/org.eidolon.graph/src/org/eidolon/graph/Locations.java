// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.emf.common.notify.Adapter;
import org.eclipse.emf.common.notify.impl.AdapterImpl;
import org.eidolon.graph.model.Graph;

/** Where the elements of a graph stood in the text it was read from; an adapter of the graph, so nothing of the file. */
public final class Locations extends AdapterImpl {
    private final Map<String, Place> places = new HashMap<>();

    Locations() {}

    void put(String where, Place place) {
        if (place != null) {
            places.put(where, place);
        }
    }

    /**
     * The place of an element.
     *
     * @param where path such as {@code nodes.photo.params.file}; the nearest enclosing element that is known counts
     * @return null where the graph was made by a program; of a node in a subgraph, {@code nodes.outer/inner}, the place of
     *     the outer node
     */
    public static Place find(Graph graph, String where) {
        int inner = where.startsWith("nodes.") ? where.indexOf('/') : -1;
        if (inner > 0) {
            return find(graph, where.substring(0, inner));
        }
        for (Adapter adapter : graph.eAdapters()) {
            if (adapter instanceof Locations locations) {
                for (String path = where; ; path = path.substring(0, path.lastIndexOf('.'))) {
                    Place place = locations.places.get(path);
                    if (place != null || path.lastIndexOf('.') < 0) {
                        return place;
                    }
                }
            }
        }
        return null;
    }

    @Override
    public boolean isAdapterForType(Object type) {
        return type == Locations.class;
    }
}
