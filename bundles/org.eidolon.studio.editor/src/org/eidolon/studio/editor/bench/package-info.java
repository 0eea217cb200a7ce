// SPDX-License-Identifier: EPL-2.0
/** Measures how quickly the canvas answers. */
package org.eidolon.studio.editor.bench;
