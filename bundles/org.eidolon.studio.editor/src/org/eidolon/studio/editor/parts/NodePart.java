// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.draw2d.IFigure;
import org.eclipse.gef.Request;
import org.eclipse.gef.RequestConstants;
import org.eidolon.api.Parameter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Extensions;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Signature;
import org.eidolon.studio.editor.edit.Subgraphs;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.figures.NodeFigure;
import org.eidolon.studio.editor.figures.Tip;
import org.eidolon.studio.editor.figures.Widgets;

/** A node, with its ports as children. */
public final class NodePart extends ElementPart<GraphNode> {
    private List<Port> ports = List.of();
    private Signature shown;

    NodePart(GraphNode node, Host host) {
        super(node, host);
    }

    private NodeFigure node() {
        return (NodeFigure) getFigure();
    }

    @Override
    protected IFigure createFigure() {
        return new NodeFigure(host().look(), face());
    }

    @Override
    protected List<?> getModelChildren() {
        // GEF compares by identity: what is equal must stay the same object
        var before = ports;
        ports = new ArrayList<>(host().document().ports(element()));
        ((ArrayList<Port>) ports).replaceAll(port -> {
            int at = before.indexOf(port);
            return at < 0 ? port : before.get(at);
        });
        return ports;
    }

    @Override
    protected void refreshVisuals() {
        NodeFigure figure = node();
        figure.setFace(face());
        Signature type = host().document().catalogue().find(element()).orElse(null);
        if (!Objects.equals(type, shown) || figure.parameters().isEmpty() && type != null) {
            shown = type;
            figure.setParameters(type == null ? List.of() : rows(type));
            Extensions.badge(element().getType() == null ? "" : element().getType())
                    .ifPresent(badge -> figure.setOver((g, body) -> badge.paint(g, body, element(), host().look())));
        }
        figure.setToolTip(tip(type));
        showState();
        figure.repaint();
        super.refreshVisuals();
    }

    private List<ParameterFigure> rows(Signature type) {
        var rows = new ArrayList<ParameterFigure>();
        for (Parameter parameter : type.parameters()) {
            var model = new NodeParameter(host(), element(), parameter);
            ParameterFigure row = Extensions.widget(type.id(), model, host().look())
                    .orElseGet(() -> Widgets.of(model, host().look()));
            row.setToolTip(new Tip(NodeParameter.help(parameter)));
            rows.add(row);
        }
        return rows;
    }

    /** Shows how the node stands in a run, and its preview. */
    public void showState() {
        node().setState(host().state(element()));
        node().setPreview(host().preview(element()));
    }

    /** Shows what is wrong with the node. */
    public void showProblems() {
        node().setFace(face());
        node().setToolTip(tip(shown));
    }

    void refreshPorts() {
        refreshChildren();
        for (Object child : getChildren()) {
            ((PortPart) child).refreshLinks();
        }
    }

    private NodeFigure.Face face() {
        GraphNode node = element();
        Optional<Signature> type = host().document().catalogue().find(node);
        List<Problem> problems = host().problems(node);
        String name = type.map(Signature::name).orElse(Edits.title(node.getId()));
        boolean labelled = node.getLabel() != null && !node.getLabel().isBlank();
        boolean subgraph = Graphs.SUBGRAPH_TYPE.equals(node.getType());
        boolean missing = type.isEmpty() && !subgraph;
        String subtitle = missing
                ? Messages.bind(Messages.node_missing, node.getType() + "@" + node.getVersion())
                : subgraph ? Subgraphs.name(node).orElse("") : labelled ? name : "";
        return new NodeFigure.Face(
                labelled ? node.getLabel() : name,
                type.map(Signature::category).orElse(""),
                subtitle,
                node.isMuted(),
                node.isBypassed(),
                node.isCollapsed(),
                missing,
                problems.isEmpty() ? "" : problems.get(0).message(),
                problems.stream().anyMatch(Problem::isError));
    }

    private Tip tip(Signature type) {
        var lines = new ArrayList<String>();
        lines.add(element().getId() + "  ·  " + element().getType() + "@"
                + element().getVersion());
        if (type != null && !type.doc().isEmpty()) {
            lines.add(type.doc());
        }
        for (Problem problem : host().problems(element())) {
            lines.add("✕ " + problem.message() + (problem.advice().isEmpty() ? "" : "\n   → " + problem.advice()));
        }
        var state = host().state(element());
        if (!state.reasons().isEmpty()) {
            lines.add(Messages.bind(Messages.node_ran_because, String.join("; ", state.reasons())));
        }
        return new Tip(String.join("\n", lines));
    }

    @Override
    public void performRequest(Request request) {
        boolean opened = RequestConstants.REQ_OPEN.equals(request.getType());
        if (opened && Graphs.SUBGRAPH_TYPE.equals(element().getType())) {
            host().open(element());
        } else {
            super.performRequest(request);
        }
    }

    @Override
    void showSelected(boolean selected) {
        node().setSelected(selected);
    }

    @Override
    void rename() {
        InlineText.over(host(), node().body().resize(0, 26 - node().body().height))
                .with(element().getLabel() == null ? "" : element().getLabel(), false)
                .then(text -> host().document()
                        .edit(Messages.edit_rename, graph -> element().setLabel(text.isBlank() ? null : text.strip())));
    }
}
