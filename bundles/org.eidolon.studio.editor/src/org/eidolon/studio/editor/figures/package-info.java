// SPDX-License-Identifier: EPL-2.0
/** What is drawn on the canvas: nodes, ports, links, frames and notes. */
package org.eidolon.studio.editor.figures;
