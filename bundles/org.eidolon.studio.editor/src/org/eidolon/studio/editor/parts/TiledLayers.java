// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.function.Supplier;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.GraphicsSource;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.ScalableFreeformLayeredPane;
import org.eclipse.draw2d.UpdateManager;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eidolon.studio.editor.extend.Look;

/**
 * The zoomed layers of the canvas, painted into tiles that are kept: what was painted once is only copied while the canvas
 * is moved, and stretched while it is zoomed, until there is time to paint it anew. A frame spends little time on new tiles,
 * whatever the size of the graph; what is missing follows within the next ones. A figure that asks to be painted again
 * has its part of the tiles painted again before anything is shown.
 */
final class TiledLayers extends ScalableFreeformLayeredPane {
    /** What a frame may spend on tiles that are not there yet. */
    private static final long BUDGET_NANOS = 6_000_000;

    /** While the zoom changes again within this time, tiles for it are painted only where there is nothing to show. */
    private static final long RESTLESS_NANOS = 120_000_000;

    /** Time until a frame goes on where the last one stopped. */
    private static final int NEXT_MS = 12;

    private final Supplier<Host> host;
    private final UpdateManager damages = new Damages();
    private Tiles tiles = new Tiles(1, 1);
    private Tiles before;
    private long zoomed;
    private boolean waiting;
    private boolean disposed;

    /** @param host asked for when first needed, as GEF makes the layers before there is one */
    TiledLayers(Supplier<Host> host) {
        this.host = host;
    }

    @Override
    public void setScale(double scale) {
        if (scale != getScale()) {
            zoomed = System.nanoTime();
            if (before == null || tiles.covers(seen())) {
                giveUpBefore();
                before = tiles;
            } else {
                tiles.dispose(); // never finished
            }
            tiles = new Tiles(scale, density());
        }
        super.setScale(scale);
    }

    /** On displays where all is twice as large, a tile has twice the pixels. */
    private int density() {
        Control control = host.get() == null ? null : host.get().viewer().getControl();
        return control == null ? 1 : Math.max(1, Math.round(control.getMonitor().getZoom() / 100f));
    }

    /** What the window shows, in zoomed pixels. */
    private Rectangle seen() {
        return ((RootPart) host.get().viewer().getRootEditPart()).port().getCopy();
    }

    private void giveUpBefore() {
        if (before != null) {
            before.dispose();
            before = null;
        }
    }

    @Override
    protected void paintClientArea(Graphics g) {
        Rectangle area = g.getClip(new Rectangle());
        if (area.isEmpty() || disposed) {
            return;
        }
        if (tiles.isEmpty()) {
            tiles = new Tiles(getScale(), density()); // the window may have come to another display
        }
        long now = System.nanoTime();
        boolean restless = before != null && now - zoomed < RESTLESS_NANOS;
        // what is shown for the first time appears at once
        long until = tiles.isEmpty() && before == null ? Long.MAX_VALUE : restless ? now : now + BUDGET_NANOS;
        boolean whole = tiles.paint(area, until, this::paintLayers);
        if (!whole) {
            g.setBackgroundColor(host.get().look().of(Look.Role.CANVAS));
            g.fillRectangle(area);
            if (before != null) {
                before.show(g, area, getScale());
            }
        }
        tiles.show(g, area, getScale());
        Rectangle seen = seen();
        if (!whole) {
            later(restless ? (int) ((RESTLESS_NANOS - (now - zoomed)) / 1_000_000) + 1 : NEXT_MS);
        } else if (tiles.covers(seen)) {
            giveUpBefore();
            tiles.keep(seen.getCopy().expand(2 * Tile.SIDE, 2 * Tile.SIDE));
            later(NEXT_MS);
        }
    }

    private void paintLayers(Graphics g) {
        super.paintClientArea(g);
    }

    /** Goes on when the events that wait have been heard: with what is missing, then with what lies around. */
    private void later(int millis) {
        if (!waiting) {
            waiting = true;
            Display.getCurrent().timerExec(millis, () -> {
                waiting = false;
                if (!disposed && getParent() != null) {
                    goOn();
                }
            });
        }
    }

    private void goOn() {
        Rectangle seen = seen();
        if (!tiles.covers(seen)) {
            super.getUpdateManager().addDirtyRegion(this, getBounds());
        } else {
            Rectangle around = seen.expand(Tile.SIDE / 2, Tile.SIDE / 2);
            if (!tiles.paint(around, System.nanoTime() + BUDGET_NANOS / 2, this::paintLayers)) {
                later(NEXT_MS);
            }
        }
    }

    /** Has everything painted again. */
    void forget() {
        giveUpBefore();
        tiles.dispose();
        repaint();
    }

    void dispose() {
        disposed = true;
        giveUpBefore();
        tiles.dispose();
    }

    @Override
    public UpdateManager getUpdateManager() {
        return damages == null ? super.getUpdateManager() : damages; // the constructor above asks, too
    }

    /** Hears of every figure below that wants to be painted again. */
    private final class Damages extends UpdateManager {
        private UpdateManager outer() {
            return TiledLayers.super.getUpdateManager();
        }

        @Override
        public void addDirtyRegion(IFigure figure, int x, int y, int width, int height) {
            var area = new Rectangle(x, y, width, height);
            for (IFigure walker = figure == TiledLayers.this ? null : figure.getParent();
                    walker != null;
                    walker = walker == TiledLayers.this ? null : walker.getParent()) {
                walker.translateToParent(area);
            }
            area.expand(2, 2); // lines are wider than they say, and zoomed boxes are rounded
            tiles.damage(area);
            if (before != null) {
                before.damage(area.getCopy().scale(before.scale() / getScale()).expand(2, 2));
            }
            outer().addDirtyRegion(figure, x, y, width, height);
        }

        @Override
        public void addInvalidFigure(IFigure figure) {
            outer().addInvalidFigure(figure);
        }

        @Override
        public void runWithUpdate(Runnable work) {
            outer().runWithUpdate(work);
        }

        @Override
        public void performUpdate() {
            outer().performUpdate();
        }

        @Override
        public void performUpdate(Rectangle exposed) {
            outer().performUpdate(exposed);
        }

        @Override
        public void performValidation() {
            outer().performValidation();
        }

        @Override
        public void setGraphicsSource(GraphicsSource source) {
            outer().setGraphicsSource(source);
        }

        @Override
        public void setRoot(IFigure figure) {
            outer().setRoot(figure);
        }
    }
}
