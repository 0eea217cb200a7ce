// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;

/** Files that a second start of the studio wants opened, one request a file of paths. Closing ends the watching. */
final class Requests implements AutoCloseable {
    private final Path folder;
    private final WatchService watch;

    Requests(Path folder) throws IOException {
        this.folder = folder;
        this.watch = folder.getFileSystem().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }

    /** @param taker is told, in a thread of its own, what is wanted; an empty list asks to be seen */
    void listen(Consumer<List<Path>> taker) {
        Thread.ofPlatform().daemon().name("eidolon-studio-requests").start(() -> {
            try {
                take(taker); // what came before anybody watched
                for (WatchKey key = watch.take(); ; key = watch.take()) {
                    key.pollEvents();
                    take(taker);
                    key.reset();
                }
            } catch (InterruptedException | ClosedWatchServiceException e) {
                // the studio ends
            } catch (IOException e) {
                ILog.of(Requests.class).warn("files of other starts are not opened any more", e);
            }
        });
    }

    private void take(Consumer<List<Path>> taker) throws IOException {
        List<Path> requests;
        try (var names = Files.list(folder)) {
            requests = names.filter(name -> !name.toString().endsWith(".part")).toList();
        }
        for (Path request : requests) {
            List<Path> files =
                    Files.readAllLines(request).stream().map(Path::of).toList();
            if (Files.deleteIfExists(request)) { // else whoever asked has given up
                taker.accept(files);
            }
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
