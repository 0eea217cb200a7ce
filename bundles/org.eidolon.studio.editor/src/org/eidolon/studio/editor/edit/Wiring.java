// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.base.Messages;

/** Says which links may be made, and why others may not. */
public final class Wiring {
    /**
     * Whether a link may be made.
     *
     * @param reason why not, for people; of a link that may, the conversion that the planner will insert, or empty
     */
    public record Verdict(boolean allowed, String reason) {
        static Verdict no(String reason, Object... values) {
            return new Verdict(false, Messages.bind(reason, values));
        }
    }

    private final LinkIndex index;
    private final Catalogue catalogue;

    public Wiring(LinkIndex index, Catalogue catalogue) {
        this.index = index;
        this.catalogue = catalogue;
    }

    /** The class of values that comes out at the start of a link; empty where it is not known. */
    public Optional<Class<?>> given(String from) {
        PortRef source = index.source(from);
        if (source == null) {
            return Optional.empty();
        }
        return catalogue
                .find((GraphNode) index.element(source.node()))
                .flatMap(type -> type.output(source.port()))
                .map(NodeDescriptor.Output::type);
    }

    /** The classes of values that an end takes: of a reroute, what all that follows it takes; empty where unknown. */
    public List<Class<?>> accepted(Element target, String port) {
        if (target instanceof GraphNode node) {
            return catalogue
                    .find(node)
                    .map(type -> catalogue.accepted(type, port))
                    .orElse(List.of());
        }
        List<Class<?>> common = null;
        for (Wire wire : following((Reroute) target)) {
            List<Class<?>> one = accepted(wire.target(), wire.port());
            if (common == null) {
                common = new ArrayList<>(one);
            } else {
                common.retainAll(one);
            }
        }
        return common == null ? List.of() : common;
    }

    /** May a link go from an output or a reroute to an input, a parameter or a reroute? */
    public Verdict check(String from, Element target, String port) {
        Element start = index.element(PortRef.parse(from).node());
        if (start == null) {
            return Verdict.no(Messages.link_no_source, from);
        }
        if (start == target || reaches(target, start)) {
            return Verdict.no(Messages.link_circle);
        }
        return checkTypes(from, target, port);
    }

    /** Whether the values that come from an output or a reroute suit an end; looks at nothing else. */
    public Verdict checkTypes(String from, Element target, String port) {
        if (target instanceof GraphNode node) {
            Optional<Signature> type = catalogue.find(node);
            if (type.isPresent()
                    && type.get().input(port).isEmpty()
                    && type.get().parameter(port).isEmpty()) {
                return Verdict.no(Messages.link_no_input, type.get().name(), port);
            }
        }
        Optional<Class<?>> given = given(from);
        if (given.isEmpty()) {
            return new Verdict(true, ""); // of a type that is not installed nobody can say
        }
        List<Class<?>> accepted = accepted(target, port);
        if (accepted.isEmpty()) {
            boolean unknown = target instanceof Reroute || target instanceof GraphNode node && isUnknown(node, port);
            return unknown ? new Verdict(true, "") : Verdict.no(Messages.link_takes_none);
        }
        if (accepted.contains(given.get())) {
            return new Verdict(true, "");
        }
        for (Class<?> wanted : accepted) {
            var conversion = catalogue.types().conversion(given.get(), wanted);
            if (conversion.isPresent()) {
                return new Verdict(
                        true,
                        Messages.bind(Messages.link_converts, conversion.get().name()));
            }
        }
        String takes = accepted.stream().map(catalogue::typeName).collect(Collectors.joining(", "));
        return Verdict.no(Messages.link_wrong_type, catalogue.typeName(given.get()), takes);
    }

    /** Of a type that is not installed, or a port of a subgraph that leads to such a node. */
    private boolean isUnknown(GraphNode node, String port) {
        Optional<Signature> type = catalogue.find(node);
        return type.isEmpty()
                || type.get().input(port).map(input -> input.type() == null).orElse(false);
    }

    private List<Wire> following(Reroute reroute) {
        var all = new ArrayList<Wire>();
        collect(reroute.getId(), all, new HashSet<>());
        return all;
    }

    private void collect(String id, List<Wire> all, Set<String> seen) {
        if (seen.add(id)) {
            for (Wire wire : index.from(id)) {
                if (wire instanceof Wire.ToReroute dot) {
                    collect(dot.reroute().getId(), all, seen);
                } else {
                    all.add(wire);
                }
            }
        }
    }

    /** Whether what comes out of one element arrives at another. */
    private boolean reaches(Element from, Element to) {
        return upstream(to, new HashSet<>()).contains(from);
    }

    private Set<Element> upstream(Element of, Set<Element> seen) {
        List<String> sources = of instanceof GraphNode node
                ? node.getLinks().stream().map(Link::getFrom).toList()
                : of instanceof Reroute reroute && reroute.getFrom() != null ? List.of(reroute.getFrom()) : List.of();
        for (String source : sources) {
            Element element = index.element(PortRef.parse(source).node());
            if (element != null && seen.add(element)) {
                upstream(element, seen);
            }
        }
        return seen;
    }
}
