// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.DoctorCheck.Finding;
import org.eidolon.cli.DoctorCheck.Status;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Subcommand;
import org.eidolon.graph.Nearest;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelInfo;
import org.eidolon.models.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon models}: the weights, where they came from, and whether they are whole. */
final class ModelCommands {
    private ModelCommands() {}

    /** What {@code eidolon doctor} says of the weights. */
    static Finding check() {
        Models models = Models.standard();
        List<String> missing = models.list().stream()
                .filter(model -> !model.present())
                .map(model -> model.info().id())
                .toList();
        if (!missing.isEmpty()) {
            return new Finding(
                    Status.ERROR,
                    "missing: " + String.join(", ", missing),
                    "Unpack the product again; 'eidolon models show' says where they belong");
        }
        String found = models.list().size() + " are listed and present ('eidolon models verify' reads them)";
        return models.warnings().isEmpty()
                ? Finding.ok(found)
                : new Finding(Status.WARNING, found, String.join("\n", models.warnings()));
    }

    static Subcommand list() {
        return new ListModels();
    }

    static Subcommand show() {
        return new ShowModels();
    }

    static Subcommand verify() {
        return new VerifyModels();
    }

    /** What the three share. */
    abstract static class ModelCommand extends OwnCommand {
        @Option(names = "--json", description = "as JSON")
        boolean json;

        /** The models named, or all. */
        List<Model> chosen(List<String> ids) {
            Models models = registry();
            models.warnings().forEach(warning -> session.messages().warning("", warning, ""));
            if (ids.isEmpty()) {
                return models.list();
            }
            var chosen = new ArrayList<Model>();
            List<String> known =
                    models.list().stream().map(model -> model.info().id()).toList();
            for (String id : ids) {
                List<Model> parts = models.list().stream()
                        .filter(model -> model.info().id().startsWith(id + "/"))
                        .toList();
                if (!parts.isEmpty() && models.find(id).isEmpty()) {
                    chosen.addAll(parts);
                    continue;
                }
                chosen.add(models.find(id)
                        .orElseThrow(() -> CommandException.arguments(
                                "eidolon models",
                                "no weights go by '" + id + "'",
                                Nearest.advice(id, known, "There are: " + String.join(", ", known)))));
            }
            return chosen;
        }

        private static Models registry() {
            try {
                return Models.standard();
            } catch (ModelException e) {
                throw CommandException.arguments("eidolon models", e.getMessage(), "");
            }
        }

        static Map<String, Object> tree(Model model) {
            ModelInfo info = model.info();
            var tree = new LinkedHashMap<String, Object>();
            tree.put("id", info.id());
            tree.put("kind", info.kind());
            tree.put("bytes", info.size());
            tree.put("sha256", info.sha256());
            tree.put("licence", info.licence());
            tree.put("origin", info.origin());
            tree.put("caveat", info.caveat());
            tree.put("source", model.source());
            tree.put("location", model.location());
            tree.put("present", model.present());
            tree.put("attributes", new TreeMap<>(info.attributes()));
            return tree;
        }

        static String size(long bytes) {
            return bytes < 1 << 20 ? (bytes + 1023) / 1024 + " KiB" : (bytes + (1 << 19)) / (1 << 20) + " MiB";
        }
    }

    @Command(name = "list", description = "Lists the weights, their licences and where they lie.", sortOptions = false)
    static final class ListModels extends ModelCommand {
        @Override
        public Integer call() {
            List<Model> models = chosen(List.of());
            if (json) {
                session.out()
                        .println(Json.write(
                                models.stream().map(ModelCommand::tree).toList()));
                return ExitCode.DONE;
            }
            rows(models).forEach(row -> {
                ModelInfo first = row.getFirst().info();
                boolean one = row.size() == 1;
                session.out()
                        .printf(
                                "%-36s %-16s %8s  %s  (%s%s)%s%n",
                                one
                                        ? first.id()
                                        : first.id().substring(0, first.id().indexOf('/')),
                                first.kind(),
                                size(row.stream()
                                        .mapToLong(m -> m.info().size())
                                        .sum()),
                                first.licence(),
                                row.getFirst().source(),
                                one ? "" : ", " + row.size() + " files",
                                row.stream().allMatch(Model::present) ? "" : "  MISSING");
            });
            return ExitCode.DONE;
        }
    }

    /** Files of one folder make one row. */
    private static List<List<Model>> rows(List<Model> models) {
        Map<String, List<Model>> rows = new LinkedHashMap<>();
        for (Model model : models) {
            String id = model.info().id();
            boolean part = id.contains("/")
                    && "folder".equals(model.info().attributes().get("layout"));
            String key = part ? id.substring(0, id.indexOf('/')) + "/" : id;
            rows.computeIfAbsent(key, k -> new ArrayList<>()).add(model);
        }
        return List.copyOf(rows.values());
    }

    @Command(name = "show", description = "Shows origin, licence and caveats of weights.", sortOptions = false)
    static final class ShowModels extends ModelCommand {
        @Parameters(paramLabel = "ID", arity = "0..*", description = "ids or first digits of a sha256; all if none")
        private List<String> ids = new ArrayList<>();

        @Override
        public Integer call() {
            List<Model> models = chosen(ids);
            if (json) {
                session.out()
                        .println(Json.write(
                                models.stream().map(ModelCommand::tree).toList()));
                return ExitCode.DONE;
            }
            for (Model model : models) {
                session.out().println(model.info().id());
                tree(model).forEach((name, value) -> {
                    boolean empty = value.toString().isEmpty() || value instanceof Map<?, ?> map && map.isEmpty();
                    if (!name.equals("id") && !empty) {
                        session.out().printf("  %-10s %s%n", name, value);
                    }
                });
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "verify", description = "Reads weights and compares their sha256.", sortOptions = false)
    static final class VerifyModels extends ModelCommand {
        @Parameters(paramLabel = "ID", arity = "0..*", description = "ids or first digits of a sha256; all if none")
        private List<String> ids = new ArrayList<>();

        @Override
        public Integer call() {
            var results = new ArrayList<Map<String, Object>>();
            boolean whole = true;
            for (Model model : chosen(ids)) {
                String fault = "";
                try {
                    model.verify();
                } catch (ModelException e) {
                    fault = e.getMessage();
                    whole = false;
                    session.messages().error(model.info().id(), fault, "");
                }
                results.add(Fields.of(
                        "id",
                        model.info().id(),
                        "sha256",
                        model.info().sha256(),
                        "ok",
                        fault.isEmpty(),
                        "fault",
                        fault));
                if (!json && fault.isEmpty()) {
                    session.out()
                            .println("ok  " + model.info().id() + "  "
                                    + model.info().sha256());
                }
            }
            if (json) {
                session.out().println(Json.write(results));
            }
            return whole ? ExitCode.DONE : ExitCode.INTERNAL;
        }
    }
}
