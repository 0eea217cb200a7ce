// SPDX-License-Identifier: EPL-2.0
/** The graph editor itself: the canvas in its window, its menus and what they do. */
package org.eidolon.studio.editor;
