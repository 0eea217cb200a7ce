// SPDX-License-Identifier: EPL-2.0
/** One part for each kind of thing on the canvas, and the tools that select, drag and link them. */
package org.eidolon.studio.editor.parts;
