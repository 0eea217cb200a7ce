// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One file of weights: what is known of it and where it lies. Reading it verifies its size and sha256. */
public final class Model {
    private static final String RESOURCE = "resource:";

    private final ModelInfo info;
    private final String source;
    private final Path folder;

    Model(ModelInfo info, String source, Path folder) {
        this.info = info;
        this.source = source;
        this.folder = folder;
    }

    public ModelInfo info() {
        return info;
    }

    /** The name of the source that lists it. */
    public String source() {
        return source;
    }

    /** Where the file lies or should lie; empty for weights inside a jar. */
    public Optional<Path> path() {
        if (info.file().startsWith(RESOURCE)) {
            return Optional.empty();
        }
        Path root = folder.toAbsolutePath().normalize();
        Path file = root.resolve(info.file()).normalize();
        if (!file.startsWith(root) || Path.of(info.file()).isAbsolute()) {
            throw new ModelException("weights '" + info.id() + "' in " + root.resolve(ModelListing.FILE)
                    + ": the file '" + info.file() + "' leaves the folder; correct the list");
        }
        return Optional.of(file);
    }

    /** Where it lies, for people: a path, or the name of a resource. */
    public String location() {
        return path().map(Path::toString).orElse(info.file());
    }

    /** Whether the file is there; says nothing of its content. */
    public boolean present() {
        return path().map(Files::isRegularFile).orElseGet(() -> resource().isPresent());
    }

    private Optional<URL> resource() {
        return Resources.find(info.file().substring(RESOURCE.length()));
    }

    /** The bytes as they lie, unverified. */
    private InputStream open() throws IOException {
        Optional<Path> path = path();
        if (path.isPresent()) {
            return Files.newInputStream(path.get());
        }
        URL url = resource().orElseThrow(() -> new FileNotFoundException(info.file()));
        var connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    /**
     * Checks size and sha256.
     *
     * @throws ModelException when the file is missing or differs
     */
    public void verify() {
        Optional<Path> path = path();
        try {
            if (path.isPresent()) {
                checkPresent();
                long size = Files.size(path.get());
                if (size != info.size()) {
                    throw differs("its size is " + size + " bytes, listed are " + info.size());
                }
                compare(Sha256.of(path.get()));
            } else {
                checkPresent();
                try (InputStream in = open()) {
                    compare(Sha256.of(in));
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The file, verified. Large files that were verified once are not hashed again while size and time stay the same.
     *
     * @throws ModelException when the file is missing, differs, or lies inside a jar
     */
    public Path verifiedPath() {
        Path file = file();
        if (!Stamps.known(file, info)) {
            verify();
            Stamps.remember(file, info);
        }
        return file;
    }

    /** The file, which is there; what it holds was not looked at. */
    Path presentPath() {
        checkPresent();
        return file();
    }

    private Path file() {
        return path().orElseThrow(
                        () -> new ModelException("weights '" + info.id() + "' lie inside a jar: read their bytes"));
    }

    /**
     * The content, verified.
     *
     * @throws ModelException when the file is missing or differs
     */
    public byte[] bytes() {
        if (info.size() > Integer.MAX_VALUE - 16) {
            throw new ModelException("weights '" + info.id() + "' are too large to read at once: map the file");
        }
        checkPresent();
        try (InputStream in = open()) {
            // One byte more than listed, so that a longer file is seen, and no more is read from it.
            byte[] data = in.readNBytes((int) info.size() + 1);
            if (data.length != info.size()) {
                throw differs("its size is not the listed " + info.size() + " bytes");
            }
            compare(Sha256.of(data));
            return data;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void checkPresent() {
        if (!present()) {
            throw new ModelException("weights '" + info.id() + "' are missing: " + location() + " (listed by " + source
                    + ") is not there. Restore the file (sha256 " + info.sha256() + ", origin: " + info.origin()
                    + ") or put a folder that has it on EIDOLON_MODELS");
        }
    }

    private void compare(String found) {
        if (!found.equals(info.sha256())) {
            throw differs("its sha256 is " + found + ", listed is " + info.sha256());
        }
    }

    private ModelException differs(String how) {
        return new ModelException("weights '" + info.id() + "' at " + location() + " are not the listed ones: " + how
                + ". The file is damaged or was replaced: restore it (origin: " + info.origin() + ")");
    }

    private ModelException unreadable(IOException e) {
        return new ModelException("weights '" + info.id() + "' at " + location() + " cannot be read: " + e, e);
    }

    @Override
    public String toString() {
        return info.id() + " at " + location();
    }
}
