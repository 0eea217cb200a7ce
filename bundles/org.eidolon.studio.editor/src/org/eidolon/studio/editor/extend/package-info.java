// SPDX-License-Identifier: EPL-2.0
/**
 * What the extension point {@code org.eidolon.studio.editor.nodes} speaks of. Another bundle draws its node types with
 * these classes: pictures of results, badges on nodes, and widgets of parameters, in the colours and fonts of the canvas.
 */
package org.eidolon.studio.editor.extend;
