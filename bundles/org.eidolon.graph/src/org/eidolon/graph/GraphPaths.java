// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eidolon.graph.model.Graph;

/** Paths inside a graph file: '/'-separated, relative to the file's folder, and never out of it. */
public final class GraphPaths {
    private GraphPaths() {}

    /** What is wrong with a path as text; empty if nothing is. Looks at no disk. */
    public static Optional<String> fault(String path) {
        if (path.isEmpty()) {
            return Optional.of("the path is empty");
        }
        if (path.indexOf('\\') >= 0) {
            return Optional.of("the path has a backslash; separate folders by '/'");
        }
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            return Optional.of("the path is absolute; it must be relative to the graph's folder");
        }
        if (path.chars().anyMatch(c -> c < ' ')) {
            return Optional.of("the path holds a control character");
        }
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                return Optional.of("the path leaves the graph's folder by '..'");
            }
            if (segment.isEmpty() || segment.equals(".")) {
                return Optional.of("the path has an empty or '.' segment");
            }
        }
        return Optional.empty();
    }

    /**
     * The file that a path in a graph names; it need not exist.
     *
     * @param folder the folder of the graph file
     * @throws IOException if the path is not allowed, or if a symbolic link on it leads out of the folder
     */
    public static Path resolve(Path folder, String path) throws IOException {
        Optional<String> fault = fault(path);
        if (fault.isPresent()) {
            throw new IOException("'" + path + "': " + fault.get());
        }
        Path root = folder.toRealPath();
        Path file;
        try {
            file = root.resolve(path);
        } catch (InvalidPathException e) {
            throw new IOException("'" + path + "' cannot be a file name here: " + e.getReason(), e);
        }
        Path existing = file;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        boolean inside;
        try {
            inside = existing.toRealPath().startsWith(root);
        } catch (IOException e) {
            inside = false; // a link to nothing: where it leads cannot be known
        }
        if (!inside) {
            throw new IOException("'" + path + "': a symbolic link leads out of the graph's folder");
        }
        return file;
    }

    /** The path by which a graph in the folder names a file inside it; empty if the file lies outside. */
    public static Optional<String> relative(Path folder, Path file) {
        Path root = folder.toAbsolutePath().normalize();
        Path target = file.toAbsolutePath().normalize();
        if (!target.startsWith(root) || target.equals(root)) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        root.relativize(target).forEach(name -> names.add(name.toString()));
        return Optional.of(String.join("/", names));
    }

    /** sha256 of a file's content in hex. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e)); // every Java has SHA-256
        }
    }

    /** Records a referenced file's hash in the graph. */
    public static void record(Graph graph, Path folder, String path) throws IOException {
        graph.getFiles().put(path, sha256(resolve(folder, path)));
    }

    /**
     * Looks at the files that the graph names in its files section.
     *
     * @return a warning for each one that is not what it was, an error for each one that is missing or not allowed
     */
    public static List<Problem> check(Graph graph, Path folder) {
        var problems = new ArrayList<Problem>();
        graph.getFiles().forEach(entry -> {
            String where = "files." + entry.getKey();
            Place place = Locations.find(graph, where);
            try {
                Path file = resolve(folder, entry.getKey());
                if (!Files.isRegularFile(file)) {
                    boolean used = uses(graph, entry.getKey());
                    problems.add(new Problem(
                            used ? Problem.Severity.ERROR : Problem.Severity.WARNING,
                            where,
                            place,
                            "there is no file '" + entry.getKey() + "' in the graph's folder",
                            used ? "Put it there, or name another file in the node" : "Remove the entry"));
                } else if (!sha256(file).equals(entry.getValue())) {
                    problems.add(Problem.warning(
                            where,
                            place,
                            "the file '" + entry.getKey() + "' has changed since the graph was saved",
                            "It is used as it is now"));
                }
            } catch (IOException e) {
                problems.add(Problem.error(where, place, e.getMessage(), "Copy the file into the graph's folder"));
            }
        });
        return problems;
    }

    private static boolean uses(Graph graph, String path) {
        return graph.getNodes().stream()
                .flatMap(node -> node.getParameters().values().stream())
                .anyMatch(value -> mentions(value, path));
    }

    private static boolean mentions(JsonElement value, String path) {
        if (value.isJsonArray()) {
            return value.getAsJsonArray().asList().stream().anyMatch(element -> mentions(element, path));
        }
        return value.isJsonPrimitive() && value.getAsString().equals(path);
    }
}
