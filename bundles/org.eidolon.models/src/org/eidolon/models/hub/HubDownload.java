// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.eidolon.models.ModelException;
import org.eidolon.models.Sha256;

/**
 * Fetches files of a repository into a folder. A file is written beside its place and renamed when its checksum is
 * right, so what has its name is whole; what is not whole goes on where it stopped.
 */
public final class HubDownload {
    /** Where the hub's listing is kept in the folder. */
    static final String LISTING = ".hub.json";

    private static final String PART = ".part";
    private static final int ATTEMPTS = 5;
    private static final int BUFFER = 1 << 18;

    /** Told of progress over all files that are fetched, in bytes, some times a second. */
    @FunctionalInterface
    public interface Progress {
        void at(String path, long done, long total);
    }

    private final Hub hub;
    private final Path folder;
    private final Progress progress;
    private final long pause;
    private long done;
    private long total;

    /**
     * @param folder made if it does not exist
     */
    public HubDownload(Hub hub, Path folder, Progress progress) {
        this(hub, folder, progress, 1000);
    }

    /** @param pause milliseconds before a second attempt; each further one waits twice as long */
    HubDownload(Hub hub, Path folder, Progress progress, long pause) {
        this.hub = hub;
        this.folder = folder;
        this.progress = progress;
        this.pause = pause;
    }

    /**
     * What the repository holds; offline, what it held when it was last asked from this folder.
     *
     * @throws ModelException when that is not known
     */
    public HubListing listing(String repository, String revision) {
        try {
            byte[] json;
            if (hub.offline()) {
                json = Hub.kept(folder)
                        .orElseThrow(() -> new ModelException("working offline, and " + repository
                                + " was never fetched into " + folder + ": unset HF_HUB_OFFLINE and EIDOLON_OFFLINE"));
            } else {
                json = hub.listing(repository, revision);
            }
            HubListing listing = HubListing.parse(repository, new String(json, StandardCharsets.UTF_8));
            Files.createDirectories(folder);
            Path beside = folder.resolve(LISTING + PART);
            Files.write(beside, json);
            Files.move(beside, folder.resolve(LISTING), StandardCopyOption.REPLACE_EXISTING);
            return listing;
        } catch (IOException e) {
            throw new ModelException("cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Fetches the files that are chosen and not there yet.
     *
     * @return the files, in the order of the listing
     * @throws ModelException when one cannot be fetched or is not what the hub lists; what was fetched stays
     */
    public List<Path> fetch(HubListing listing, Predicate<String> chosen) {
        List<HubListing.Entry> files =
                listing.files().stream().filter(f -> chosen.test(f.path())).toList();
        total = files.stream().mapToLong(f -> Math.max(f.size(), 0)).sum();
        done = 0;
        try {
            Files.createDirectories(folder);
            long missing = 0;
            for (HubListing.Entry file : files) {
                missing += Files.exists(folder.resolve(file.path())) ? 0 : Math.max(file.size(), 0);
            }
            long free = Files.getFileStore(folder).getUsableSpace();
            if (missing > free) {
                throw new ModelException(folder + " has room for " + free + " bytes, and " + missing + " are to come");
            }
            for (HubListing.Entry file : files) {
                fetch(listing, file);
            }
        } catch (IOException e) {
            throw new ModelException("cannot write into " + folder + ": " + e.getMessage(), e);
        }
        return files.stream().map(f -> folder.resolve(f.path())).toList();
    }

    private void fetch(HubListing listing, HubListing.Entry file) throws IOException {
        Path target = folder.resolve(file.path());
        if (Files.isRegularFile(target)) {
            // of this revision, or of one before it
            if (file.size() < 0 || Files.size(target) == file.size() && fault(file, target) == null) {
                done += Files.size(target);
                progress.at(file.path(), done, total);
                return;
            }
        }
        if (hub.offline()) {
            throw new ModelException("working offline, and " + file.path() + " of " + listing.repository()
                    + " was not fetched whole: unset HF_HUB_OFFLINE and EIDOLON_OFFLINE");
        }
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling(target.getFileName() + PART);
        long before = done;
        boolean again = false;
        while (true) {
            transfer(listing, file, part, before);
            String fault = fault(file, part);
            if (fault == null) {
                break;
            }
            Files.deleteIfExists(part);
            if (again) {
                throw new ModelException(file.path() + " of " + listing.repository() + " is not what the hub lists: "
                        + fault + ". It was fetched twice");
            }
            again = true;
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Appends until the end, going on after interruptions. */
    private void transfer(HubListing listing, HubListing.Entry file, Path part, long before) throws IOException {
        long wait = pause;
        for (int attempt = 1; ; attempt++) {
            long have = Files.exists(part) ? Files.size(part) : 0;
            done = before + have;
            if (file.size() >= 0 && have == file.size()) {
                Files.write(part, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                return;
            }
            try {
                Hub.Content content = hub.open(listing, file.path(), have);
                try (InputStream in = content.stream();
                        Watch watch = new Watch(in);
                        FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    out.truncate(content.from());
                    out.position(content.from());
                    done = before + content.from();
                    copy(in, out, file, watch);
                    out.force(true);
                }
                long now = Files.size(part);
                if (file.size() < 0 || now >= file.size()) {
                    return;
                }
                throw new IOException("the connection ended after " + now + " of " + file.size() + " bytes");
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw Hub.unreachable(listing.repository() + ", " + file.path(), e);
                }
                rest(wait);
                wait *= 2;
            }
        }
    }

    private void copy(InputStream in, FileChannel out, HubListing.Entry file, Watch watch) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            // no more is written than was announced
            if (file.size() >= 0 && out.position() + n > file.size()) {
                throw new ModelException(
                        file.path() + " is longer than the " + file.size() + " bytes that the hub lists");
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            done += n;
            watch.saw();
            progress.at(file.path(), done, total);
        }
    }

    /** Closes a stream that says nothing for too long, as the client's own patience ends with the first byte. */
    private static final class Watch implements AutoCloseable {
        private static final long PATIENCE = 60_000_000_000L;

        private volatile long last = System.nanoTime();
        private final Thread thread;

        Watch(InputStream in) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() - last < PATIENCE) {
                        Thread.sleep(1000);
                    }
                    in.close();
                } catch (InterruptedException | IOException e) {
                    // all was said, or the stream is closed already
                }
            });
        }

        void saw() {
            last = System.nanoTime();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private static void rest(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("fetching from the hub was cancelled", e);
        }
    }

    /** Why a file is not what the hub lists, or null. */
    private static String fault(HubListing.Entry file, Path part) throws IOException {
        if (!file.sha256().isEmpty()) {
            String found = Sha256.of(part);
            return found.equals(file.sha256()) ? null : "its sha256 is " + found + ", listed is " + file.sha256();
        }
        if (!file.gitHash().isEmpty()) {
            String found = gitHash(part);
            return found.equals(file.gitHash()) ? null : "git's hash of it is " + found + ", listed " + file.gitHash();
        }
        return null;
    }

    /** SHA-1 of git's header and the content. */
    private static String gitHash(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = Files.newInputStream(file)) {
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
