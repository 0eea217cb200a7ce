// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.util.HashMap;
import java.util.Map;
import org.eidolon.api.Parameter;
import org.eidolon.engine.Cache;
import org.eidolon.engine.RunEvent;

/** What parameters that were left auto came to mean when their nodes last ran. */
final class Settled {
    private final Map<String, Map<?, ?>> byNode = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();

    void take(RunEvent event) {
        if (event instanceof RunEvent.Finished done) {
            keys.remove(done.node());
            byNode.put(done.node(), of(done.facts()));
        } else if (event instanceof RunEvent.Cached cached) {
            byNode.remove(cached.node());
            keys.put(cached.node(), cached.key()); // read when somebody asks
        }
    }

    /** Null where no run has told. */
    Object value(String node, String parameter, Cache cache) {
        String key = keys.remove(node);
        if (key != null && cache != null) {
            cache.find(key).ifPresent(entry -> byNode.put(node, of(entry.facts())));
        }
        return byNode.getOrDefault(node, Map.of()).get(parameter);
    }

    private static Map<?, ?> of(Map<String, Object> facts) {
        return facts.get(Parameter.AUTO) instanceof Map<?, ?> settled ? settled : Map.of();
    }
}
