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
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
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

/** Lays nodes out in layers from left to right (ELK's layered algorithm). Notes go below, frames follow what they hold. */
public record Layered(Graph graph, Map<Element, Rectangle> boxes) {
    private static final double BETWEEN_LAYERS = 70;
    private static final double BETWEEN_NODES = 30;
    private static final int GRID = 10;

    static {
        // outside of ELK's own plug-ins nobody tells it its options
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /** Where everything goes, in canvas pixels. */
    public Map<Element, Point> places() {
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_NODES);
        var nodes = new LinkedHashMap<Element, ElkNode>();
        for (Element element : Graphs.elements(graph)) {
            if (!(element instanceof Frame) && !(element instanceof Note) && boxes.containsKey(element)) {
                ElkNode node = ElkGraphUtil.createNode(root);
                node.setDimensions(boxes.get(element).width, boxes.get(element).height);
                nodes.put(element, node);
            }
        }
        var index = new LinkIndex(graph);
        Graphs.links(graph).forEach(link -> connect(nodes, index, new Wire.ToNode(link)));
        graph.getReroutes().forEach(dot -> connect(nodes, index, new Wire.ToReroute(dot)));
        new LayeredLayoutProvider().layout(root, new NullElkProgressMonitor());
        var places = new HashMap<Element, Point>();
        nodes.forEach((element, node) -> places.put(element, new Point(onGrid(node.getX()), onGrid(node.getY()))));
        int below = onGrid(root.getHeight()) + 2 * GRID;
        int x = 0;
        for (Note note : graph.getNotes()) {
            places.put(note, new Point(x, below));
            x += (boxes.containsKey(note) ? boxes.get(note).width : 220) + 2 * GRID;
        }
        graph.getFrames().forEach(frame -> places.put(frame, corner(frame, places)));
        return places;
    }

    private static void connect(Map<Element, ElkNode> nodes, LinkIndex index, Wire wire) {
        ElkNode from = nodes.get(index.element(PortRef.parse(wire.from()).node()));
        ElkNode to = nodes.get(wire.target());
        if (from != null && to != null && from != to) {
            ElkGraphUtil.createSimpleEdge(from, to);
        }
    }

    private Point corner(Frame frame, Map<Element, Point> places) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        for (Map.Entry<Element, Point> entry : places.entrySet()) {
            if (frame.getMembers().contains(entry.getKey().getId())) {
                left = Math.min(left, entry.getValue().x);
                top = Math.min(top, entry.getValue().y);
            }
        }
        return left == Integer.MAX_VALUE ? new Point(0, 0) : new Point(left - 24, top - 34);
    }

    private static int onGrid(double value) {
        return (int) Math.round(value / GRID) * GRID;
    }
}
