// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;

/** The tiles of the canvas at one zoom. */
final class Tiles {
    private record Place(int column, int row) {}

    private final double scale;
    private final int density;
    private final Map<Place, Tile> tiles = new HashMap<>();

    /** @param density pixels of the display across each of ours */
    Tiles(double scale, int density) {
        this.scale = scale;
        this.density = density;
    }

    double scale() {
        return scale;
    }

    /** The places of the tiles that an area in zoomed pixels touches, those in its middle first. */
    private static List<Place> places(Rectangle area) {
        var places = new ArrayList<Place>();
        int right = Math.floorDiv(area.right() - 1, Tile.SIDE);
        int bottom = Math.floorDiv(area.bottom() - 1, Tile.SIDE);
        for (int column = Math.floorDiv(area.x, Tile.SIDE); column <= right; column++) {
            for (int row = Math.floorDiv(area.y, Tile.SIDE); row <= bottom; row++) {
                places.add(new Place(column, row));
            }
        }
        double x = (area.x + area.width / 2.0) / Tile.SIDE - 0.5;
        double y = (area.y + area.height / 2.0) / Tile.SIDE - 0.5;
        places.sort((a, b) -> Double.compare(Math.hypot(a.column - x, a.row - y), Math.hypot(b.column - x, b.row - y)));
        return places;
    }

    /**
     * Paints tiles that are missing or have changed, until the time is over; what there is of a changed tile is painted in
     * any case, as it would show what is no longer true.
     *
     * @param until as {@link System#nanoTime} has it
     * @return whether all that the area touches is painted
     */
    boolean paint(Rectangle area, long until, Consumer<Graphics> painter) {
        boolean whole = true;
        for (Place place : places(area)) {
            Tile tile = tiles.get(place);
            if (tile == null && System.nanoTime() < until) {
                tile = new Tile(place.column, place.row, density);
                tiles.put(place, tile);
            }
            if (tile == null) {
                whole = false;
            } else {
                tile.paint(painter);
            }
        }
        return whole;
    }

    /** Shows what there is of an area, which is given in pixels of another zoom. */
    void show(Graphics g, Rectangle area, double at) {
        double factor = at / scale;
        Rectangle own = factor == 1
                ? area
                : new Rectangle(
                        (int) Math.floor(area.x / factor),
                        (int) Math.floor(area.y / factor),
                        (int) Math.ceil(area.width / factor) + 2,
                        (int) Math.ceil(area.height / factor) + 2);
        g.setInterpolation(SWT.NONE);
        for (Tile tile : touched(own)) {
            Rectangle box = tile.box();
            if (factor == 1) {
                tile.show(g, box.x, box.y, Tile.SIDE, Tile.SIDE);
            } else {
                int x = (int) Math.round(box.x * factor);
                int y = (int) Math.round(box.y * factor);
                int right = (int) Math.round(box.right() * factor);
                int bottom = (int) Math.round(box.bottom() * factor);
                tile.show(g, x, y, right - x, bottom - y);
            }
        }
    }

    private Collection<Tile> touched(Rectangle area) {
        return tiles.values().stream()
                .filter(tile -> tile.box().intersects(area))
                .toList();
    }

    boolean isEmpty() {
        return tiles.isEmpty();
    }

    boolean covers(Rectangle area) {
        return places(area).stream().allMatch(tiles::containsKey);
    }

    /** Has an area painted again before it is shown, given in zoomed pixels. */
    void damage(Rectangle area) {
        tiles.values().forEach(tile -> tile.damage(area));
    }

    /** Gives up what lies farther away than is likely to be seen soon. */
    void keep(Rectangle near) {
        tiles.values().removeIf(tile -> {
            boolean far = !tile.box().intersects(near);
            if (far) {
                tile.dispose();
            }
            return far;
        });
    }

    void dispose() {
        tiles.values().forEach(Tile::dispose);
        tiles.clear();
    }
}
