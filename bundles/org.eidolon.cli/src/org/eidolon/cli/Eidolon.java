// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eidolon.api.Hashes;
import org.eidolon.cli.internal.Commands;
import org.eidolon.cli.internal.Console;
import org.eidolon.cli.internal.ConsoleSession;
import org.eidolon.cli.internal.Results;
import org.eidolon.cli.internal.Terminal;
import org.eidolon.engine.Engines;
import org.eidolon.engine.Faults;
import org.eidolon.graph.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code eidolon} command. */
public final class Eidolon {
    private final Services services;
    private final Results out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Path workingFolder;
    private final boolean terminal;

    public Eidolon(
            Services services,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Path workingFolder,
            boolean terminal) {
        this.services = services;
        this.out = Results.over(out);
        this.err = err;
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.terminal = terminal;
    }

    /** On this process's streams, environment and folder. */
    public static Eidolon ofProcess(Services services) {
        // a library that logs without a logger being there is no news to the user
        System.setProperty("slf4j.internal.verbosity", System.getProperty("slf4j.internal.verbosity", "ERROR"));
        PrintStream results = Results.ofProcess();
        System.setOut(results); // commands of other bundles print there
        return new Eidolon(
                services,
                results,
                Terminal.standardError(),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Terminal.isStandardError(System.getenv()));
    }

    /** The command on a plain class path. The product starts by OSGi instead. */
    public static void main(String[] arguments) {
        System.exit(
                ofProcess(Services.onClassPath(Eidolon.class.getClassLoader())).run(arguments));
    }

    /**
     * Runs one command line. Never throws; everything that can go wrong becomes an exit code and an error message.
     *
     * @return one of {@link ExitCode}
     */
    public int run(String... arguments) {
        try (Console console = Console.open(err, Console.mode(arguments, terminal), environment)) {
            return delivered(run(console, arguments), console);
        }
    }

    private int run(Console console, String... arguments) {
        var session = new OwnSession(console);
        try {
            return new Commands(services, session).run(arguments);
        } catch (ParameterException e) {
            return wrongArguments(e, console);
        } catch (CommandException e) {
            e.errors().forEach(error -> console.error(error.where(), error.message(), error.advice()));
            return e.exitCode();
        } catch (Commands.Wrapped e) {
            return internal(e.getCause(), console);
        } catch (Throwable e) {
            return internal(e, console);
        } finally {
            session.cleanUp();
        }
    }

    /** The exit code; never that of a good end when the result did not reach standard output. */
    private int delivered(int code, Console console) {
        String failure = out.failure();
        if (failure == null) {
            return code;
        }
        console.error(
                "standard output",
                "the result did not arrive: " + failure,
                "Send standard output to where it can be written and has room; what a run has made lies in its out folder,"
                        + " with report.json");
        return code == ExitCode.DONE ? ExitCode.INTERNAL : code;
    }

    private static int wrongArguments(ParameterException e, Console console) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message =
                Character.toLowerCase(e.getMessage().charAt(0)) + e.getMessage().substring(1);
        String advice = "See '" + name + " --help'";
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().get(0);
            boolean option = given.startsWith("-");
            message = (option ? "unknown option '" : "unexpected argument '") + given + "'";
            var known = new ArrayList<String>();
            command.getCommandSpec().options().forEach(spec -> known.addAll(Arrays.asList(spec.names())));
            advice = option ? Nearest.advice(given.replaceAll("=.*", ""), known, advice) : advice;
        }
        console.error(name, message, advice);
        return ExitCode.ARGUMENTS;
    }

    private static int internal(Throwable e, Console console) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof OutOfMemoryError) {
            console.error("", "Java ran out of memory: " + message, "Set EIDOLON_JAVA_OPTS=-Xmx4g, say");
            return ExitCode.INTERNAL;
        }
        Throwable unchecked = e instanceof UncheckedIOException u ? u.getCause() : e;
        if (unchecked instanceof IOException io) {
            console.error(
                    "",
                    "reading or writing failed: " + Faults.describe(io),
                    "Is the disk full, may it not be written, or was something removed?");
            return ExitCode.INTERNAL;
        }
        console.error(
                "",
                "internal fault: " + e.getClass().getSimpleName() + ": " + message,
                "This is a fault of Eidolon; please report it with the lines that follow");
        console.trace(e);
        return ExitCode.INTERNAL;
    }

    private final class OwnSession implements ConsoleSession {
        private final Console console;
        private final List<Path> scratch = new CopyOnWriteArrayList<>();
        private Engines engines;

        private OwnSession(Console console) {
            this.console = console;
        }

        @Override
        public PrintStream out() {
            return out;
        }

        @Override
        public Console messages() {
            return console;
        }

        @Override
        public synchronized Engines engines() {
            if (engines == null) {
                engines = services.engines().get();
            }
            return engines;
        }

        @Override
        public Map<String, String> environment() {
            return environment;
        }

        @Override
        public Path workingFolder() {
            return workingFolder;
        }

        @Override
        public Path scratch() throws IOException {
            Path folder = Files.createTempDirectory("eidolon-");
            scratch.add(folder);
            return folder;
        }

        @Override
        public void cleanUp() {
            for (Path folder : scratch) {
                try {
                    Hashes.deleteTree(folder);
                } catch (IOException | UncheckedIOException e) {
                    // it lies where the system clears out; Ctrl-C may clean up at the same time
                }
            }
        }
    }
}
