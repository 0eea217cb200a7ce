// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.FigureUtilities;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.EditPart;
import org.eclipse.swt.SWT;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Catalogue.Wanted;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.edit.Wiring;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.figures.LinkFigure;
import org.eidolon.studio.editor.figures.PlainFigures.RerouteFigure;
import org.eidolon.studio.editor.figures.PortFigure;

/**
 * Draws a link, from an output to an input or back. Ports that fit light up, the others fade and say why. A drag from an
 * input that is linked takes that link off and leads it elsewhere; one that ends on the empty canvas searches for a node.
 */
final class LinkTool extends DragTool {
    private final EditPart start;
    private final Line line = new Line();
    private String from;
    private Wire taken;
    private boolean shown;
    private String reason = "";
    private boolean refused;

    LinkTool(Host host, EditPart start) {
        super(host);
        this.start = start;
    }

    private boolean backwards() {
        return from == null;
    }

    @Override
    void begin() {
        if (start instanceof ReroutePart dot) {
            from = dot.element().getId();
        } else if (((PortPart) start).port().isOutput()) {
            from = ((PortPart) start).port().ref();
        } else {
            Port input = ((PortPart) start).port();
            List<Wire> there = host().document().index().to(input.node().getId(), input.name());
            if (!there.isEmpty()) {
                taken = there.getLast();
                from = taken.from();
            }
        }
        shown = true;
        addFeedback(line);
        for (Object part : host().viewer().getEditPartRegistry().values()) {
            Wiring.Verdict verdict = verdict((EditPart) part);
            boolean fits = verdict != null && verdict.allowed();
            answer(
                    part,
                    part == start ? PortFigure.Answer.NONE : fits ? PortFigure.Answer.FITS : PortFigure.Answer.REFUSES);
        }
    }

    private static void answer(Object part, PortFigure.Answer answer) {
        if (part instanceof PortPart port) {
            port.dot().setAnswer(answer);
        } else if (part instanceof ReroutePart dot) {
            ((RerouteFigure) dot.getFigure()).setAnswer(answer);
        }
    }

    /** May the link end at this part? Null for what no link ends at from here. */
    private Wiring.Verdict verdict(EditPart part) {
        Wiring wiring = host().document().wiring();
        if (backwards()) {
            Port input = ((PortPart) start).port();
            String source = part instanceof PortPart port && port.port().isOutput()
                    ? port.port().ref()
                    : part instanceof ReroutePart dot ? dot.element().getId() : null;
            return source == null ? null : wiring.check(source, input.node(), input.name());
        }
        if (part instanceof PortPart port && !port.port().isOutput()) {
            return wiring.check(from, port.port().node(), port.port().name());
        }
        return part instanceof ReroutePart dot ? wiring.check(from, dot.element(), "") : null;
    }

    private EditPart under() {
        Collection<?> none = Collections.emptyList();
        EditPart found = host().viewer()
                .findObjectAtExcluding(
                        getLocation(),
                        none,
                        part -> part instanceof PortPart
                                || part instanceof ReroutePart
                                || part instanceof GraphPart
                                || part instanceof RootPart
                                || part instanceof NodePart);
        if (found instanceof NodePart node) {
            return only(node);
        }
        return found;
    }

    /** A link let go on a node goes to its first port that fits and is free, so that aiming need not be exact. */
    private EditPart only(NodePart node) {
        for (Object child : node.getChildren()) {
            Wiring.Verdict verdict = verdict((PortPart) child);
            if (verdict != null && verdict.allowed()) {
                boolean free = host().document()
                        .index()
                        .to(node.element().getId(), ((PortPart) child).port().name())
                        .isEmpty();
                if (free || backwards()) {
                    return (PortPart) child;
                }
            }
        }
        return node;
    }

    @Override
    void drag() {
        EditPart under = under();
        Wiring.Verdict verdict = under == null || under == start ? null : verdict(under);
        reason = verdict == null ? "" : verdict.reason();
        refused = verdict != null && !verdict.allowed();
        line.show();
    }

    @Override
    void drop() {
        EditPart under = under();
        if (under == start) {
            return;
        }
        if (under instanceof GraphPart || under instanceof RootPart) {
            onNothing();
            return;
        }
        Wiring.Verdict verdict = under == null ? null : verdict(under);
        if (verdict == null || !verdict.allowed()) {
            return;
        }
        if (backwards()) {
            Port input = ((PortPart) start).port();
            String source = under instanceof PortPart port
                    ? port.port().ref()
                    : ((ReroutePart) under).element().getId();
            link(source, input.node(), input.name(), input.many());
        } else if (under instanceof PortPart port) {
            link(from, port.port().node(), port.port().name(), port.port().many());
        } else {
            link(from, ((ReroutePart) under).element(), "", false);
        }
    }

    private void link(String source, Element target, String port, boolean many) {
        boolean same = taken != null && taken.target() == target && taken.port().equals(port);
        if (!same) {
            host().document().edit(Messages.edit_link, graph -> {
                if (taken != null) {
                    Edits.unlink(taken);
                }
                Edits.link(graph, source, target, port, many);
            });
        }
    }

    private void onNothing() {
        if (taken != null) {
            host().document().edit(Messages.edit_unlink, graph -> Edits.unlink(taken));
            return;
        }
        Wiring wiring = host().document().wiring();
        if (start instanceof PortPart port && !port.port().isOutput()) {
            var accepted = wiring.accepted(port.port().node(), port.port().name());
            Wanted wanted = accepted.isEmpty() ? new Wanted.Anything() : new Wanted.Gives(accepted);
            host().search(onCanvas(), wanted, port.port(), null);
        } else {
            Wanted wanted = wiring.given(from).<Wanted>map(Wanted.Takes::new).orElseGet(Wanted.Anything::new);
            host().search(onCanvas(), wanted, null, from);
        }
    }

    @Override
    void clear() {
        if (shown) {
            shown = false;
            removeFeedback(line);
            host().viewer().getEditPartRegistry().values().forEach(part -> answer(part, PortFigure.Answer.NONE));
        }
    }

    private Point anchor() {
        if (taken != null && host().part(taken) instanceof LinkPart link) {
            return ((LinkFigure) link.getFigure()).getStart().getCopy();
        }
        return start instanceof PortPart port
                ? port.dot().dot().getCopy()
                : ((RerouteFigure) ((ReroutePart) start).getFigure()).dot().getCopy();
    }

    /** The link as it is drawn, and beside the pointer why it may not end there. */
    private final class Line extends Figure {
        private static final int ROOM = 12;
        private static final int REACH = 420; // a curve swings out and a reason is long

        void show() {
            Rectangle all = new Rectangle(begin(), end());
            all.expand(REACH, 60);
            setBounds(all);
            repaint();
        }

        private Point begin() {
            Point at = anchor();
            ((GraphPart) host().viewer().getContents()).getFigure().translateToAbsolute(at);
            translateToRelative(at);
            return at;
        }

        private Point end() {
            Point at = LinkTool.this.getLocation().getCopy(); // a figure has a location of its own
            translateToRelative(at);
            return at;
        }

        @Override
        public boolean containsPoint(int x, int y) {
            return false;
        }

        @Override
        protected void paintFigure(Graphics g) {
            g.setAntialias(SWT.ON);
            Look look = host().look();
            g.setLineWidth(3);
            g.setForegroundColor(look.of(refused ? Look.Role.ERROR : Look.Role.ACCENT));
            g.drawPolyline(backwards() ? LinkFigure.curve(end(), begin()) : LinkFigure.curve(begin(), end()));
            if (!reason.isEmpty()) {
                g.setFont(look.plain());
                Dimension size = FigureUtilities.getTextExtents(reason, look.plain());
                Rectangle box = new Rectangle(end().x + ROOM, end().y + ROOM, size.width + 16, size.height + 10);
                g.setBackgroundColor(look.of(Look.Role.BODY));
                g.fillRoundRectangle(box, 8, 8);
                g.setLineWidth(1);
                g.drawRoundRectangle(box, 8, 8);
                g.setForegroundColor(look.of(refused ? Look.Role.ERROR : Look.Role.TEXT));
                g.drawText(reason, box.x + 8, box.y + 5);
            }
        }
    }
}
