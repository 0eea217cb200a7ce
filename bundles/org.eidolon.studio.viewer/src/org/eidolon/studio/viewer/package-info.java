// SPDX-License-Identifier: EPL-2.0
/** The view of heads: widget, keys, mouse, what a screen reader hears. */
package org.eidolon.studio.viewer;
