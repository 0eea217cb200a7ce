// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eidolon.graph.model.Element;

/** Lines elements up. Boxes are what the canvas shows, in canvas pixels. */
public final class Arrange {
    /** To what elements are aligned. */
    public enum Edge {
        LEFT,
        CENTRE,
        RIGHT,
        TOP,
        MIDDLE,
        BOTTOM
    }

    private Arrange() {}

    /** Aligns to the outermost edge, or to the middle of what all of them cover. */
    public static void align(Map<Element, Rectangle> boxes, Edge edge) {
        Rectangle all = all(boxes);
        boxes.forEach((element, box) -> {
            switch (edge) {
                case LEFT -> Edits.place(element, all.x, box.y);
                case CENTRE -> Edits.place(element, all.x + (all.width - box.width) / 2, box.y);
                case RIGHT -> Edits.place(element, all.right() - box.width, box.y);
                case TOP -> Edits.place(element, box.x, all.y);
                case MIDDLE -> Edits.place(element, box.x, all.y + (all.height - box.height) / 2);
                case BOTTOM -> Edits.place(element, box.x, all.bottom() - box.height);
            }
        });
    }

    /** Makes the gaps between elements equal; the outermost stay where they are. */
    public static void distribute(Map<Element, Rectangle> boxes, boolean horizontally) {
        if (boxes.size() < 3) {
            return;
        }
        List<Map.Entry<Element, Rectangle>> sorted = new ArrayList<>(boxes.entrySet());
        sorted.sort(Comparator.comparingInt(entry -> horizontally ? entry.getValue().x : entry.getValue().y));
        Rectangle all = all(boxes);
        int covered = sorted.stream()
                .mapToInt(entry -> horizontally ? entry.getValue().width : entry.getValue().height)
                .sum();
        double gap = ((horizontally ? all.width : all.height) - covered) / (double) (sorted.size() - 1);
        double at = horizontally ? all.x : all.y;
        for (Map.Entry<Element, Rectangle> entry : sorted) {
            Rectangle box = entry.getValue();
            if (horizontally) {
                Edits.place(entry.getKey(), (int) Math.round(at), box.y);
            } else {
                Edits.place(entry.getKey(), box.x, (int) Math.round(at));
            }
            at += (horizontally ? box.width : box.height) + gap;
        }
    }

    private static Rectangle all(Map<Element, Rectangle> boxes) {
        Rectangle all = null;
        for (Rectangle box : boxes.values()) {
            all = all == null ? box.getCopy() : all.union(box);
        }
        return all == null ? new Rectangle() : all;
    }
}
