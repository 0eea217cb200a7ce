// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import com.google.gson.Gson;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EObject;
import org.eidolon.api.Node;
import org.eidolon.cli.Eidolon;
import org.eidolon.cli.Services;
import org.eidolon.engine.Engine;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.worker.Worker;
import org.eidolon.graph.model.Graph;
import org.osgi.framework.Bundle;
import picocli.CommandLine;

/** The command with the test's nodes, in which runs of the test's window take place. */
public final class TestCommand {
    private TestCommand() {}

    public static void main(String[] arguments) {
        System.exit(Eidolon.ofProcess(Services.of(new Sculpture())).run(arguments));
    }

    static Worker worker() {
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                TestCommand.class.getName());
        return new Worker(line, Map.of(), new NodeTypes(new Sculpture()), Duration.ofSeconds(60));
    }

    /** Where the classes come from; of a bundle in a source tree its class folders too. */
    private static String classPath() {
        return Stream.of(
                        TestCommand.class,
                        Eidolon.class,
                        Engine.class,
                        Node.class,
                        Graph.class,
                        EObject.class,
                        EList.class,
                        Gson.class,
                        CommandLine.class,
                        Bundle.class)
                .map(type -> Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())))
                .flatMap(path -> Stream.of(path, path.resolve("target/classes"), path.resolve("bin")))
                .filter(Files::exists)
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
