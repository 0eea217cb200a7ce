// SPDX-License-Identifier: EPL-2.0
/** The colours of a face: the regions of a head model, and how each one is painted. */
package org.eidolon.head.skin;
