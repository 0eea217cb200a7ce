// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eidolon.api.Json;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.engine.NodeTypes;

/** The node reference, made from the declarations alone. */
final class NodeReference {
    private final NodeTypes types;

    NodeReference(NodeTypes types) {
        this.types = types;
    }

    /** @param whole true for a document with headings for the categories */
    String markdown(List<NodeDescriptor> chosen, boolean whole) {
        var categories = new TreeMap<String, List<NodeDescriptor>>();
        chosen.forEach(type -> categories
                .computeIfAbsent(type.category(), c -> new ArrayList<>())
                .add(type));
        var text = new StringBuilder();
        if (whole) {
            text.append("# Node reference\n\nMade by `eidolon nodes --markdown`; do not edit.\n");
        }
        categories.forEach((category, all) -> {
            if (whole) {
                text.append("\n## ").append(category).append('\n');
            }
            all.forEach(type -> node(type, text));
        });
        return text.toString();
    }

    private void node(NodeDescriptor type, StringBuilder text) {
        text.append(text.isEmpty() ? "" : "\n").append("### ").append(type.name());
        text.append(" (`").append(type.reference()).append("`)\n\n");
        if (!type.doc().isEmpty()) {
            text.append(type.doc()).append("\n\n");
        }
        if (!type.uses().isEmpty()) {
            String uses = String.join(
                    ", ",
                    type.uses().stream()
                            .map(u -> u.name().toLowerCase(Locale.ROOT))
                            .toList());
            text.append("Depends on: ").append(uses).append(".\n\n");
        }
        var rows = new ArrayList<String>();
        type.inputs()
                .forEach(input -> rows.add(row(
                        "in",
                        input.name(),
                        types.valueType(input.type()).id()
                                + (input.many() ? ", several" : "")
                                + (input.optional() ? ", optional" : ""),
                        "",
                        input.doc())));
        type.parameters()
                .forEach(parameter -> rows.add(row(
                        "parameter",
                        parameter.name(),
                        type(parameter),
                        "`" + Json.write(parameter.toJson(parameter.defaultValue())) + "`",
                        doc(parameter))));
        type.outputs()
                .forEach(output -> rows.add(
                        row("out", output.name(), types.valueType(output.type()).id(), "", output.doc())));
        if (!rows.isEmpty()) {
            text.append("| | name | type | default | |\n| --- | --- | --- | --- | --- |\n");
            rows.forEach(text::append);
        }
    }

    private static String doc(Parameter parameter) {
        return Stream.of(
                        parameter.doc(),
                        parameter.mayBeAuto() ? "auto: " + parameter.auto() : "",
                        parameter.when() == null ? "" : "only when " + parameter.when())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String row(String kind, String name, String type, String standard, String doc) {
        return "| " + kind + " | `" + name + "` | " + cell(type) + " | " + cell(standard) + " | " + cell(doc) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String type(Parameter parameter) {
        if (!parameter.choices().isEmpty()) {
            return String.join(", ", parameter.choices());
        }
        return parameter.typeName()
                + (parameter.range().isEmpty() ? "" : ", " + parameter.range())
                + (parameter.required() ? ", required" : "");
    }
}
