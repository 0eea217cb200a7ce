// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

/** Makes the widget of a parameter on nodes of a type that the extension point names, in place of the usual one. */
public interface ParameterWidget {
    ParameterFigure of(ParameterModel model, Look look);
}
