// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** The machine that a run stands on, as its record tells it. */
public final class Machine {
    private Machine() {}

    /** System, Java and number of processors, as a JSON tree. */
    public static Map<String, Object> tree() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.version"));
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        return machine;
    }
}
