// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import org.eidolon.api.Parameter;

/** What a widget on a node knows of its parameter, and what it may ask for. Setting is an edit that can be undone. */
public interface ParameterModel {
    Parameter parameter();

    /** The typed value; null where there is none or where the file holds something that is no such value. */
    Object value();

    /** The value as people read it. */
    String text();

    /** Whether a link gives the value, so that what is set here does not count. */
    boolean linked();

    /** Whether the value is the node type's own. */
    boolean isDefault();

    /** Sets the typed value. */
    void set(Object value);

    /** Opens a field over the widget in which the value is typed. */
    void type(ParameterFigure widget);

    /** Opens a menu with the choices. */
    void choose(ParameterFigure widget);

    /** Opens the dialog that suits the parameter: for a file, a folder or a colour. */
    void browse();
}
