// SPDX-License-Identifier: EPL-2.0
/** Draws heads by OpenGL off the screen, in a thread of its own. */
package org.eidolon.studio.viewer.gl;
