// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eidolon.api.UserPath;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Services;
import org.eidolon.cli.Subcommand;
import org.eidolon.graph.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** Finds the subcommand that the first arguments name; only that one is made, and only its service is activated. */
public final class Commands {
    private static final Set<String> HELP = Set.of("-h", "--help", "help");
    private static final Set<String> VERSION = Set.of("-V", "--version", "version");

    /** What a group does when nothing more is said. */
    private static final Map<String, String> DEFAULTS = Map.of("models", "list", "cache", "show");

    private final ConsoleSession session;
    private final Map<String, Supplier<? extends Callable<Integer>>> commands = new LinkedHashMap<>();

    public Commands(Services services, ConsoleSession session) {
        this.session = session;
        commands.put("studio", StudioCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("validate", ValidateCommand::new);
        commands.put("info", InfoCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("pack", PackCommand::new);
        commands.put("nodes", NodesCommand::new);
        commands.put("models list", () -> ModelCommands.list());
        commands.put("models show", () -> ModelCommands.show());
        commands.put("models verify", () -> ModelCommands.verify());
        commands.putAll(CacheCommands.all());
        commands.put("forget", ForgetCommand::new);
        commands.put("bench engine", BenchEngineCommand::new);
        commands.put("docs screenshots", ScreenshotsCommand::new);
        commands.put("doctor", () -> new DoctorCommand(services.checks()));
        services.subcommands().forEach(commands::putIfAbsent);
    }

    /** @return the exit code */
    public int run(String... arguments) {
        if (arguments.length == 0 || HELP.contains(arguments[0])) {
            session.out().print(help());
            return arguments.length == 0 ? ExitCode.ARGUMENTS : ExitCode.DONE;
        }
        if (VERSION.contains(arguments[0])) {
            session.out().println("eidolon " + Version.text());
            return ExitCode.DONE;
        }
        String name = arguments[0];
        Map<String, Supplier<? extends Callable<Integer>>> group = group(name);
        if (commands.containsKey(name)) {
            return execute(commands.get(name).get(), name, arguments, 1);
        }
        if (!group.isEmpty()) {
            return runInGroup(name, group, arguments);
        }
        throw unknown("", name, names());
    }

    private int runInGroup(String name, Map<String, Supplier<? extends Callable<Integer>>> group, String[] arguments) {
        String second = arguments.length > 1 ? arguments[1] : DEFAULTS.getOrDefault(name, "--help");
        if (HELP.contains(second)) {
            group.forEach((inner, command) ->
                    session.out().println(String.format("  %-22s %s", name + " " + inner, about(command.get()))));
            return arguments.length > 1 ? ExitCode.DONE : ExitCode.ARGUMENTS;
        }
        if (!group.containsKey(second)) {
            throw unknown(name, second, group.keySet());
        }
        return execute(group.get(second).get(), name + " " + second, arguments, 2);
    }

    private int execute(Callable<Integer> command, String name, String[] arguments, int skip) {
        if (command instanceof OwnCommand own) {
            own.session = session;
        } else if (command instanceof Subcommand attached) {
            attached.attach(session);
        }
        var line = new CommandLine(command);
        line.setCommandName("eidolon " + name);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(false);
        line.registerConverter(Path.class, text -> path(text));
        line.getCommandSpec().mixinStandardHelpOptions(true);
        String[] rest = Arrays.copyOfRange(arguments, Math.min(skip, arguments.length), arguments.length);
        CommandLine.ParseResult parsed = line.parseArgs(rest);
        while (parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
            parsed = parsed.subcommand();
        }
        CommandSpec spec = parsed.commandSpec();
        if (parsed.isUsageHelpRequested()) {
            spec.commandLine().usage(session.out(), CommandLine.Help.Ansi.OFF);
            return ExitCode.DONE;
        }
        if (parsed.isVersionHelpRequested()) {
            session.out().println("eidolon " + Version.text());
            return ExitCode.DONE;
        }
        if (!(spec.userObject() instanceof Callable<?> callable)) {
            spec.commandLine().usage(session.out(), CommandLine.Help.Ansi.OFF);
            return ExitCode.ARGUMENTS;
        }
        try {
            return callable.call() instanceof Integer code ? code : ExitCode.DONE;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Wrapped(e);
        }
    }

    /** A path among the arguments of other bundles' commands, which mean a relative one as the process does. */
    private static Path path(String text) {
        try {
            return UserPath.of(Path.of(""), text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Carries a checked exception out of a command. */
    public static final class Wrapped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrapped(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    private Map<String, Supplier<? extends Callable<Integer>>> group(String name) {
        var group = new TreeMap<String, Supplier<? extends Callable<Integer>>>();
        commands.forEach((full, command) -> {
            if (full.startsWith(name + " ")) {
                group.put(full.substring(name.length() + 1), command);
            }
        });
        return group;
    }

    private Set<String> names() {
        return commands.keySet().stream()
                .map(name -> name.split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CommandException unknown(String group, String name, Set<String> known) {
        String what = name.startsWith("-") ? "unknown option '" : "unknown command '";
        String full = group.isEmpty() ? name : group + " " + name;
        return CommandException.arguments(
                "eidolon", what + full + "'", Nearest.advice(name, known, "There are: " + String.join(", ", known)));
    }

    private String help() {
        var text = new StringBuilder("""
                One photo to an expressive, relightable head, by a graph of nodes.

                Usage: eidolon COMMAND [ARGUMENTS]

                """);
        commands.forEach((name, command) -> text.append(String.format("  %-22s %s%n", name, about(command.get()))));
        return text.append("""

                        'eidolon COMMAND --help' tells more. Results go to standard output, all else to standard error.
                        Exit codes: 0 done, 1 internal fault, 2 wrong arguments, 3 graph cannot load or run,
                        4 a node failed, 5 out of GPU memory, 6 some batch items failed, 130 cancelled.
                        """).toString();
    }

    private static String about(Callable<Integer> command) {
        String[] lines =
                new CommandLine(command).getCommandSpec().usageMessage().description();
        return lines.length == 0 ? "" : lines[0];
    }
}
