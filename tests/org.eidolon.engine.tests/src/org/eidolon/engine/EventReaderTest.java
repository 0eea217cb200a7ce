// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.Json;
import org.eidolon.api.Quality;
import org.eidolon.api.value.Image;
import org.eidolon.engine.RunEvent.Level;
import org.eidolon.engine.RunEvent.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events go through JSON unchanged. */
class EventReaderTest {
    private static final Device GPU = new Device("cuda", 1);
    private static final List<RunEvent> EVENTS = List.of(
            new RunEvent.Planned(
                    "g", List.of("a", "b"), List.of("b"), Quality.HIGH, List.of(Device.CPU), Long.MIN_VALUE),
            new RunEvent.Planned("g", List.of(), List.of(), Quality.DRAFT, List.of(GPU, new Device("cuda", 0)), 7),
            new RunEvent.Cached("a", "test.a", "k1"),
            new RunEvent.Started("b", "test.b", GPU, List.of("parameter 'x' changed", "Zeile \"zwei\"\n")),
            new RunEvent.Started("b", "test.b", null, List.of()),
            new RunEvent.Progress("b", "fit", 3, 0, "step", 0, null),
            new RunEvent.Progress("b", "fit", 4, 9, "step", 1.5, Duration.ofMillis(3333)),
            new RunEvent.Preview("b", "normals", new StoredValue("image", Path.of("/previews/preview-1"))),
            new RunEvent.Log("b", Level.WARNING, "mind the gap"),
            new RunEvent.Log("", Level.INFO, "of the run"),
            new RunEvent.Finished("b", 1.25, "k2", Map.of("licence", "CC0", "scores", List.of(1L, 0.5))),
            new RunEvent.Finished("b", 0, "k2", Map.of()),
            new RunEvent.Failed("b", "no face", "Take another photo", List.of(), null),
            new RunEvent.Failed("b", "a fault", "", List.of("at x", "at y"), null),
            new RunEvent.Cancelled("b"),
            new RunEvent.Ended(Outcome.OUT_OF_GPU_MEMORY, 2, 3, 4.5));

    @TempDir
    Path folder;

    private static RunEvent through(RunEvent event) {
        return EventReader.read(Json.parseObject(line(event))).orElseThrow();
    }

    private static String line(RunEvent event) {
        return Json.write(EventJson.tree(event, Instant.now()));
    }

    @Test
    void everyKindComesBackAsItWas() {
        assertThat(EVENTS).allSatisfy(event -> assertThat(through(event)).isEqualTo(event));
        assertThat(EVENTS.stream().map(event -> event.getClass().getName()).distinct())
                .as("kinds of events in this test")
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RunEvent.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }

    @Test
    void whatIsNoEventIsLeftOut() {
        assertThat(EventReader.read(Map.of("event", "alive"))).isEmpty();
        assertThat(EventReader.read(Map.of("event", "info", "message", "hello")))
                .isEmpty();
        var inMemory = new RunEvent.Preview("a", "p", Image.ofFloats(1, 1, 3, new float[3]));
        assertThat(EventReader.read(Json.parseObject(line(inMemory)))).isEmpty();
    }

    @Test
    void aBrokenEventIsRefusedWithTheFieldThatIsWrong() {
        assertThatThrownBy(() -> EventReader.read(Map.of("event", "finished", "node", "a", "seconds", "soon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'seconds'")
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> EventReader.read(Map.of("event", "log", "node", 3L)))
                .hasMessageContaining("'node'");
    }

    @Test
    void valuesGoThroughFolders() throws IOException {
        var types = new NodeTypes(new TestNodes());
        var image = Image.ofFloats(3, 2, 3, new float[18]);
        StoredValue stored = StoredValue.write(types, image, folder.resolve("one"));
        assertThat(stored.type()).isEqualTo("image");
        assertThat(((Image) stored.read(types)).width()).isEqualTo(3);
        assertThatThrownBy(() -> new StoredValue("unheard-of", folder).read(types))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unheard-of");
    }
}
