// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.draw2d.AbstractLayout;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Image;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.extend.ParameterFigure;

/**
 * A node: title, rows of ports, rows of parameters, a preview and the state of its run. The dots of the ports lie on the
 * edges of the body, which is a little smaller than the figure.
 */
public final class NodeFigure extends Figure {
    /** What is written and drawn on a node besides its ports and parameters. */
    public record Face(
            String title,
            String category,
            String subtitle,
            boolean muted,
            boolean bypassed,
            boolean collapsed,
            boolean missing,
            String problem,
            boolean error) {}

    private static final int SIDE = PortFigure.RADIUS + 2;
    private static final int HALO = 3;
    private static final int WIDTH = 232;
    private static final int ARC = 12;
    private static final int PREVIEW = 150;
    private static final double FAR = 0.28;

    private final Look look;
    private final List<IFigure> parameters = new ArrayList<>();
    private Face face;
    private RunState state = RunState.NONE;
    private Image preview;
    private boolean selected;
    private BiConsumer<Graphics, Rectangle> over = (g, body) -> {};

    public NodeFigure(Look look, Face face) {
        this.look = look;
        this.face = face;
        setLayoutManager(new Rows());
    }

    public Face face() {
        return face;
    }

    public void setFace(Face value) {
        face = value;
        revalidate();
        repaint();
    }

    public void setState(RunState value) {
        boolean taller = footer(state) != footer(value);
        state = value;
        if (taller) {
            revalidate();
        }
        repaint();
    }

    public RunState state() {
        return state;
    }

    /** The picture is the caller's to dispose. */
    public void setPreview(Image value) {
        boolean same = preview != null
                && value != null
                && preview.getBounds().width == value.getBounds().width
                && preview.getBounds().height == value.getBounds().height;
        preview = value;
        if (!same) {
            revalidate();
        }
        repaint();
    }

    public Image preview() {
        return preview;
    }

    /** What an extension draws over the body. */
    public void setOver(BiConsumer<Graphics, Rectangle> value) {
        over = value;
        repaint();
    }

    public void setSelected(boolean value) {
        selected = value;
        repaint();
    }

    /** Replaces the rows of parameters. */
    public void setParameters(List<? extends IFigure> rows) {
        parameters.forEach(this::remove);
        parameters.clear();
        for (IFigure row : rows) {
            parameters.add(row);
            add(row, 0);
        }
        revalidate();
    }

    public List<IFigure> parameters() {
        return List.copyOf(parameters);
    }

    private int titleHeight() {
        return look.height(look.bold()) + 10;
    }

    private int rowHeight() {
        return look.height(look.plain()) + 8;
    }

    private int smallHeight() {
        return look.height(look.small());
    }

    private int footer(RunState s) {
        return s.phase() == RunState.Phase.NONE || face.collapsed()
                ? 0
                : s.phase() == RunState.Phase.FAILED ? 2 * smallHeight() + 10 : smallHeight() + 10;
    }

    private int previewHeight() {
        if (preview == null || face.collapsed()) {
            return 0;
        }
        Rectangle picture = new Rectangle(preview.getBounds());
        int width = width() - 2 * SIDE - 16;
        return Math.min(PREVIEW, picture.height * width / Math.max(1, picture.width)) + 8;
    }

    private int width() {
        return Math.max(WIDTH, rowHeight() * 10);
    }

    private int portRows() {
        int in = 0;
        int out = 0;
        for (PortFigure port : ports()) {
            in += port.port().side() == Port.Side.INPUT ? 1 : 0;
            out += port.port().isOutput() ? 1 : 0;
        }
        return Math.max(in, out);
    }

    private List<PortFigure> ports() {
        var ports = new ArrayList<PortFigure>();
        for (Object child : getChildren()) {
            if (child instanceof PortFigure port) {
                ports.add(port);
            }
        }
        return ports;
    }

    private int naturalHeight() {
        if (face.collapsed()) {
            return titleHeight() + 2 * HALO;
        }
        int subtitle = face.subtitle().isEmpty() ? 0 : smallHeight() + 6;
        return titleHeight()
                + subtitle
                + portRows() * rowHeight()
                + parameters.size() * rowHeight()
                + previewHeight()
                + footer(state)
                + 8
                + 2 * HALO;
    }

    @Override
    public Dimension getPreferredSize(int wide, int high) {
        return new Dimension(width(), naturalHeight());
    }

    /** The node without the room for dots and the halo of a selection. */
    public Rectangle body() {
        return getBounds().getCopy().shrink(SIDE, HALO);
    }

    @Override
    public boolean containsPoint(int x, int y) {
        if (body().contains(x, y)) {
            return true;
        }
        return ports().stream().anyMatch(port -> port.isVisible() && port.containsPoint(x, y));
    }

    /** From afar there is nothing to read: then only what tells nodes apart is painted, and quickly. */
    private static boolean isFar(Graphics g) {
        return g.getAbsoluteScale() < FAR;
    }

    @Override
    protected void paintClientArea(Graphics g) {
        if (!isFar(g)) {
            super.paintClientArea(g);
        }
    }

    private void paintFar(Graphics g, Rectangle body) {
        boolean grey = face.missing() || face.muted();
        g.setBackgroundColor(look.of(Look.Role.BODY));
        g.fillRectangle(body);
        g.setBackgroundColor(grey ? look.of("#5d636e") : look.category(face.category()));
        g.fillRectangle(body.x, body.y, body.width, titleHeight());
        if (preview != null && !face.collapsed()) {
            paintPreview(g, body);
        }
        boolean marked = selected || face.error();
        g.setForegroundColor(look.of(face.error() ? Look.Role.ERROR : selected ? Look.Role.ACCENT : Look.Role.BORDER));
        g.setLineWidth(marked ? 4 : 1);
        g.drawRectangle(body.getCopy().resize(-1, -1));
    }

    @Override
    protected void paintFigure(Graphics g) {
        Rectangle body = body();
        if (isFar(g)) {
            paintFar(g, body);
            return;
        }
        g.setAntialias(SWT.ON);
        if (face.muted()) {
            g.setAlpha(110);
        }
        g.setBackgroundColor(look.of(Look.Role.BODY));
        g.fillRoundRectangle(body, ARC, ARC);
        paintTitle(g, body);
        if (!face.subtitle().isEmpty() && !face.collapsed()) {
            g.setFont(look.small());
            g.setForegroundColor(look.of(face.missing() ? Look.Role.ERROR : Look.Role.QUIET));
            g.drawText(
                    look.fit(face.subtitle(), look.small(), body.width - 20), body.x + 10, body.y + titleHeight() + 3);
        }
        paintPreview(g, body);
        new RunStrip(look, state)
                .paint(g, new Rectangle(body.x, body.bottom() - footer(state), body.width, footer(state)));
        g.setForegroundColor(look.of(face.missing() ? Look.Role.ERROR : Look.Role.BORDER));
        g.setLineWidth(1);
        g.setLineStyle(face.missing() ? SWT.LINE_DASH : SWT.LINE_SOLID);
        g.drawRoundRectangle(body.getCopy().resize(-1, -1), ARC, ARC);
        g.setLineStyle(SWT.LINE_SOLID);
        g.pushState();
        over.accept(g, body.getCopy());
        g.popState();
        if (face.bypassed()) {
            g.setForegroundColor(look.of(Look.Role.ACCENT));
            g.setLineWidth(2);
            g.drawLine(body.x, body.y + titleHeight() / 2, body.right(), body.y + titleHeight() / 2);
        }
        if (selected) {
            g.setAlpha(255);
            g.setForegroundColor(look.of(Look.Role.ACCENT));
            g.setLineWidth(2);
            g.drawRoundRectangle(body.getCopy().expand(1, 1), ARC + 2, ARC + 2);
        }
    }

    private void paintTitle(Graphics g, Rectangle body) {
        Color colour = face.missing() || face.muted() ? look.of("#5d636e") : look.category(face.category());
        Rectangle bar = new Rectangle(body.x, body.y, body.width, titleHeight());
        g.setBackgroundColor(colour);
        g.fillRoundRectangle(bar, ARC, ARC);
        if (!face.collapsed()) {
            g.fillRectangle(bar.x, bar.y + bar.height / 2, bar.width, bar.height - bar.height / 2);
        }
        int right = 10;
        if (!face.problem().isEmpty()) {
            right += 20;
            paintBadge(g, bar.right() - 26, bar.y + (bar.height - 14) / 2);
        }
        g.setFont(look.bold());
        g.setForegroundColor(look.of(Look.Role.TITLE_TEXT));
        g.drawText(look.fit(face.title(), look.bold(), bar.width - 18 - right), bar.x + 10, bar.y + 5);
    }

    private void paintBadge(Graphics g, int x, int y) {
        g.setBackgroundColor(look.of(face.error() ? "#d93025" : "#e8a33d"));
        g.fillOval(x, y, 15, 15);
        g.setForegroundColor(look.of(face.error() ? "#ffffff" : "#1d2026"));
        g.setLineWidth(2);
        g.drawLine(x + 7, y + 3, x + 7, y + 8);
        g.drawLine(x + 7, y + 11, x + 7, y + 11);
    }

    private void paintPreview(Graphics g, Rectangle body) {
        int height = previewHeight() - 8;
        if (height <= 0) {
            return;
        }
        var picture = preview.getBounds();
        int width = Math.min(body.width - 16, picture.width * height / Math.max(1, picture.height));
        int x = body.x + (body.width - width) / 2;
        int y = body.bottom() - footer(state) - height - 4;
        g.setInterpolation(SWT.HIGH);
        g.drawImage(preview, 0, 0, picture.width, picture.height, x, y, width, height);
    }

    /** Ports at the sides, parameters across. */
    private final class Rows extends AbstractLayout {
        @Override
        protected Dimension calculatePreferredSize(IFigure container, int wide, int high) {
            return NodeFigure.this.getPreferredSize(wide, high);
        }

        @Override
        public void layout(IFigure container) {
            Rectangle box = getBounds();
            Rectangle body = body();
            int subtitle = face.subtitle().isEmpty() ? 0 : smallHeight() + 6;
            int top = body.y + titleHeight() + subtitle + 3;
            int in = 0;
            int out = 0;
            for (PortFigure port : ports()) {
                port.setNamed(!face.collapsed());
                if (face.collapsed()) {
                    int x = port.port().isOutput() ? box.right() - 4 * PortFigure.RADIUS : box.x;
                    port.setBounds(new Rectangle(x, body.y, 4 * PortFigure.RADIUS, body.height));
                } else if (port.port().side() != Port.Side.PARAMETER) {
                    int row = port.port().isOutput() ? out++ : in++;
                    int width = Math.min(port.getPreferredSize().width, box.width / 2);
                    int x = port.port().isOutput() ? box.right() - width : box.x;
                    port.setBounds(new Rectangle(x, top + row * rowHeight(), width, rowHeight()));
                }
            }
            int y = top + portRows() * rowHeight();
            for (IFigure row : parameters) {
                row.setVisible(!face.collapsed());
                row.setBounds(new Rectangle(body.x + 8, y + 1, body.width - 16, rowHeight() - 2));
                place(row, y, box);
                y += rowHeight();
            }
        }

        private void place(IFigure row, int y, Rectangle box) {
            if (!face.collapsed() && row instanceof ParameterFigure parameter) {
                for (PortFigure port : ports()) {
                    if (port.port().side() == Port.Side.PARAMETER
                            && port.port().name().equals(parameter.name())) {
                        port.setBounds(new Rectangle(box.x, y, 3 * PortFigure.RADIUS, rowHeight()));
                    }
                }
            }
        }
    }
}
