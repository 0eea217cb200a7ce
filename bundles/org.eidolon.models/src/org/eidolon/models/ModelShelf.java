// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder to which weights are added under a name. A model of several files has an entry for each, {@code NAME/PATH};
 * one of a single file goes by the name alone.
 *
 * @param folder with its {@code models.json}; made when the first model is added
 */
public record ModelShelf(Path folder) {
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final String STAGING = ".adding-";
    private static final String REPLACED = ".replaced-";

    /** What is told of a model, the same for all its files. */
    public record Label(String kind, String licence, String origin, String caveat, Map<String, String> attributes) {}

    /** How files come onto the shelf. */
    public enum Way {
        /** Symbolic links to where they lie. */
        LINK,
        /** Copies. */
        COPY,
        /** They are moved, from the same file system at best. */
        MOVE
    }

    /** The shelf of this user, {@link Models#userFolder}. */
    public static ModelShelf ofUser() {
        return new ModelShelf(Models.userFolder());
    }

    /**
     * Adds a model. Everything is laid beside its place, hashed, and only then renamed and listed.
     *
     * @param name lower-case letters, digits, dots, dashes and underscores
     * @param base the folder that the files' paths are told from
     * @param files below the base
     * @param replace whether a model of this name makes room; otherwise that is an error
     * @param listener told of each file before it is hashed
     * @throws ModelException when the name is taken or no name, or files cannot be read or written
     */
    public List<ModelInfo> add(
            String name, Label label, Path base, List<Path> files, Way way, boolean replace, Consumer<Path> listener) {
        check(name);
        checkFree(name, replace);
        // of this process: another may add weights of the same name
        Path staging =
                folder.resolve(STAGING + name + "-" + ProcessHandle.current().pid());
        try {
            delete(staging);
            List<ModelInfo> added = new ArrayList<>();
            boolean single = files.size() == 1 && files.get(0).getParent().equals(base);
            for (Path file : files) {
                Path relative = base.relativize(file);
                if (relative.startsWith("..")) {
                    throw new ModelException(file + " does not lie in " + base);
                }
                listener.accept(relative);
                Path target = staging.resolve(relative.toString());
                Files.createDirectories(target.getParent());
                bring(file, target, way);
                String path = relative.toString().replace('\\', '/');
                added.add(new ModelInfo(
                        single ? name : name + "/" + path,
                        label.kind(),
                        name + "/" + path,
                        Sha256.of(target),
                        Files.size(target),
                        label.licence(),
                        label.origin(),
                        label.caveat(),
                        label.attributes()));
            }
            try (var lock = ShelfLock.take(folder)) {
                checkFree(name, replace);
                Path place = folder.resolve(name);
                Path old = folder.resolve(REPLACED + name);
                delete(old);
                if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
                List<ModelInfo> all = new ArrayList<>(listed());
                all.removeIf(m -> m.belongsTo(name));
                all.addAll(added);
                ModelListing.write(folder, all);
                delete(old);
            }
            return added;
        } catch (FileAlreadyExistsException e) {
            throw new ModelException(e.getMessage() + " is in the way", e);
        } catch (IOException e) {
            throw new ModelException("cannot add '" + name + "' to " + folder + ": " + e, e);
        }
    }

    private void checkFree(String name, boolean replace) {
        if (!replace && listed().stream().anyMatch(m -> m.belongsTo(name))) {
            throw new ModelException(
                    "weights '" + name + "' are there already, in " + folder + ": use another name, or replace them");
        }
    }

    /**
     * Takes a model off the list and deletes what lies here of it; files that are only linked stay where they are.
     *
     * @throws ModelException when there is none of this name
     */
    public void remove(String name) {
        check(name);
        try (var lock = ShelfLock.take(folder)) {
            List<ModelInfo> rest = new ArrayList<>(listed());
            if (!rest.removeIf(m -> m.belongsTo(name))) {
                throw new ModelException("no weights '" + name + "' were added to " + folder);
            }
            ModelListing.write(folder, rest);
            delete(folder.resolve(name));
        } catch (IOException e) {
            throw new ModelException("cannot remove '" + name + "' from " + folder + ": " + e, e);
        }
    }

    /** Where an unfinished fetch of a model is kept until it is whole. */
    public Path fetching(String name) {
        check(name);
        return folder.resolve(".fetching").resolve(name);
    }

    /** Deletes what a fetch left behind after its files were added. */
    public void fetched(String name) {
        try {
            delete(fetching(name));
            Files.deleteIfExists(fetching(name).getParent());
        } catch (DirectoryNotEmptyException e) {
            // other fetches are under way
        } catch (IOException e) {
            throw new ModelException("cannot delete " + fetching(name) + ": " + e, e);
        }
    }

    /** Whether a model of this name was added. */
    public boolean has(String name) {
        check(name);
        return listed().stream().anyMatch(m -> m.belongsTo(name));
    }

    /** Whether a model may be called so: lower-case letters, digits, dots, dashes and underscores, up to 64. */
    public static boolean isName(String name) {
        return name.matches(NAME);
    }

    private static void check(String name) {
        if (!isName(name)) {
            throw new ModelException("'" + name + "' is no name for weights: use up to 64 lower-case letters, digits,"
                    + " dots, dashes and underscores");
        }
    }

    private List<ModelInfo> listed() {
        return Files.isRegularFile(folder.resolve(ModelListing.FILE)) ? ModelListing.read(folder) : List.of();
    }

    private static void bring(Path file, Path target, Way way) throws IOException {
        switch (way) {
            case LINK -> Files.createSymbolicLink(target, file.toRealPath());
            case COPY -> Files.copy(file, target);
            case MOVE -> Files.move(file, target);
        }
    }

    /** Deletes a tree; of links only the links. */
    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
