// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eidolon.api.Hashes;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single wrong bits, and files that change under a run, never become a result. */
class DamageTest {
    @TempDir
    Path folder;

    private static void flip(Path file, long bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
    }

    private static CheckpointFolder checkpoints(Path at, List<String> told) throws IOException {
        Hashes.deleteTree(at);
        var checkpoints = new CheckpointFolder(at, told::add);
        for (long step = 1; step <= 3; step++) {
            String state = "numbers of step " + step;
            checkpoints.save(step, into -> {
                Files.writeString(into.resolve("state.safetensors"), state);
                Files.writeString(Files.createDirectories(into.resolve("more")).resolve("x"), "x");
            });
        }
        return checkpoints;
    }

    @Test
    void aDamagedCheckpointIsSetAsideAndAnOlderOneTaken() throws Exception {
        var told = new ArrayList<String>();
        Path at = folder.resolve("checkpoints");
        var random = new Random(5);
        for (int i = 0; i < 40; i++) {
            told.clear();
            CheckpointFolder checkpoints = checkpoints(at, told);
            assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(3);
            List<String> files = Hashes.files(at.resolve("3"));
            Path file = at.resolve("3").resolve(files.get(random.nextInt(files.size())));
            flip(file, random.nextLong(8 * Files.size(file)));
            var found = checkpoints.latest().orElseThrow();
            assertThat(found.step()).as(file.toString()).isEqualTo(2);
            assertThat(found.folder().resolve("state.safetensors")).hasContent("numbers of step 2");
            assertThat(told).singleElement().asString().contains("step 3 is damaged", "damaged-3");
            assertThat(at.resolve("damaged-3")).isDirectory();
        }
    }

    @Test
    void cutOffMissingAndForeignOnesCountAsDamaged() throws Exception {
        var told = new ArrayList<String>();
        Path at = folder.resolve("checkpoints");
        CheckpointFolder checkpoints = checkpoints(at, told);
        Files.writeString(at.resolve("3/state/state.safetensors"), "numb");
        Files.delete(at.resolve("2/state/more/x"));
        Files.writeString(Files.createDirectories(at.resolve("9")).resolve("state.safetensors"), "of an older version");
        assertThat(checkpoints.latest()).isEmpty();
        assertThat(told).hasSize(3);
        checkpoints.save(4, into -> Files.writeString(into.resolve("a"), "a"));
        assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(4);
    }

    @Test
    void anyWrongBitInAManifestMakesTheEntryAnew() throws Exception {
        var shop = new Workshop(folder.resolve("cache"));
        Plan plan = shop.graph().node("a", "test.constant", with("value", 7)).build(List.of());
        var first = shop.run(plan);
        Path manifest = first.entry("a").orElseThrow().folder().resolve("manifest.json");
        byte[] whole = Files.readAllBytes(manifest);
        assertThat(first.entry("a").orElseThrow().facts()).containsEntry("licence", "CC0");
        for (long bit = 0; bit < 8L * whole.length; bit += 11) {
            flip(manifest, bit);
            assertThat(shop.cache.find(first.entry("a").orElseThrow().key()))
                    .as("bit %d of %s", bit, new String(whole))
                    .isEmpty();
            Files.write(manifest, whole);
        }
        flip(manifest, 8L * (whole.length - 30));
        var again = shop.run(plan);
        assertThat(again.outcome()).isEqualTo(RunEvent.Outcome.DONE);
        assertThat(shop.started()).containsExactly("a");
        assertThat(again.entry("a").orElseThrow().facts()).containsEntry("licence", "CC0");
        assertThat(again.entry("a").orElseThrow().manifest()).doesNotContainKey("sha256");
    }

    /** Reads a file twice and tells where it lies. */
    @NodeType(id = "test.twice", category = "Test")
    record Twice(@Param(required = true) Path file, @Param String replacement) implements Node<TestNodes.Words> {
        static Path original;

        Twice() {
            this(null, "");
        }

        @Override
        public TestNodes.Words run(Run run) throws IOException {
            String before = Files.readString(file);
            if (!replacement.isEmpty()) {
                Files.writeString(original, replacement);
            }
            return new TestNodes.Words(new Text(before + Files.readString(file) + file.getFileName()));
        }
    }

    @NodeType(id = "test.broken", category = "Test")
    record Broken(@Param(required = true) Path file) implements Node<TestNodes.Words> {
        Broken() {
            this(null);
        }

        @Override
        public TestNodes.Words run(Run run) {
            throw new org.eidolon.api.NodeException(file + " shows nobody", "Look at " + file);
        }
    }

    private static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Twice.class, Broken.class);
        }
    }

    @Test
    void whatANodeReadsIsWhatWasHashed() throws Exception {
        var shop = new Workshop(folder.resolve("cache"), new Library());
        Path photo = Files.writeString(folder.resolve("me.jpg"), "me ");
        Twice.original = photo;
        Plan plan = shop.graph()
                .node("a", "test.twice", with("file", photo, "replacement", "you "))
                .build(List.of());
        assertThat(shop.text(shop.run(plan), "a")).isEqualTo("me me me.jpg");

        Plan later = shop.graph().node("a", "test.twice", with("file", photo)).build(List.of());
        Files.writeString(photo, "them ");
        var changed = shop.run(later);
        assertThat(changed.failures())
                .extracting(RunEvent.Failed::error)
                .containsExactly("the file '" + photo + "' was changed while the run lasted");
        Plan gone = shop.graph().node("a", "test.twice", with("file", photo)).build(List.of());
        Files.delete(photo);
        assertThat(shop.run(gone).failures())
                .extracting(RunEvent.Failed::error)
                .containsExactly("the file '" + photo + "' was removed while the run lasted");
        try (var left = Files.list(folder.resolve("cache/staging"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void messagesNameTheUsersFile() throws Exception {
        var shop = new Workshop(folder.resolve("cache"), new Library());
        Path photo = Files.writeString(folder.resolve("me.jpg"), "me ");
        var failure = shop.run(shop.graph()
                        .node("a", "test.broken", with("file", photo))
                        .build(List.of()))
                .failures()
                .getFirst();
        assertThat(failure.error()).isEqualTo(photo + " shows nobody");
        assertThat(failure.advice()).isEqualTo("Look at " + photo);
    }
}
