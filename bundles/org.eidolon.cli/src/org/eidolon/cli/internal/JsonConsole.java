// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eidolon.api.Json;
import org.eidolon.engine.EventJson;
import org.eidolon.engine.RunEvent;

/** One JSON object on every line. */
final class JsonConsole extends Console {
    private final PrintStream err;
    private volatile String item;
    private volatile UnaryOperator<RunEvent> through = event -> event;

    JsonConsole(PrintStream err) {
        this.err = err;
    }

    @Override
    public void event(RunEvent event) {
        line(of(EventJson.tree(through.apply(event), Instant.now())));
    }

    @Override
    public void item(String name, int number, int count) {
        item = name;
        if (name != null) {
            line(of(Fields.of("event", "item", "time", Instant.now(), "number", number, "count", count)));
        }
    }

    /** With the item that it belongs to. */
    private Map<String, Object> of(Map<String, Object> json) {
        if (item != null) {
            json.put("item", item);
        }
        return json;
    }

    @Override
    public void error(String where, String message, String advice) {
        message("error", where, message, advice);
    }

    @Override
    public void warning(String where, String message, String advice) {
        message("warning", where, message, advice);
    }

    @Override
    public void info(String message) {
        message("info", "", message, "");
    }

    /** Changes events before they go out. */
    void through(UnaryOperator<RunEvent> change) {
        through = change;
    }

    /** A sign of life, for a program that supervises this one; false when nobody is there to read it. */
    boolean alive() {
        message("alive", "", "", "");
        return !err.checkError();
    }

    @Override
    protected void noise(String line) {
        message("output", "", line, "");
    }

    private void message(String kind, String where, String message, String advice) {
        var json = new LinkedHashMap<String, Object>();
        json.put("event", kind);
        json.put("time", Instant.now().toString());
        if (!where.isEmpty()) {
            json.put("where", where);
        }
        json.put("message", message);
        if (!advice.isEmpty()) {
            json.put("advice", advice);
        }
        line(of(json));
    }

    private synchronized void line(Map<String, Object> json) {
        err.println(Visible.of(Json.write(json)));
        err.flush();
    }
}
