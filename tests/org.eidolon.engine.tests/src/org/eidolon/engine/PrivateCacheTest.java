// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of people is theirs who runs the program, and nobody else's. */
class PrivateCacheTest {
    @TempDir
    Path folder;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static void assertPrivate(Path root) throws IOException {
        int files = 0;
        try (var all = Files.walk(root)) {
            for (Path path : all.toList()) {
                boolean isFolder = Files.isDirectory(path);
                files += isFolder ? 0 : 1;
                assertThat(mode(path)).as(path.toString()).isEqualTo(isFolder ? "rwx------" : "rw-------");
            }
        }
        assertThat(files).as("files that were looked at").isGreaterThan(4);
    }

    private void use(Path cache) throws Exception {
        Path photo = Files.writeString(folder.resolve("photo"), "a face");
        var shop = new Workshop(cache);
        shop.run(shop.graph().node("a", "test.read", with("file", photo)).build(List.of()));
        shop.cache.room().limit(1L << 30);
        new CheckpointFolder(shop.cache.checkpoints("ab"), warning -> {})
                .save(3, at -> Files.writeString(at.resolve("half"), "half a face"));
        try (var lock = shop.cache.lock("a".repeat(64), () -> {})) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void foldersAndFilesAreTheUsersAlone() throws Exception {
        Path cache = folder.resolve("new/cache");
        use(cache);
        assertPrivate(cache);
        assertThat(mode(cache.getParent())).as("made on the way").isEqualTo("rwx------");
    }

    @Test
    void aCacheOfAnOlderVersionIsMended() throws Exception {
        Path cache = folder.resolve("cache");
        use(cache);
        Files.createDirectories(cache.resolve("previews"));
        Files.writeString(cache.resolve("previews/face.png"), "a face");
        Path outside = Files.writeString(folder.resolve("outside"), "not ours");
        Files.createSymbolicLink(cache.resolve("previews/link"), outside);
        try (var all = Files.walk(cache)) {
            for (Path path : all.toList()) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        String before = mode(outside);
        assertThat(new Cache(cache).root()).isEqualTo(cache);
        Files.delete(cache.resolve("previews/link"));
        assertPrivate(cache);
        assertThat(mode(outside)).as("links are not followed").isEqualTo(before);
    }

    /** Somebody may name a folder as the cache that holds other things, for other people. */
    @Test
    void aFolderThatIsNotOnlyOursKeepsItsMode() throws Exception {
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Path other = Files.writeString(shared.resolve("for all"), "read me");
        String folderMode = mode(shared);
        String otherMode = mode(other);
        use(shared);
        new Cache(shared);
        assertThat(mode(shared)).isEqualTo(folderMode);
        assertThat(mode(other)).isEqualTo(otherMode);
        for (String own : List.of("entries", "checkpoints", "staging", "history", "places")) {
            assertThat(mode(shared.resolve(own))).as(own).isEqualTo("rwx------");
        }
    }
}
