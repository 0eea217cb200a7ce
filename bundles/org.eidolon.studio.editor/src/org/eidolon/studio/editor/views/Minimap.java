// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.views;

import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.figures.Look;
import org.eidolon.studio.editor.parts.Host;
import org.eidolon.studio.editor.parts.RootPart;

/** The whole graph in small, and what part of it the window shows; a click or a drag moves the window there. */
final class Minimap {
    private final Host host;
    private final Canvas control;

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
        port.addPropertyChangeListener(event -> redraw());
        ((RootPart) host.viewer().getRootEditPart()).getZoomManager().addZoomListener(zoom -> redraw());
        host.document().onChange(change -> redraw());
    }

    void redraw() {
        if (!control.isDisposed()) {
            control.redraw();
        }
    }

    private RootPart root() {
        return (RootPart) host.viewer().getRootEditPart();
    }

    private Rectangle extent() {
        Rectangle all = root().visible();
        for (Object child : host.viewer().getContents().getChildren()) {
            all.union(((GraphicalEditPart) child).getFigure().getBounds());
        }
        return all.expand(30, 30);
    }

    private double scale(Rectangle all) {
        var area = control.getClientArea();
        return Math.min(area.width / (double) Math.max(1, all.width), area.height / (double) Math.max(1, all.height));
    }

    private void paint(GC gc) {
        if (host.viewer().getControl() == null || host.viewer().getControl().isDisposed()) {
            return;
        }
        Look look = host.look();
        Rectangle all = extent();
        double scale = scale(all);
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
        gc.setAlpha(255);
        gc.setForeground(look.of(Look.Role.ACCENT));
        Rectangle seen = root().visible();
        gc.drawRectangle(
                (int) ((seen.x - all.x) * scale),
                (int) ((seen.y - all.y) * scale),
                (int) (seen.width * scale) - 1,
                (int) (seen.height * scale) - 1);
    }

    private void go(Event event) {
        Rectangle all = extent();
        double scale = scale(all);
        root().centre(new Point((int) (all.x + event.x / scale), (int) (all.y + event.y / scale)));
    }
}
