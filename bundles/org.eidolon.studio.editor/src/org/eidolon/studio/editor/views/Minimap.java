// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.parts.Host;
import org.eidolon.studio.editor.parts.RootPart;

/** The whole graph in small, and what part of it the window shows; a click or a drag moves the window there. */
final class Minimap {
    private final Host host;
    private final Canvas control;
    private Image picture;
    private Rectangle painted;
    private Look look;

    Minimap(Composite parent, GraphEditor editor) {
        host = editor.host();
        control = new Canvas(parent, SWT.DOUBLE_BUFFERED | SWT.BORDER);
        control.addListener(SWT.Paint, event -> paint(event.gc));
        control.addListener(SWT.MouseDown, this::go);
        control.addListener(SWT.MouseMove, event -> {
            if ((event.stateMask & SWT.BUTTON1) != 0) {
                go(event);
            }
        });
        var port = ((RootPart) host.viewer().getRootEditPart()).getZoomManager().getViewport();
        // the frame of what is seen moves over a picture that stays
        port.addPropertyChangeListener(event -> moved());
        ((RootPart) host.viewer().getRootEditPart()).getZoomManager().addZoomListener(zoom -> moved());
        host.document().onChange(change -> redraw());
        control.addListener(SWT.Resize, event -> redraw());
        control.addListener(SWT.Dispose, event -> forget());
    }

    /** Paints the graph anew: nodes have come, gone, moved or grown. */
    void redraw() {
        forget();
        moved();
    }

    private void moved() {
        if (!control.isDisposed()) {
            control.redraw();
        }
    }

    private void forget() {
        if (picture != null) {
            picture.dispose();
            picture = null;
        }
    }

    private RootPart root() {
        return (RootPart) host.viewer().getRootEditPart();
    }

    private Rectangle extent() {
        Rectangle all = null;
        for (Object child : host.viewer().getContents().getChildren()) {
            Rectangle box = ((GraphicalEditPart) child).getFigure().getBounds();
            all = all == null ? box.getCopy() : all.union(box);
        }
        return (all == null ? root().visible() : all).getCopy().expand(30, 30);
    }

    private double scale(Rectangle all) {
        var area = control.getClientArea();
        return Math.min(area.width / (double) Math.max(1, all.width), area.height / (double) Math.max(1, all.height));
    }

    private void paint(GC gc) {
        if (host.viewer().getControl() == null || host.viewer().getControl().isDisposed()) {
            return;
        }
        Rectangle all = extent();
        double scale = scale(all);
        if (picture == null || !all.equals(painted) || look != host.look()) {
            forget();
            painted = all;
            look = host.look();
            var area = control.getClientArea();
            picture = new Image(control.getDisplay(), Math.max(1, area.width), Math.max(1, area.height));
            var paint = new GC(picture);
            paintNodes(paint, all, scale);
            paint.dispose();
        }
        gc.drawImage(picture, 0, 0);
        gc.setForeground(host.look().of(Look.Role.ACCENT));
        Rectangle seen = root().visible();
        gc.drawRectangle(
                (int) ((seen.x - all.x) * scale),
                (int) ((seen.y - all.y) * scale),
                (int) (seen.width * scale) - 1,
                (int) (seen.height * scale) - 1);
    }

    private void paintNodes(GC gc, Rectangle all, double scale) {
        gc.setAntialias(SWT.ON);
        gc.setBackground(look.of(Look.Role.CANVAS));
        gc.fillRectangle(control.getClientArea());
        for (Object child : host.viewer().getContents().getChildren()) {
            var part = (GraphicalEditPart) child;
            Rectangle box = part.getFigure().getBounds();
            int x = (int) ((box.x - all.x) * scale);
            int y = (int) ((box.y - all.y) * scale);
            int width = Math.max(2, (int) (box.width * scale));
            int height = Math.max(2, (int) (box.height * scale));
            gc.setAlpha(part.getModel() instanceof Frame ? 70 : 255);
            gc.setBackground(
                    part.getModel() instanceof GraphNode node
                            ? host.document()
                                    .catalogue()
                                    .find(node)
                                    .map(type -> look.category(type.category()))
                                    .orElse(look.of(Look.Role.QUIET))
                            : look.of(Look.Role.FRAME));
            gc.fillRoundRectangle(x, y, width, height, 3, 3);
        }
    }

    private void go(Event event) {
        Rectangle all = extent();
        double scale = scale(all);
        root().centre(new Point((int) (all.x + event.x / scale), (int) (all.y + event.y / scale)));
    }
}
