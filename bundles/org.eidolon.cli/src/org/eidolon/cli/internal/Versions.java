// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eidolon.engine.Machine;

/** What a run stood on: versions of the program and of what is below it, and the machine. */
final class Versions {
    private Versions() {}

    /** Something that is not as it was. */
    record Change(String name, String then, String now) {
        @Override
        public String toString() {
            return name + ": " + then + " then, " + now + " now";
        }
    }

    /** A record with those that the engine does not know. */
    static Map<String, Object> with(Map<String, Object> record) {
        var result = new LinkedHashMap<String, Object>();
        record.forEach((name, value) -> {
            result.put(name, value);
            if (name.equals("schema")) {
                result.put("eidolon", Version.text());
            }
        });
        if (libtorch() != null && record.get("machine") instanceof Map<?, ?> known) {
            var machine = new LinkedHashMap<Object, Object>(known);
            machine.put("libtorch", libtorch());
            result.put("machine", machine);
        }
        return result;
    }

    /** Of the libtorch that this process has loaded, as DJL was told of it; null where no node needed any. */
    private static String libtorch() {
        String version = System.getProperty("PYTORCH_VERSION");
        return version == null ? null : version + " " + System.getProperty("PYTORCH_FLAVOR", "");
    }

    /**
     * What differs between a record and now.
     *
     * @param now the record of a run of now, or null
     */
    static List<Change> changes(Map<String, Object> then, Map<String, Object> now) {
        Map<String, Object> is = with(now == null ? Map.of("schema", "", "machine", Machine.tree()) : now);
        var changes = new ArrayList<Change>();
        Map<String, String> before = flat(then);
        flat(is).forEach((name, value) -> {
            String was = before.get(name);
            if (was != null && !Objects.equals(was, value)) {
                changes.add(new Change(name, was, value));
            }
        });
        return changes;
    }

    private static Map<String, String> flat(Map<String, Object> record) {
        var all = new LinkedHashMap<String, String>();
        for (String name : List.of("eidolon", "devices")) {
            if (record.get(name) != null) {
                all.put(name, record.get(name).toString());
            }
        }
        if (record.get("machine") instanceof Map<?, ?> machine) {
            machine.forEach((name, value) -> all.put(name.toString(), String.valueOf(value)));
        }
        return all;
    }
}
