// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.api.value.Image;

/**
 * Events as JSON objects, one a line: {@code event} names the kind, {@code time} is UTC, the rest are the event's
 * fields. Of a preview only its kind is told, not its content, unless it lies in a folder as a {@link StoredValue}.
 * {@link EventReader} reads them back.
 */
public final class EventJson {
    private EventJson() {}

    public static Map<String, Object> tree(RunEvent event, Instant time) {
        var json = new LinkedHashMap<String, Object>();
        json.put("event", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        json.put("time", time.toString());
        switch (event) {
            case RunEvent.Planned e -> {
                json.put("graph", e.graph());
                json.put("nodes", e.nodes());
                json.put("toRun", e.toRun());
                json.put("quality", e.quality());
                json.put("devices", e.devices());
                json.put("seed", e.seed());
            }
            case RunEvent.Cached e -> node(json, e.node(), "type", e.type(), "key", e.key());
            case RunEvent.Started e ->
                node(json, e.node(), "type", e.type(), "device", e.device(), "reasons", List.copyOf(e.reasons()));
            case RunEvent.Progress e ->
                node(
                        json,
                        e.node(),
                        "stage",
                        e.stage(),
                        "done",
                        e.done(),
                        "total",
                        e.total() > 0 ? e.total() : null,
                        "unit",
                        e.unit(),
                        "rate",
                        e.rate() > 0 ? rounded(e.rate()) : null,
                        "secondsLeft",
                        e.left() == null ? null : rounded(e.left().toMillis() / 1000.0));
            case RunEvent.Preview e -> preview(json, e);
            case RunEvent.Log e ->
                node(json, e.node(), "level", e.level().name().toLowerCase(Locale.ROOT), "message", e.message());
            case RunEvent.Finished e ->
                node(json, e.node(), "seconds", rounded(e.seconds()), "key", e.key(), "facts", filled(e.facts()));
            case RunEvent.Failed e ->
                node(
                        json,
                        e.node(),
                        "error",
                        e.error(),
                        "advice",
                        e.advice(),
                        "log",
                        e.log().isEmpty() ? null : e.log());
            case RunEvent.Cancelled e -> node(json, e.node());
            case RunEvent.Ended e -> {
                json.put("outcome", e.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
                json.put("ran", e.ran());
                json.put("cached", e.cached());
                json.put("seconds", rounded(e.seconds()));
            }
        }
        return json;
    }

    private static void preview(Map<String, Object> json, RunEvent.Preview e) {
        if (e.value() instanceof StoredValue stored) {
            node(
                    json,
                    e.node(),
                    "name",
                    e.name(),
                    "valueType",
                    stored.type(),
                    "folder",
                    stored.folder().toString());
            return;
        }
        node(json, e.node(), "name", e.name(), "type", e.value().getClass().getSimpleName());
        if (e.value() instanceof Image image) {
            json.put("width", image.width());
            json.put("height", image.height());
        }
    }

    private static Map<String, Object> filled(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    /** Adds the node and pairs of names and values; null values are left out. */
    private static void node(Map<String, Object> json, String node, Object... fields) {
        json.put("node", node);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i + 1] != null) {
                json.put((String) fields[i], fields[i + 1]);
            }
        }
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
