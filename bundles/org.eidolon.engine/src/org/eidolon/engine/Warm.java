// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.api.Kept;

/**
 * What nodes have opened: shared while it is used, closed when the last has given it back, unless somebody keeps the place
 * warm because more runs follow.
 */
final class Warm {
    /** Guards counts; a thing's own monitor guards its opening, so that others need not wait for it. */
    private final Map<String, Thing> things = new HashMap<>();

    private int keepers;

    private static final class Thing {
        private AutoCloseable value;
        private int lent;
    }

    /**
     * Lends what is open under the key, or opens it.
     *
     * @throws IllegalStateException when something else is open under that key
     */
    <T extends AutoCloseable> Kept<T> lend(String key, Class<T> type, Callable<T> open) throws Exception {
        Thing thing;
        synchronized (this) {
            thing = things.computeIfAbsent(key, k -> new Thing());
            thing.lent++;
        }
        try {
            synchronized (thing) {
                if (thing.value == null) {
                    thing.value = open.call();
                }
                if (!type.isInstance(thing.value)) {
                    throw new IllegalStateException("under '" + key + "' a "
                            + thing.value.getClass().getName() + " is kept, not a " + type.getName());
                }
            }
        } catch (Throwable e) {
            giveBack(key, thing);
            throw e;
        }
        T value = type.cast(thing.value);
        return new Kept<>() {
            private boolean returned;

            @Override
            public T value() {
                return value;
            }

            @Override
            public synchronized void close() {
                if (!returned) {
                    returned = true;
                    giveBack(key, thing);
                }
            }
        };
    }

    private void giveBack(String key, Thing thing) {
        synchronized (this) {
            thing.lent--;
            if (thing.lent > 0 || keepers > 0 && thing.value != null) {
                return;
            }
            things.remove(key);
        }
        close(List.of(thing));
    }

    /** From now on what is given back stays open, until the answer is closed. */
    Engine.Keeping keep() {
        synchronized (this) {
            keepers++;
        }
        return new Engine.Keeping() {
            private boolean ended;

            @Override
            public void close() {
                synchronized (Warm.this) {
                    if (ended) {
                        return;
                    }
                    ended = true;
                    if (--keepers > 0) {
                        return;
                    }
                }
                evict();
            }
        };
    }

    /** Closes what nobody uses just now. */
    void evict() {
        var idle = new ArrayList<Thing>();
        synchronized (this) {
            things.values().removeIf(thing -> thing.lent == 0 && idle.add(thing));
        }
        close(idle);
    }

    /** How many things are open. */
    synchronized int size() {
        return things.size();
    }

    private static void close(List<Thing> all) {
        for (Thing thing : all) {
            try {
                if (thing.value != null) {
                    thing.value.close();
                }
            } catch (Exception e) {
                // it was for speed only, and the results that it gave are there
            }
        }
    }
}
