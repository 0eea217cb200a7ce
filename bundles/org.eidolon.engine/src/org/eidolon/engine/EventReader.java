// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eidolon.api.Device;
import org.eidolon.api.Quality;

/** Reads back what {@link EventJson} wrote. A preview comes as a {@link StoredValue}; one without a folder is no event. */
public final class EventReader {
    private EventReader() {}

    /**
     * The event of an object, or empty when it is none of a run, such as a message of the command.
     *
     * @throws IllegalArgumentException when the fields of a known event are missing or wrong
     */
    public static Optional<RunEvent> read(Map<String, Object> json) {
        var fields = new Fields(json);
        String kind = fields.text("event", "");
        String node = fields.text("node", "");
        return Optional.ofNullable(
                switch (kind) {
                    case "planned" ->
                        new RunEvent.Planned(
                                fields.text("graph"),
                                fields.texts("nodes"),
                                fields.texts("toRun"),
                                Quality.valueOf(fields.text("quality").toUpperCase(Locale.ROOT)),
                                fields.texts("devices").stream().map(Device::of).toList(),
                                fields.whole("seed"));
                    case "cached" -> new RunEvent.Cached(node, fields.text("type"), fields.text("key"));
                    case "started" ->
                        new RunEvent.Started(
                                node,
                                fields.text("type"),
                                json.containsKey("device") ? Device.of(fields.text("device")) : null,
                                fields.texts("reasons"));
                    case "progress" -> progress(node, fields, json);
                    case "preview" ->
                        json.containsKey("folder")
                                ? new RunEvent.Preview(
                                        node,
                                        fields.text("name"),
                                        new StoredValue(fields.text("valueType"), Path.of(fields.text("folder"))))
                                : null;
                    case "log" ->
                        new RunEvent.Log(
                                node,
                                RunEvent.Level.valueOf(fields.text("level").toUpperCase(Locale.ROOT)),
                                fields.text("message"));
                    case "finished" ->
                        new RunEvent.Finished(node, fields.number("seconds"), fields.text("key"), fields.map("facts"));
                    case "failed" ->
                        new RunEvent.Failed(
                                node, fields.text("error"), fields.text("advice", ""), fields.texts("log"), null);
                    case "cancelled" -> new RunEvent.Cancelled(node);
                    case "ended" ->
                        new RunEvent.Ended(
                                RunEvent.Outcome.valueOf(fields.text("outcome")
                                        .toUpperCase(Locale.ROOT)
                                        .replace('-', '_')),
                                (int) fields.whole("ran"),
                                (int) fields.whole("cached"),
                                fields.number("seconds"));
                    default -> null;
                });
    }

    private static RunEvent.Progress progress(String node, Fields fields, Map<String, Object> json) {
        return new RunEvent.Progress(
                node,
                fields.text("stage"),
                fields.whole("done"),
                json.containsKey("total") ? fields.whole("total") : 0,
                fields.text("unit"),
                json.containsKey("rate") ? fields.number("rate") : 0,
                json.containsKey("secondsLeft")
                        ? Duration.ofMillis(Math.round(1000 * fields.number("secondsLeft")))
                        : null);
    }

    /** Fields by name and type; what is missing or of another type is told by its name. */
    private record Fields(Map<String, Object> json) {
        String text(String name) {
            if (json.get(name) instanceof String text) {
                return text;
            }
            throw wrong(name, "a text");
        }

        String text(String name, String otherwise) {
            return json.containsKey(name) ? text(name) : otherwise;
        }

        double number(String name) {
            if (json.get(name) instanceof Number number) {
                return number.doubleValue();
            }
            throw wrong(name, "a number");
        }

        long whole(String name) {
            if (json.get(name) instanceof Long number) {
                return number;
            }
            throw wrong(name, "a whole number");
        }

        /** Empty when there are none. */
        List<String> texts(String name) {
            Object value = json.getOrDefault(name, List.of());
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
            throw wrong(name, "a list of texts");
        }

        /** Empty when there is none. */
        @SuppressWarnings("unchecked") // JSON objects have text keys
        Map<String, Object> map(String name) {
            Object value = json.getOrDefault(name, Map.of());
            if (value instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
            throw wrong(name, "an object");
        }

        private IllegalArgumentException wrong(String name, String wanted) {
            return new IllegalArgumentException("the event " + json.get("event") + " should have " + wanted + " in '"
                    + name + "', and has " + json.get(name));
        }
    }
}
