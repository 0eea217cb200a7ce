// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import com.google.gson.Gson;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EObject;
import org.eidolon.api.Node;
import org.eidolon.engine.Engine;
import org.eidolon.graph.model.Graph;
import org.osgi.framework.Bundle;
import picocli.CommandLine;

/** The command with the test's nodes in a process of its own. */
public final class ChildCommand {
    private ChildCommand() {}

    public static void main(String[] arguments) {
        System.exit(Eidolon.ofProcess(Services.of(new TestNodes())).run(arguments));
    }

    /** What to start, to which more arguments can be added. */
    static List<String> line(String... arguments) {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                classPath(),
                ChildCommand.class.getName()));
        line.addAll(List.of(arguments));
        return line;
    }

    /** Where the classes come from, in OSGi and out of it; of a bundle in a source tree its class folders too. */
    private static String classPath() {
        return Stream.of(
                        ChildCommand.class,
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
