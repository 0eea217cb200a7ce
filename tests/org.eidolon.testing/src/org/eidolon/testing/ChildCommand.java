// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing;

import com.google.gson.Gson;
import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EObject;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.cli.Eidolon;
import org.eidolon.cli.Services;
import org.eidolon.engine.Engine;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.worker.Worker;
import org.eidolon.graph.model.Graph;
import org.osgi.framework.Bundle;
import picocli.CommandLine;

/** The command with a test's node types, as a process of its own on a plain class path. */
public final class ChildCommand {
    private static final String LIBRARIES = "eidolon.test.libraries";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<NodeLibrary> libraries;

    private ChildCommand(List<NodeLibrary> libraries) {
        this.libraries = libraries;
    }

    /** @param libraries of classes that a constructor without arguments makes */
    public static ChildCommand with(NodeLibrary... libraries) {
        return new ChildCommand(List.of(libraries));
    }

    /** The process itself. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        var libraries = new ArrayList<NodeLibrary>();
        for (String name : System.getProperty(LIBRARIES).split(",")) {
            Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            libraries.add((NodeLibrary) constructor.newInstance());
        }
        System.exit(Eidolon.ofProcess(Services.of(libraries.toArray(NodeLibrary[]::new)))
                .run(arguments));
    }

    /** What to start, to which more arguments can be added. */
    public List<String> line(String... arguments) {
        return line(List.of(), arguments);
    }

    /** The same with options for Java. */
    public List<String> line(List<String> javaOptions, String... arguments) {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true"));
        line.addAll(javaOptions);
        String names =
                libraries.stream().map(library -> library.getClass().getName()).collect(Collectors.joining(","));
        line.addAll(List.of("-D" + LIBRARIES + "=" + names, "-cp", classPath(), ChildCommand.class.getName()));
        line.addAll(Arrays.asList(arguments));
        return line;
    }

    /** Runs graphs in such processes. */
    public Worker worker() {
        return new Worker(line(), Map.of(), new NodeTypes(libraries.toArray(NodeLibrary[]::new)), PATIENCE);
    }

    /** Where the classes come from, in OSGi and out of it; of a bundle in a source tree its class folders too. */
    private String classPath() {
        Stream<Class<?>> own = Stream.of(
                ChildCommand.class,
                Eidolon.class,
                Engine.class,
                Node.class,
                Graph.class,
                EObject.class,
                EList.class,
                Gson.class,
                CommandLine.class,
                Bundle.class);
        return Stream.concat(libraries.stream().map(Object::getClass), own)
                .map(type -> Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())))
                .flatMap(path -> Stream.of(path, path.resolve("target/classes"), path.resolve("bin")))
                .filter(Files::exists)
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
