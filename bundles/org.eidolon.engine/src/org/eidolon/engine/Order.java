// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/**
 * All that some nodes need, sources first. Without recursion, as graphs may be thousands of nodes deep.
 *
 * @param ids in order; empty when there is a circle
 * @param circle a node on a circle, or null
 */
record Order(List<String> ids, String circle) {
    static Order of(Collection<String> targets, Function<String, List<String>> sources) {
        var done = new LinkedHashSet<String>();
        var open = new HashSet<String>();
        var left = new HashMap<String, Iterator<String>>();
        var stack = new ArrayDeque<String>();
        for (String target : targets) {
            stack.push(target);
            while (!stack.isEmpty()) {
                String id = stack.peek();
                if (done.contains(id)) {
                    stack.pop();
                    continue;
                }
                open.add(id);
                Iterator<String> next =
                        left.computeIfAbsent(id, i -> sources.apply(i).iterator());
                if (!next.hasNext()) {
                    stack.pop();
                    open.remove(id);
                    done.add(id);
                    continue;
                }
                String source = next.next();
                if (open.contains(source)) {
                    return new Order(List.of(), source);
                }
                stack.push(source);
            }
        }
        return new Order(List.copyOf(done), null);
    }
}
