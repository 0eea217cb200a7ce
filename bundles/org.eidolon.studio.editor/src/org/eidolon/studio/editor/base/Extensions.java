// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.base;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eidolon.studio.editor.extend.Look;
import org.eidolon.studio.editor.extend.NodeBadge;
import org.eidolon.studio.editor.extend.NodePreview;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.extend.ParameterModel;
import org.eidolon.studio.editor.extend.ParameterWidget;

/** What other bundles bring for single node types, by the extension point {@code org.eidolon.studio.editor.nodes}. */
public final class Extensions {
    private static final String POINT = "org.eidolon.studio.editor.nodes";
    private static final ConcurrentHashMap<String, Optional<Object>> MADE = new ConcurrentHashMap<>();

    private Extensions() {}

    /** The widget that an extension makes for a parameter of this node type; empty where the usual one will do. */
    public static Optional<ParameterFigure> widget(String type, ParameterModel model, Look look) {
        return find("widget", type, model.parameter().name(), ParameterWidget.class)
                .map(widget -> widget.of(model, look));
    }

    public static Optional<NodePreview> preview(String type) {
        return find("preview", type, "", NodePreview.class);
    }

    public static Optional<NodeBadge> badge(String type) {
        return find("badge", type, "", NodeBadge.class);
    }

    private static <T> Optional<T> find(String kind, String type, String parameter, Class<T> wanted) {
        return MADE.computeIfAbsent(
                        kind + " " + type + " " + parameter,
                        key -> Arrays.stream(Platform.getExtensionRegistry().getConfigurationElementsFor(POINT))
                                .filter(element ->
                                        element.getName().equals(kind) && type.equals(element.getAttribute("node")))
                                .filter(element ->
                                        parameter.isEmpty() || parameter.equals(element.getAttribute("parameter")))
                                .findFirst()
                                .flatMap(Extensions::make))
                .filter(wanted::isInstance)
                .map(wanted::cast);
    }

    private static Optional<Object> make(IConfigurationElement element) {
        try {
            return Optional.of(element.createExecutableExtension("class"));
        } catch (CoreException e) {
            ILog.of(Extensions.class).log(e.getStatus());
            return Optional.empty();
        }
    }
}
