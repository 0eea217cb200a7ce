// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import org.eclipse.draw2d.ConnectionLayer;
import org.eclipse.draw2d.FreeformLayer;
import org.eclipse.draw2d.FreeformLayeredPane;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.LayeredPane;
import org.eclipse.draw2d.ScalableFreeformLayeredPane;
import org.eclipse.draw2d.Viewport;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.Request;
import org.eclipse.gef.editparts.GridLayer;
import org.eclipse.gef.editparts.ScalableFreeformRootEditPart;
import org.eclipse.swt.SWT;
import org.eidolon.studio.editor.extend.Look;

/** The layers of the canvas: a grid of dots, links under nodes, and all of it zoomed. */
public final class RootPart extends ScalableFreeformRootEditPart {
    private static final double[] ZOOM = {0.1, 0.15, 0.2, 0.25, 0.33, 0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.2, 1.5, 2, 3};

    private final Host host;

    public RootPart(Host host) {
        this.host = host;
        getZoomManager().setZoomLevels(ZOOM);
    }

    @Override
    protected LayeredPane createPrintableLayers() {
        var pane = new FreeformLayeredPane();
        var links = new ConnectionLayer();
        links.setAntialias(SWT.ON);
        pane.add(links, CONNECTION_LAYER);
        pane.add(new FreeformLayer(), PRIMARY_LAYER);
        return pane;
    }

    @Override
    protected ScalableFreeformLayeredPane createScaledLayers() {
        var layers = new TiledLayers(() -> host);
        layers.add(createGridLayer(), GRID_LAYER);
        layers.add(getPrintableLayers(), PRINTABLE_LAYERS);
        var feedback = new FreeformLayer();
        feedback.setEnabled(false);
        layers.add(feedback, SCALED_FEEDBACK_LAYER);
        return layers;
    }

    private TiledLayers tiles() {
        return (TiledLayers) getScaledLayers();
    }

    /** Has all of the canvas painted again, as after a change of colours that no figure knows of. */
    public void repaintAll() {
        tiles().forget();
    }

    @Override
    public void deactivate() {
        tiles().dispose();
        super.deactivate();
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        return new MarqueeTool(host);
    }

    @Override
    protected GridLayer createGridLayer() {
        return new Dots();
    }

    /** Zooms so that what lies under a point of the window stays there. */
    public void zoom(double factor, Point under) {
        double before = getZoomManager().getZoom();
        double wanted = Math.clamp(before * factor, ZOOM[0], ZOOM[ZOOM.length - 1]);
        Viewport port = (Viewport) getFigure();
        Point view = port.getViewLocation().getCopy();
        double x = (view.x + under.x) / before;
        double y = (view.y + under.y) / before;
        getZoomManager().setZoom(wanted);
        port.validate();
        port.setViewLocation(new Point((int) Math.round(x * wanted - under.x), (int) Math.round(y * wanted - under.y)));
    }

    /** Shows everything, at most at full size. */
    public void fit(Rectangle all) {
        Viewport port = (Viewport) getFigure();
        if (all.isEmpty() || port.getClientArea().isEmpty()) {
            return;
        }
        Rectangle room = all.getCopy().expand(40, 40);
        double zoom = Math.min(
                port.getClientArea().width / (double) room.width, port.getClientArea().height / (double) room.height);
        getZoomManager().setZoom(Math.clamp(zoom, ZOOM[0], 1));
        centre(all.getCenter());
    }

    /** Scrolls until a point of the canvas is in the middle of the window. */
    public void centre(Point at) {
        Viewport port = (Viewport) getFigure();
        double zoom = getZoomManager().getZoom();
        port.validate();
        port.setViewLocation(new Point((int) Math.round(at.x * zoom - port.getClientArea().width / 2.0), (int)
                Math.round(at.y * zoom - port.getClientArea().height / 2.0)));
    }

    /** The part of the canvas that the window shows, in zoomed pixels. */
    Rectangle port() {
        return ((Viewport) getFigure()).getClientArea();
    }

    /** The part of the canvas that the window shows. */
    public Rectangle visible() {
        double zoom = getZoomManager().getZoom();
        Rectangle area = port();
        return new Rectangle(
                (int) (area.x / zoom), (int) (area.y / zoom), (int) (area.width / zoom), (int) (area.height / zoom));
    }

    private final class Dots extends GridLayer {
        private static final int STEP = 40;

        @Override
        protected void paintGrid(Graphics g) {
            // painted, as the theme's styles would overrule the background of the window
            Rectangle clip = g.getClip(new Rectangle());
            g.setBackgroundColor(host.look().of(Look.Role.CANVAS));
            g.fillRectangle(clip);
            if (g.getAbsoluteScale() < 0.4) {
                return; // dots closer than this are noise
            }
            g.setBackgroundColor(host.look().of(Look.Role.GRID));
            for (int x = Math.floorDiv(clip.x, STEP) * STEP; x < clip.right(); x += STEP) {
                for (int y = Math.floorDiv(clip.y, STEP) * STEP; y < clip.bottom(); y += STEP) {
                    g.fillRectangle(x, y, 2, 2);
                }
            }
        }
    }
}
