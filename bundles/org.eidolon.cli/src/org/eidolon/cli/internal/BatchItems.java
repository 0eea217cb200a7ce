// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.Session;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.OutNames;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;

/**
 * The files that --batch means, and the declared input that takes them.
 *
 * @param input name of the input
 * @param files by the name of the item, which names its folder too
 */
record BatchItems(String input, Map<String, Path> files) implements RunItems {
    private static final int MOST = 100_000;
    private static final String WILD = "*?[{";
    private static final int LONGEST_NAME = 200;

    static BatchItems find(Session session, GraphArgument graph, NodeTypes types, Settings settings, String given) {
        List<String> inputs = fileInputs(graph, types);
        int equals = given.indexOf('=');
        String name = equals > 0 ? given.substring(0, equals) : "";
        boolean named = inputs.contains(name);
        String glob = named ? given.substring(equals + 1) : given;
        if (!named && inputs.size() != 1) {
            throw CommandException.arguments(
                    "--batch",
                    graph.given() + (inputs.isEmpty() ? " declares no input" : " declares several inputs") + " that "
                            + (inputs.isEmpty() ? "takes" : "take") + " a file",
                    inputs.isEmpty()
                            ? "Declare one in the graph: \"inputs\": {\"photo\": \"NODE.PARAM\"}"
                            : "Say which: --batch NAME=" + glob + " with " + String.join(" or ", inputs));
        }
        String input = named ? name : inputs.get(0);
        if (settings.inputs().containsKey(input)) {
            throw CommandException.arguments(
                    "--input " + input, "the batch gives this input its files", "Leave out one of the two");
        }
        return new BatchItems(input, named(matches(session, glob)));
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public GraphRun of(GraphRun run, String name) {
        return run.with(settings -> settings.with(input, files.get(name).toString()));
    }

    @Override
    public Map<String, Object> says() {
        return Fields.of("input", input);
    }

    @Override
    public Map<String, Object> says(String name) {
        return Fields.of("file", files.get(name).getFileName().toString());
    }

    /** Declared inputs that lead to a parameter that names a file. */
    private static List<String> fileInputs(GraphArgument graph, NodeTypes types) {
        return graph.graph().getInputs().stream()
                .filter(input -> input.getTo().stream().anyMatch(to -> {
                    PortRef ref = PortRef.parse(to);
                    GraphNode node = Graphs.node(graph.graph(), ref.node());
                    return node != null
                            && types.find(node.getType())
                                    .flatMap(found -> found.type().parameter(ref.port()))
                                    .filter(parameter -> parameter.isFile())
                                    .isPresent();
                }))
                .map(GraphInput::getName)
                .toList();
    }

    private static List<Path> matches(Session session, String glob) {
        Path pattern = GraphArgument.path(session, "--batch", glob);
        Path base = pattern;
        while (base.getParent() != null && base.toString().chars().anyMatch(c -> WILD.indexOf(c) >= 0)) {
            base = base.getParent();
        }
        if (Files.isDirectory(pattern)) {
            throw CommandException.arguments("--batch " + glob, "this is a folder", "Write '" + glob + "/*'");
        }
        var found = new ArrayList<Path>();
        try {
            PathMatcher matcher = base.getFileSystem().getPathMatcher("glob:" + pattern);
            int depth = glob.contains("**") ? Integer.MAX_VALUE : pattern.getNameCount() - base.getNameCount();
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, collector(matcher, found));
        } catch (PatternSyntaxException e) {
            throw CommandException.arguments(
                    "--batch " + glob,
                    "not a pattern: " + e.getDescription(),
                    "Write a backslash before a bracket or brace that is part of a name");
        } catch (IOException e) {
            found.clear();
        }
        if (found.isEmpty()) {
            throw CommandException.arguments(
                    "--batch " + glob,
                    "no file matches",
                    "The pattern is taken from " + session.workingFolder() + "; quote it, so that the shell leaves it");
        }
        if (found.size() > MOST) {
            throw CommandException.arguments(
                    "--batch " + glob, "more than " + MOST + " files match", "Split the batch");
        }
        found.sort(null);
        return found;
    }

    private static FileVisitor<Path> collector(PathMatcher matcher, List<Path> found) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && matcher.matches(file)) {
                    found.add(file);
                }
                return found.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // a folder that may not be read, a link in a circle
            }
        };
    }

    /** A name for each: the file's without its extension; with it, or with a number, where that is not enough. */
    private static Map<String, Path> named(List<Path> files) {
        var stems = new HashMap<String, Integer>();
        files.forEach(file -> stems.merge(stem(file).toLowerCase(Locale.ROOT), 1, Integer::sum));
        var named = new LinkedHashMap<String, Path>();
        var taken = new HashSet<String>();
        for (Path file : files) {
            String stem = stem(file);
            String wish = safe(
                    stems.get(stem.toLowerCase(Locale.ROOT)) > 1
                            ? file.getFileName().toString().replace('.', '-')
                            : stem);
            String name = wish;
            for (int i = 2; OutNames.isTaken(name) || !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = wish + "-" + i;
            }
            named.put(name, file);
        }
        return named;
    }

    /**
     * A name that is one folder below the out folder and shows what it is called: no {@code ..}, nothing hidden, no control
     * characters, and short enough for a number at its end.
     */
    static String safe(String name) {
        String plain = name.replaceAll("[\\p{Cntrl}/\\\\]", "_").replaceAll("^[.\\s]+|[.\\s]+$", "");
        while (plain.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            plain = plain.substring(0, plain.offsetByCodePoints(plain.length(), -1));
        }
        return plain.isEmpty() ? "item" : plain;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
