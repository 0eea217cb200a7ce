// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.eidolon.graph.GraphIndex;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;

/**
 * A small picture of a graph, by which one pack is told from another: a box for each node, coloured by the first word of
 * its type, and the links. Without words, as a machine without a screen may have no fonts.
 */
final class GraphPicture {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int MARGIN = 20;
    private static final int MOST_NODES = 200;

    private GraphPicture() {}

    /** As a PNG file. */
    static byte[] of(Graph graph) throws IOException {
        List<GraphNode> nodes = graph.getNodes()
                .subList(0, Math.min(MOST_NODES, graph.getNodes().size()));
        Map<String, Set<String>> sources = sources(graph, nodes);
        Map<String, Rectangle> boxes = boxes(sources);
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(new Color(0x2b2f36));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setStroke(new BasicStroke(1.5f));
        pen.setColor(new Color(0x9aa4b2));
        sources.forEach((id, befores) -> befores.forEach(before -> {
            Rectangle from = boxes.get(before);
            Rectangle to = boxes.get(id);
            double bend = Math.max(12, Math.abs(to.x - from.getMaxX()) / 2);
            pen.draw(new CubicCurve2D.Double(
                    from.getMaxX(),
                    from.getCenterY(),
                    from.getMaxX() + bend,
                    from.getCenterY(),
                    to.x - bend,
                    to.getCenterY(),
                    to.x,
                    to.getCenterY()));
        }));
        for (GraphNode node : nodes) {
            Rectangle box = boxes.get(node.getId());
            String word = String.valueOf(node.getType()).split("\\.")[0];
            pen.setColor(Color.getHSBColor(Math.floorMod(word.hashCode() * 31, 360) / 360f, 0.45f, 0.8f));
            pen.fillRoundRect(box.x, box.y, box.width, box.height, 6, 6);
        }
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Which of the nodes each one has links from. */
    private static Map<String, Set<String>> sources(Graph graph, List<GraphNode> nodes) {
        var index = new GraphIndex(graph);
        var sources = new LinkedHashMap<String, Set<String>>();
        nodes.forEach(node -> sources.put(node.getId(), new LinkedHashSet<>()));
        for (GraphNode node : nodes) {
            for (Link link : node.getLinks()) {
                PortRef source = index.source(link.getFrom());
                if (source != null && sources.containsKey(source.node())) {
                    sources.get(node.getId()).add(source.node());
                }
            }
        }
        return sources;
    }

    /** Columns by how many nodes lie before, rows in the order of the file; shrunk to fit. */
    private static Map<String, Rectangle> boxes(Map<String, Set<String>> sources) {
        var depth = new HashMap<String, Integer>();
        for (int pass = 0; pass < sources.size(); pass++) { // as many as the longest way has; a circle ends
            sources.forEach((id, befores) -> depth.put(
                    id,
                    befores.stream()
                            .mapToInt(before -> depth.getOrDefault(before, -1) + 1)
                            .max()
                            .orElse(0)));
        }
        var rows = new HashMap<Integer, Integer>();
        depth.values().forEach(column -> rows.merge(column, 1, Integer::sum));
        int columns = depth.values().stream().mapToInt(d -> d + 1).max().orElse(1);
        int most = rows.values().stream().mapToInt(n -> n).max().orElse(1);
        double dx = (WIDTH - 2.0 * MARGIN) / columns;
        double dy = (HEIGHT - 2.0 * MARGIN) / most;
        var next = new HashMap<Integer, Integer>();
        var boxes = new LinkedHashMap<String, Rectangle>();
        for (String id : sources.keySet()) {
            int column = depth.get(id);
            double row = next.merge(column, 1, Integer::sum) - 1 + (most - rows.get(column)) / 2.0;
            boxes.put(
                    id,
                    new Rectangle(
                            (int) (MARGIN + column * dx + dx * 0.15),
                            (int) (MARGIN + row * dy + dy * 0.15),
                            Math.max(2, (int) Math.min(dx * 0.7, 90)),
                            Math.max(2, (int) Math.min(dy * 0.7, 36))));
        }
        return boxes;
    }
}
