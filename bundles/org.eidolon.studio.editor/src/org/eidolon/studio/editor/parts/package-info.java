// SPDX-License-Identifier: EPL-2.0
/** Ties the graph to its figures, and takes what the mouse and the keys do. */
package org.eidolon.studio.editor.parts;
