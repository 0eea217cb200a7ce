// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eidolon.studio.editor.figures.Look;
import org.eidolon.studio.editor.figures.ParameterFigure;
import org.eidolon.studio.editor.figures.ParameterModel;
import org.eidolon.studio.editor.figures.Widgets;

/** What other bundles bring for single node types, by the extension point {@code org.eidolon.studio.editor.nodes}. */
public final class Extensions {
    private static final String POINT = "org.eidolon.studio.editor.nodes";
    private static final ConcurrentHashMap<String, Optional<Object>> MADE = new ConcurrentHashMap<>();

    private Extensions() {}

    /** The widget of a parameter: the extension's for this node type, else the usual one for its kind. */
    public static ParameterFigure widget(String type, ParameterModel model, Look look) {
        return find("widget", type, model.parameter().name(), ParameterWidget.class)
                .map(widget -> widget.of(model, look))
                .orElseGet(() -> Widgets.of(model, look));
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
