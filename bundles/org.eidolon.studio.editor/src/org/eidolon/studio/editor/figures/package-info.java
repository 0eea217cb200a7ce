// SPDX-License-Identifier: EPL-2.0
/** How nodes, ports and links are drawn. */
package org.eidolon.studio.editor.figures;
