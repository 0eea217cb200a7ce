// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.parts;

import java.util.List;
import org.eclipse.draw2d.ConnectionAnchor;
import org.eclipse.draw2d.IFigure;
import org.eclipse.gef.DragTracker;
import org.eclipse.gef.Request;
import org.eclipse.gef.requests.SelectionRequest;
import org.eidolon.graph.model.Reroute;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.figures.DotAnchor;
import org.eidolon.studio.editor.figures.PlainFigures.RerouteFigure;

/** A dot on a link. With Alt held, a drag from it draws another link. */
final class ReroutePart extends ElementPart<Reroute> implements LinkEnd {
    ReroutePart(Reroute reroute, Host host) {
        super(reroute, host);
    }

    @Override
    protected IFigure createFigure() {
        var figure = new RerouteFigure(host().look(), host().look().of("#9a9a9a"));
        figure.setPreferredSize(RerouteFigure.SIZE, RerouteFigure.SIZE);
        return figure;
    }

    @Override
    protected void refreshVisuals() {
        Class<?> type = host().document().wiring().given(element().getId()).orElse(null);
        ((RerouteFigure) getFigure())
                .setColour(host().look().of(host().document().catalogue().colour(type)));
        super.refreshVisuals();
    }

    @Override
    public DragTracker getDragTracker(Request request) {
        boolean links = request instanceof SelectionRequest press && press.isAltKeyPressed();
        return links ? new LinkTool(host(), this) : super.getDragTracker(request);
    }

    @Override
    protected List<?> getModelSourceConnections() {
        return host().document().index().from(element().getId());
    }

    @Override
    protected List<?> getModelTargetConnections() {
        return host().document().index().to(element().getId(), "");
    }

    void refreshLinks() {
        refreshSourceConnections();
        refreshTargetConnections();
        refreshLooks();
        refreshVisuals();
    }

    @Override
    void showSelected(boolean selected) {
        ((RerouteFigure) getFigure()).setSelected(selected);
    }

    @Override
    void rename() {
        InlineText.over(host(), getFigure().getBounds())
                .with(element().getId(), false)
                .then(text -> Renaming.id(host(), element(), text, Messages.edit_rename));
    }

    @Override
    public ConnectionAnchor anchor() {
        return new DotAnchor(getFigure(), ((RerouteFigure) getFigure())::dot);
    }
}
