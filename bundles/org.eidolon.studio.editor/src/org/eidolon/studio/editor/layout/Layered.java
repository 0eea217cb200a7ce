// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.layout;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.Note;
import org.eidolon.studio.editor.edit.LinkIndex;
import org.eidolon.studio.editor.edit.Wire;

/** Lays nodes out in layers from left to right (ELK's layered algorithm). Frames hold what is theirs; notes go below. */
public record Layered(Graph graph, Map<Element, Rectangle> boxes) {
    private static final double BETWEEN_LAYERS = 70;
    private static final double BETWEEN_NODES = 30;
    private static final double MARGIN = 24;
    private static final double TITLE = 40;
    private static final int GRID = 10;

    static {
        // outside of ELK's own plug-ins nobody tells it its options
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /** Where everything goes, in canvas pixels; the size is that of the box, of a frame what it needs. */
    public Map<Element, Rectangle> places() {
        ElkNode root = ElkGraphUtil.createGraph();
        options(root);
        var nodes = new LinkedHashMap<Element, ElkNode>();
        var frameOf = new HashMap<String, Frame>();
        for (Frame frame : graph.getFrames()) {
            frame.getMembers().forEach(member -> frameOf.putIfAbsent(member, frame));
        }
        for (Element element : Graphs.elements(graph)) {
            if (!(element instanceof Frame) && !(element instanceof Note) && boxes.containsKey(element)) {
                Frame frame = frameOf.get(element.getId());
                ElkNode parent = frame == null ? root : nodes.computeIfAbsent(frame, f -> frameNode(root));
                ElkNode node = ElkGraphUtil.createNode(parent);
                node.setDimensions(boxes.get(element).width, boxes.get(element).height);
                nodes.put(element, node);
            }
        }
        var index = new LinkIndex(graph);
        Graphs.links(graph).forEach(link -> connect(nodes, index, new Wire.ToNode(link)));
        graph.getReroutes().forEach(dot -> connect(nodes, index, new Wire.ToReroute(dot)));
        new LayeredLayoutProvider().layout(root, new NullElkProgressMonitor());
        var places = new HashMap<Element, Rectangle>();
        nodes.forEach((element, node) -> places.put(element, place(node)));
        below(root, places);
        return places;
    }

    private static void options(ElkNode node) {
        node.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        node.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_NODES);
    }

    private static ElkNode frameNode(ElkNode root) {
        ElkNode node = ElkGraphUtil.createNode(root);
        options(node);
        node.setProperty(LayeredOptions.PADDING, new ElkPadding(TITLE, MARGIN, MARGIN, MARGIN));
        return node;
    }

    private static void connect(Map<Element, ElkNode> nodes, LinkIndex index, Wire wire) {
        ElkNode from = nodes.get(index.element(PortRef.parse(wire.from()).node()));
        ElkNode to = nodes.get(wire.target());
        if (from != null && to != null && from != to) {
            ElkGraphUtil.createSimpleEdge(from, to);
        }
    }

    private static Rectangle place(ElkNode node) {
        double x = 0;
        double y = 0;
        for (ElkNode n = node; n != null; n = n.getParent()) {
            x += n.getX();
            y += n.getY();
        }
        return new Rectangle(onGrid(x), onGrid(y), (int) Math.ceil(node.getWidth()), (int) Math.ceil(node.getHeight()));
    }

    /** Notes, and frames that hold nothing, stand in a row under the rest. */
    private void below(ElkNode root, Map<Element, Rectangle> places) {
        var corner = new Point(0, onGrid(root.getHeight()) + 2 * GRID);
        for (Element element : Graphs.elements(graph)) {
            if (boxes.containsKey(element) && !places.containsKey(element)) {
                Rectangle box = boxes.get(element);
                places.put(element, new Rectangle(corner, box.getSize()));
                corner.x += box.width + 2 * GRID;
            }
        }
    }

    private static int onGrid(double value) {
        return (int) Math.round(value / GRID) * GRID;
    }
}
