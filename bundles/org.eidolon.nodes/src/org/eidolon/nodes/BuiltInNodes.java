// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.List;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.ValueType;
import org.eidolon.nodes.value.HeadValues;
import org.osgi.service.component.annotations.Component;

/** The node types that come with Eidolon. */
@Component(service = NodeLibrary.class)
public final class BuiltInNodes implements NodeLibrary {
    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(
                LoadPhoto.class,
                AlignFace.class,
                EncodeIdentity.class,
                IdentityOfPhoto.class,
                FitPhoto.class,
                ExpressionPrompts.class,
                LoadPrior.class,
                MakeGeometry.class,
                MakeTexture.class,
                FitTopology.class,
                PaintFromPhoto.class,
                LoadPublishedPrior.class,
                EncodeArcFace.class,
                MakeFullGeometry.class,
                MakeFullTexture.class,
                RefineTexture.class,
                ExportHead.class,
                ExpressionSheet.class,
                Turntable.class,
                Relight.class,
                LikenessSheet.class,
                ReportIdentity.class);
    }

    @Override
    public List<ValueType<?>> values() {
        return HeadValues.ALL;
    }
}
