// SPDX-License-Identifier: EPL-2.0
/** The application around the editor and the viewer: window, welcome, preferences, files that are opened. */
package org.eidolon.studio;
