// SPDX-License-Identifier: EPL-2.0
/**
 * The application around the editor: window, welcome page, templates, preferences, and the way of a head from a run to
 * the viewer.
 */
package org.eidolon.studio;
