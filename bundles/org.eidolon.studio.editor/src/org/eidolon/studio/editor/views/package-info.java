// SPDX-License-Identifier: EPL-2.0
/** The views that tell about the graph: properties, outline, map, problems and runs. */
package org.eidolon.studio.editor.views;
